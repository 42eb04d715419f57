import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { openSqlite } from './sqlite.ts'

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'mayfly-sqlite-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return path
}

test('a full disk is said in words, undoes what it interrupted, and damages nothing', async () => {
  const file = join(folder(), 'mayfly.db')
  const engine = await openSqlite(file)
  await engine.write('create table notes (id integer primary key, text text)', [])
  await engine.write('insert into notes (text) values (?)', ['first'])
  // SQLite's own limit stands for the disk: the error is the same.
  const pages = (await engine.transaction((run) => run('pragma page_count', []), 'repeatable-read')) as {
    page_count: number
  }[]
  await engine.transaction(
    (run) => run(`pragma max_page_count = ${(pages[0]?.page_count ?? 0) + 2}`, []),
    'repeatable-read',
  )
  const large = 'x'.repeat(3000)
  const writes = Array.from({ length: 20 }, () => engine.write('insert into notes (text) values (?)', [large]))
  const outcomes = await Promise.allSettled(writes)
  const faults = outcomes.filter(({ status }) => status === 'rejected')
  expect(faults.length).toBeGreaterThan(0)
  expect(faults[0]).toMatchObject({ reason: { name: 'StoreFault', message: expect.stringContaining('disk') } })
  const kept = outcomes.length - faults.length
  expect(await engine.read('select count(*) as count from notes', [])).toEqual([{ count: kept + 1 }])
  await engine.transaction((run) => run('pragma max_page_count = 100000', []), 'repeatable-read')
  await engine.write('insert into notes (text) values (?)', ['there is room again'])
  expect(await engine.read('pragma integrity_check', [])).toEqual([{ integrity_check: 'ok' }])
  await engine.close()
})

test('a file that is no database is left as it is', async () => {
  const file = join(folder(), 'mayfly.db')
  const text = 'my shopping list, which is long enough to be looked at as a database header. '.repeat(20)
  writeFileSync(file, text)
  await expect(openSqlite(file)).rejects.toThrow(/damaged or is no database/)
  expect(readFileSync(file, 'utf8')).toBe(text)
})

test('a folder that is not there is said in words', async () => {
  await expect(openSqlite(join(folder(), 'missing', 'mayfly.db'))).rejects.toThrow(/folder/)
})

test.skipIf(process.platform === 'win32')('the file is its owner’s alone', async () => {
  const file = join(folder(), 'mayfly.db')
  const engine = await openSqlite(file)
  await engine.write('create table notes (text text)', [])
  for (const suffix of ['', '-wal', '-shm']) expect(statSync(file + suffix).mode & 0o077).toBe(0)
  await engine.close()
})

test('a database that may not be written is said in words, and read on', async () => {
  const engine = await openSqlite(join(folder(), 'mayfly.db'))
  await engine.write('create table notes (text text)', [])
  // The error is the one that a file without write permission gives; root would be let through there.
  await engine.transaction((run) => run('pragma query_only = on', []), 'repeatable-read')
  await expect(engine.write("insert into notes values ('x')", [])).rejects.toThrow(/may not be written/)
  expect(await engine.read('select * from notes', [])).toEqual([])
  await engine.close()
})

test('a writer waits for another process that holds the database, and then goes on', async () => {
  const file = join(folder(), 'mayfly.db')
  const engine = await openSqlite(file)
  await engine.write('create table notes (text text)', [])
  const other = new Sqlite(file)
  other.exec('begin immediate')
  const waiting = engine.write("insert into notes values ('mine')", [])
  await new Promise((resolve) => setTimeout(resolve, 250))
  other.exec("insert into notes values ('theirs'); commit")
  await waiting
  expect(await engine.read('select count(*) as count from notes', [])).toEqual([{ count: 2 }])
  other.close()
  await engine.close()
})

test('a commit is durable: WAL, and synchronous FULL', async () => {
  const engine = await openSqlite(join(folder(), 'mayfly.db'))
  expect(await engine.transaction((run) => run('pragma journal_mode', []), 'repeatable-read')).toEqual([
    { journal_mode: 'wal' },
  ])
  expect(await engine.transaction((run) => run('pragma synchronous', []), 'repeatable-read')).toEqual([
    { synchronous: 2 },
  ])
  await engine.close()
})

test('what is read in one turn is of one moment, and the next turn sees what another process wrote', async () => {
  const file = join(folder(), 'mayfly.db')
  const engine = await openSqlite(file)
  await engine.write('create table notes (text text)', [])
  const other = new Sqlite(file)
  const count = () => engine.read('select count(*) as count from notes', [])
  const before = count()
  other.exec("insert into notes values ('from elsewhere')")
  expect(await Promise.all([before, count()])).toEqual([[{ count: 0 }], [{ count: 0 }]])
  await new Promise((resolve) => setImmediate(resolve))
  expect(await count()).toEqual([{ count: 1 }])
  await engine.write("insert into notes values ('our own')", [])
  expect(await count()).toEqual([{ count: 2 }])
  other.close()
  await engine.close()
})

test('a read while a transaction runs sees none of it, and one after a writer that gave up still works', async () => {
  const file = join(folder(), 'mayfly.db')
  const engine = await openSqlite(file)
  await engine.write('create table notes (text text)', [])
  const count = () => engine.read('select count(*) as count from notes', [])
  let meanwhile: Promise<unknown[]> | undefined
  await engine.transaction(async (run) => {
    await run("insert into notes values ('first')", [])
    meanwhile = count()
    await meanwhile
  }, 'repeatable-read')
  expect(await meanwhile).toEqual([{ count: 0 }])
  const refused = engine.transaction(async () => {
    throw new Error('no')
  }, 'repeatable-read')
  await expect(refused).rejects.toThrow('no')
  expect(await count()).toEqual([{ count: 1 }])
  await engine.close()
})
