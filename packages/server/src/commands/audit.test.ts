import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { minutes } from '@mayfly/identity-center/duration'
import { openStore } from '@mayfly/store'
import Sqlite from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { sealEvents } from '../audit-chain/seal.ts'
import { createIamUser } from '../testing/iam-users.ts'
import { signInWithPkce } from '../testing/journeys.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import type { CommandContext } from './command.ts'
import { findCommand } from './commands.ts'

let server: TestServer
let folder: string
let printed: string[]
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mayfly-audit-'))
  server = await startTestServer({
    databaseUrl: `sqlite:${join(folder, 'mayfly.db')}`,
    serverKey: Buffer.alloc(32, 7).toString('base64url'),
  })
  printed = []
})
afterEach(async () => {
  await server.close()
  await rm(folder, { recursive: true })
})

async function run(line: string, options: CommandContext['options'] = {}): Promise<void> {
  const words = line.split(' ')
  const { config, clock, random } = server.context
  const command = findCommand(words)
  await command?.run({
    words: words.slice(command.words.length),
    options,
    config,
    operator: 'ops',
    clock,
    random,
    print: (text) => void printed.push(text),
    openStore: () => openStore({ url: config.databaseUrl, clock, random }),
  })
}

test('a caller with a long-term key is listed with the account that its user is of', async () => {
  const { arn, credentials } = await createIamUser(server, { name: 'deploy' })
  await server.client('iam', { credentials }).call('ListUsers', {})
  await run('audit list', { event: 'ListUsers' })
  expect(printed.map((line) => line.split('\t')[2])).toEqual([arn])
})

test('audit list prints what is asked for, newest first', async () => {
  await signInWithPkce(server, 'alice')
  await server.clock.advance(minutes(1))
  const since = server.clock.now().toISOString()
  await run('users disable bob')
  printed = []
  await run('audit list')
  expect(printed).toHaveLength(3)
  expect(printed[0]).toMatch(/\tsso-directory:DisableUser\tops\tmayfly-server\tok$/)
  const count = async (options: CommandContext['options']) => {
    printed = []
    await run('audit list', options)
    return printed.length
  }
  expect(await count({ since })).toBe(1)
  expect(await count({ until: since })).toBe(2)
  expect(await count({ event: 'CreateToken' })).toBe(1)
  expect(await count({ user: 'alice' })).toBe(1)
  expect(await count({ errors: true })).toBe(0)
  expect(await count({ limit: '2', json: true })).toBe(2)
  expect(JSON.parse(printed[0] ?? '')).toMatchObject({ eventName: 'DisableUser', eventVersion: '1.11' })
  await expect(run('audit list', { since: 'yesterday' })).rejects.toMatchObject({ code: 'invalid' })
  await expect(run('audit list', { limit: '0' })).rejects.toMatchObject({ code: 'invalid' })
  await expect(run('audit list', { user: 'nobody' })).rejects.toMatchObject({ code: 'not-found' })
})

test('audit export writes a private file that audit verify finds whole, with the key and without', async () => {
  const file = join(folder, 'events.jsonl')
  await signInWithPkce(server, 'alice')
  await run(`audit export ${file}`)
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  await run(`audit verify ${file}`)
  expect(printed).toEqual([
    expect.stringMatching(/^2 events, from hash 0{64} to hash [0-9a-f]{64}\.$/),
    'The chain is whole.',
  ])
  await expect(run(`audit export ${file}`)).rejects.toMatchObject({ code: 'conflict' })
  const text = await readFile(file, 'utf8')
  await writeFile(file, text.replace('CreateToken', 'DeleteToken'))
  await expect(run(`audit verify ${file}`)).rejects.toMatchObject({
    message: expect.stringMatching(/its event was changed/),
  })
  await writeFile(file, text.replace(/"mac":"./, '"mac":"!'))
  await expect(run(`audit verify ${file}`)).rejects.toMatchObject({
    message: expect.stringMatching(/not written by this server/),
  })
  await expect(run('audit verify /no/such/file')).rejects.toMatchObject({ code: 'not-found' })
})

test('audit verify says what is wrong with the database, as text or as JSON', async () => {
  await signInWithPkce(server, 'alice')
  await sealEvents(server.context, 'node')
  await run('audit verify', { json: true })
  expect(JSON.parse(printed[0] ?? '')).toMatchObject({ events: 2, seals: 1, unsealed: 0, problems: [] })
  await new Promise((resolve) => setImmediate(resolve))
  const database = new Sqlite(join(folder, 'mayfly.db'))
  database.exec("update audit_events set event_name = 'Nothing' where position = 1")
  database.close()
  await expect(run('audit verify')).rejects.toMatchObject({ message: expect.stringMatching(/tampered with/) })
})

test('health tells of events that nobody seals', async () => {
  await run('health', { json: true })
  expect(JSON.parse(printed[0] ?? '')).toEqual({
    database: 'sqlite',
    databaseMilliseconds: 0,
    chainLagSeconds: 0,
    outbox: 0,
  })
  await signInWithPkce(server, 'alice')
  await server.clock.advance(minutes(1))
  await expect(run('health')).rejects.toMatchObject({ code: 'conflict' })
})
