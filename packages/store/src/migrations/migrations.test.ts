import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { TestClock } from '@mayfly/identity-center/testing/test-clock'
import Sqlite from 'better-sqlite3'
import pg from 'pg'
import { expect, test } from 'vitest'
import { openStore } from '../store.ts'
import { forEachEngine, type TestEngine } from '../testing/engines.ts'

/**
 * Databases of released versions, as SQL: `released/<version>.sqlite.sql` and `released/<version>.postgres.sql`. Each
 * release adds the two, written from an example organization; none is ever changed.
 */
const folder = fileURLToPath(new URL('released/', import.meta.url))
const released = existsSync(folder) ? readdirSync(folder) : []

/** What tables and columns a database has. */
async function describeSchema(engine: TestEngine, url: string): Promise<string[]> {
  const statement =
    engine.name === 'sqlite'
      ? `select m.name || '.' || c.name || ' ' || c.type || ' ' || c."notnull" as line
           from sqlite_schema m join pragma_table_info(m.name) c where m.type in ('table', 'index') order by 1`
      : `select table_name || '.' || column_name || ' ' || data_type || ' ' || coalesce(collation_name, '-') || ' ' ||
           is_nullable as line from information_schema.columns where table_schema = 'public'
         union all select indexdef from pg_indexes where schemaname = 'public' order by 1`
  return (await runScript(engine, url, statement)).map(({ line }) => line)
}

async function runScript(engine: TestEngine, url: string, script: string): Promise<{ line: string }[]> {
  if (engine.name === 'sqlite') {
    const database = new Sqlite(url.slice('sqlite:'.length))
    try {
      if (script.startsWith('select')) return database.prepare<[], { line: string }>(script).all()
      database.exec(script)
      return []
    } finally {
      database.close()
    }
  }
  const client = new pg.Client(url)
  await client.connect()
  try {
    return (await client.query<{ line: string }>(script)).rows
  } finally {
    await client.end()
  }
}

const clock = new TestClock()

await forEachEngine((engine) => {
  test('a database that was opened before is opened again and has changed nothing', async () => {
    const url = await engine.createDatabase()
    await (await openStore({ url, clock })).close()
    const schema = await describeSchema(engine, url)
    await (await openStore({ url, clock })).close()
    expect(await describeSchema(engine, url)).toEqual(schema)
    expect(schema.length).toBeGreaterThan(150)
  })

  if (engine.name === 'postgres')
    test('every text on PostgreSQL sorts by its bytes, as on SQLite', async () => {
      const url = await engine.createDatabase()
      await (await openStore({ url, clock })).close()
      const texts = (await describeSchema(engine, url)).filter(
        (line) => / text /.test(line) && !/^migrations\./.test(line),
      )
      expect(texts.length).toBeGreaterThan(100)
      expect(texts.filter((line) => !line.includes(' C '))).toEqual([])
    })

  for (const file of released.filter((name) => name.endsWith(`.${engine.name}.sql`))) {
    test(`a database of ${file} becomes what a new one is, and its instance is still there`, async () => {
      const [url, fresh] = [await engine.createDatabase(), await engine.createDatabase()]
      await (await openStore({ url: fresh, clock })).close()
      await runScript(engine, url, readFileSync(`${folder}${file}`, 'utf8'))
      const store = await engine.open({ url })
      expect(await store.instances.find()).toMatchObject({ arn: expect.stringContaining('ssoins-') })
      expect(await describeSchema(engine, url)).toEqual(await describeSchema(engine, fresh))
    })
  }
})
