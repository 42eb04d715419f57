import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { seconds } from '@mayfly/identity-center/duration'
import { Refusal } from '@mayfly/identity-center/refusal'
import { TestClock } from '@mayfly/identity-center/testing/test-clock'
import { expect, test } from 'vitest'
import { openStore, type Store } from './store.ts'
import { forEachEngine } from './testing/engines.ts'
import { ALICE, insertOrganization, user } from './testing/samples.ts'

const writer = fileURLToPath(new URL('testing/acknowledging-writer.ts', import.meta.url))
const clock = new TestClock()

async function listUserNames(store: Store): Promise<Set<string>> {
  const names = new Set<string>()
  for (let after: string | undefined; ; ) {
    const page = await store.users.list(after === undefined ? { limit: 1000 } : { limit: 1000, after })
    for (const { userName } of page.items) names.add(userName)
    if (page.nextToken === undefined) return names
    after = page.nextToken
  }
}

await forEachEngine((engine) => {
  test('a transaction is all or nothing, and a refusal undoes it', async () => {
    const store = await engine.open()
    const refused = store.transaction(async (tx) => {
      await tx.users.insert(user('alice'))
      expect(await tx.users.findByUserName('alice')).toBeDefined()
      throw new Refusal('forbidden', 'no')
    })
    await expect(refused).rejects.toMatchObject({ code: 'forbidden' })
    expect(await store.users.findByUserName('alice')).toBeUndefined()
    await store.transaction(async (tx) => {
      await tx.users.insert(user('alice'))
      await tx.users.insert(user('bob'))
    })
    expect(await listUserNames(store)).toEqual(new Set(['alice', 'bob']))
  })

  test('one that fails takes none of those with it that run at the same time', async () => {
    const store = await engine.open()
    await store.users.insert(user('user7'))
    const all = Array.from({ length: 40 }, (_, number) =>
      store.transaction(async (tx) => {
        await tx.users.insert(user(`first${number}`))
        await tx.users.insert(user(`user${number}`))
      }),
    )
    const outcomes = await Promise.allSettled(all)
    expect(outcomes.map(({ status }) => status).filter((status) => status === 'rejected')).toHaveLength(1)
    expect(outcomes[7]).toMatchObject({ status: 'rejected', reason: { code: 'conflict' } })
    const names = await listUserNames(store)
    expect(names.size).toBe(79)
    expect(names.has('first7')).toBe(false)
  })

  test('of transactions that are committed together, one that fails takes none with it', async () => {
    const store = await engine.open()
    await store.users.insert(user('user7'))
    const outcomes = await Promise.allSettled(
      Array.from({ length: 100 }, (_, number) =>
        store.transaction(async (tx) => {
          await tx.users.insert(user(`first${number}`))
          if (number === 9) throw new Refusal('forbidden', 'no')
          await tx.users.insert(user(`user${number}`))
          return number
        }, 'compare-and-set'),
      ),
    )
    expect(outcomes[7]).toMatchObject({ status: 'rejected', reason: { code: 'conflict' } })
    expect(outcomes[9]).toMatchObject({ status: 'rejected', reason: { code: 'forbidden' } })
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(98)
    expect(outcomes[42]).toEqual({ status: 'fulfilled', value: 42 })
    const names = await listUserNames(store)
    expect(names.size).toBe(2 * 98 + 1)
    expect([names.has('first7'), names.has('first9')]).toEqual([false, false])
  })

  test('who would have to wait for a row keeps nobody who could be committed with him', async () => {
    const url = await engine.createDatabase()
    const [one, other] = [await engine.open({ url }), await engine.open({ url })]
    await insertOrganization(one)
    const { promise: mayGoOn, resolve: goOn } = Promise.withResolvers<void>()
    const { promise: written, resolve: sayWritten } = Promise.withResolvers<void>()
    const holding = other.transaction(async (tx) => {
      await tx.users.update({ ...(await tx.users.get(ALICE)), displayName: 'held' })
      sayWritten()
      if (engine.name === 'postgres') await mayGoOn
    })
    await written
    const waiting = one.transaction(async (tx) => {
      await tx.users.update({ ...(await tx.users.get(ALICE)), displayName: 'waited' })
    }, 'compare-and-set')
    await Promise.all(
      Array.from({ length: 5 }, (_, number) =>
        one.transaction(async (tx) => tx.users.insert(user(`user${number}`)), 'compare-and-set'),
      ),
    )
    goOn()
    await Promise.all([holding, waiting])
    expect((await one.users.get(ALICE)).displayName).toBe('waited')
  })

  test('nobody outside sees what a transaction has not committed', async () => {
    const store = await engine.open()
    const { promise: written, resolve: sayWritten } = Promise.withResolvers<void>()
    const { promise: mayGoOn, resolve: goOn } = Promise.withResolvers<void>()
    const writing = store.transaction(async (tx) => {
      await tx.users.insert(user('alice'))
      sayWritten()
      await mayGoOn
    })
    await written
    expect(await store.users.find(ALICE)).toBeUndefined()
    goOn()
    await writing
    expect(await store.users.find(ALICE)).toBeDefined()
  })

  test('of two who read, think and write, neither overwrites the other', async () => {
    const url = await engine.createDatabase()
    const nodes = [await engine.open({ url }), await engine.open({ url })] as const
    await insertOrganization(nodes[0])
    const append = (letter: string, store: Store) =>
      store.transaction(async (tx) => {
        const alice = await tx.users.get(ALICE)
        await tx.users.update({ ...alice, displayName: `${alice.displayName}${letter}` })
      })
    await Promise.all([...'abcdefghijklmnopqrst'].map((letter, i) => append(letter, i % 2 === 0 ? nodes[0] : nodes[1])))
    const { displayName } = await nodes[0].users.get(ALICE)
    expect([...displayName.slice('alice'.length)].sort().join('')).toBe('abcdefghijklmnopqrst')
  })

  test('the store itself is refused inside a transaction, where it would wait for itself', async () => {
    const store = await engine.open()
    const nested = store.transaction(async () => store.users.insert(user('alice')))
    await expect(nested).rejects.toThrow('take them from `tx`')
    await expect(store.transaction(() => store.transaction(async () => {}))).rejects.toThrow('take them from `tx`')
    await store.users.insert(user('alice'))
  })

  test('a transaction that has ended is of no use to anyone', async () => {
    const store = await engine.open()
    const tx = await store.transaction(async (inside) => ({ inside }))
    await expect(tx.inside.users.find(ALICE)).rejects.toThrow('has ended')
  })

  test('two processes that open a new database at once set it up once', async () => {
    const url = await engine.createDatabase()
    const script = `
      import { openStore } from ${JSON.stringify(new URL('store.ts', import.meta.url).href)}
      const store = await openStore({ url: process.argv[1], clock: { now: () => new Date(), sleep: async () => {} } })
      await store.ready()
      await store.close()`
    const start = () => promisify(execFile)(process.execPath, ['--input-type=module', '-e', script, url])
    await Promise.all([start(), start(), start(), openStore({ url, clock }).then((store) => store.close())])
    const store = await engine.open({ url })
    await insertOrganization(store)
    expect(await store.users.find(ALICE)).toBeDefined()
  })

  test('a database of a newer server is left alone', async () => {
    const url = await engine.createDatabase()
    const store = await openStore({ url, clock })
    await store.close()
    await runStatement(url, "insert into migrations values (9999, 'from the future', '2040-01-01T00:00:00.000Z')")
    await expect(openStore({ url, clock })).rejects.toMatchObject({ name: 'StoreFault' })
  })

  test('a process killed in the middle of its writes loses nothing that it acknowledged', async () => {
    const url = await engine.createDatabase()
    await (await openStore({ url, clock })).close()
    const acknowledged: string[] = []
    for (const wait of [80, 140, 230]) {
      acknowledged.push(...(await runAndKill(url, wait)))
      const store = await openStore({ url, clock })
      const kept = await listUserNames(store)
      await store.close()
      expect(acknowledged.filter((name) => !kept.has(name))).toEqual([])
      const halves = [...kept].filter((name) => name.endsWith('-left') && !kept.has(name.replace('left', 'right')))
      expect(halves).toEqual([])
    }
  }, 60_000)

  test('ready says that the database answers, and closing waits for what runs', async () => {
    const store = await openStore({ url: await engine.createDatabase(), clock })
    await store.ready()
    const writing = Promise.all(Array.from({ length: 20 }, (_, i) => store.users.insert(user(`user${i}`))))
    await Promise.resolve()
    await store.close()
    await writing
  })
})

/** Starts the writer, kills it -9 `wait` milliseconds after its first acknowledgement, and gives what it said. */
async function runAndKill(url: string, wait: number): Promise<string[]> {
  const child = spawn(process.execPath, [writer, url, String(wait)], { stdio: ['ignore', 'pipe', 'inherit'] })
  let said = ''
  child.stdout.on('data', (part: Buffer) => {
    if (!said.includes('\n')) setTimeout(() => child.kill('SIGKILL'), wait)
    said += part.toString()
  })
  await once(child, 'close')
  const names = said.slice(0, said.lastIndexOf('\n')).split('\n').slice(1)
  expect(names.length).toBeGreaterThan(10)
  return names
}

async function runStatement(url: string, statement: string): Promise<void> {
  if (url.startsWith('sqlite:')) {
    const { default: Sqlite } = await import('better-sqlite3')
    new Sqlite(url.slice('sqlite:'.length)).exec(statement).close()
    return
  }
  const { default: pg } = await import('pg')
  const client = new pg.Client(url)
  await client.connect()
  await client.query(statement)
  await client.end()
}

test('a database in memory keeps transactions apart too', async () => {
  const store = await openStore({ url: 'sqlite::memory:', clock })
  const writing = store.transaction(async (tx) => {
    await tx.users.insert(user('alice'))
    await new Promise((resolve) => setTimeout(resolve, seconds(0.01)))
    throw new Refusal('invalid', 'no')
  })
  const [outcome, found] = await Promise.allSettled([writing, store.users.find(ALICE)])
  expect(outcome.status).toBe('rejected')
  expect(found).toEqual({ status: 'fulfilled', value: undefined })
  await store.close()
})

test('a URL that names no database is refused', async () => {
  await expect(openStore({ url: 'mysql://localhost', clock })).rejects.toMatchObject({ code: 'invalid' })
})

test('a PostgreSQL that does not answer is a fault in words, without the password', async () => {
  const opening = openStore({ url: 'postgres://mayfly:hunter2@127.0.0.1:1/mayfly', clock })
  const error: unknown = await opening.catch((reason: unknown) => reason)
  expect(error).toMatchObject({ name: 'StoreFault', message: expect.stringMatching(/^PostgreSQL does not answer\./) })
  expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('hunter2')
})
