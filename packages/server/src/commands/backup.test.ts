import { randomUUID } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { hours } from '@mayfly/identity-center/duration'
import { openStore } from '@mayfly/store'
import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { findPostgres, forEachEngine } from '../../../store/src/testing/engines.ts'
import { sealEvents } from '../audit-chain/seal.ts'
import { verifyChain } from '../audit-chain/verify.ts'
import { Keys } from '../keys/keys.ts'
import { signedClients } from '../testing/administrator.ts'
import { answering } from '../testing/answering.ts'
import { refresh, signInWithPkce } from '../testing/journeys.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { givePassword, TestBrowser } from '../web/testing/test-browser.ts'
import type { CommandContext } from './command.ts'
import { findCommand } from './commands.ts'

/** As the test server has it. */
const ROOT_KEY = new Uint8Array(32).fill(7)

let folder: string
let printed: string[]
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mayfly-backup-'))
  printed = []
})
afterEach(() => rm(folder, { recursive: true }))

/** As an operator does it, in a process of its own. */
async function run(server: TestServer, line: string, databaseUrl: string, options: CommandContext['options'] = {}) {
  const words = line.split(' ')
  const { config, clock, random } = server.context
  const command = findCommand(words)
  await command?.run({
    words: words.slice(command.words.length),
    options,
    config: {
      ...config,
      dataFolder: join(folder, 'data'),
      databaseUrl,
      serverKey: Buffer.from(ROOT_KEY).toString('base64url'),
    },
    operator: 'ops',
    clock,
    random,
    print: (text) => void printed.push(text),
    openStore: () => openStore({ url: databaseUrl, clock, random }),
  })
}

/** Signs people in and out until it is told to stop. */
function load(server: TestServer) {
  let going = true
  const work = async (userName: string): Promise<number> => {
    let count = 0
    for (; going; count += 1) {
      const { client, tokens } = await signInWithPkce(server, userName)
      await refresh(server, client, tokens.refreshToken)
      await sealEvents(server.context, 'node')
    }
    return count
  }
  const workers = ['alice', 'bob', 'alice', 'bob'].map(work)
  return async () => {
    going = false
    return (await Promise.all(workers)).reduce((sum, count) => sum + count, 0)
  }
}

/** Serves the restored database. */
async function signInOn(databaseUrl: string, server: TestServer): Promise<number> {
  const restored = await startTestServer({ databaseUrl }, { clock: server.clock })
  const status = (await new TestBrowser(restored).signIn('bob')).status
  await restored.close()
  return status
}

/** A fresh database on the PostgreSQL of this run, when there is one. */
async function emptyPostgres(): Promise<string[]> {
  const postgres = await findPostgres()
  if (!('url' in postgres)) return []
  const url = new URL(postgres.url)
  url.pathname = `/restored_${randomUUID().replaceAll('-', '')}`
  const client = new pg.Client(postgres.url)
  await client.connect()
  await client.query(`create database ${url.pathname.slice(1)}`)
  await client.end()
  return [url.href]
}

const urlIn = async (name: string): Promise<string> => `sqlite:${join(folder, name)}`

await forEachEngine((engine) => {
  test('a backup taken under load is consistent when it is restored, into either engine', async () => {
    const databaseUrl = await engine.createDatabase()
    const server = await startTestServer({ databaseUrl })
    await givePassword(server, 'bob')
    const stop = load(server)
    const file = join(folder, 'backup.gz')
    await new Promise((resolve) => setImmediate(resolve))
    await run(server, `backup ${file}`, databaseUrl)
    expect(await stop()).toBeGreaterThan(0)
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    const targets = [await urlIn('restored/mayfly.db'), ...(await emptyPostgres())]
    for (const target of targets) {
      await run(server, `restore ${file}`, target)
      const { clock, random } = server.context
      const store = await openStore({ url: target, clock, random })
      const keys = await Keys.open(ROOT_KEY, { store, clock, random })
      const report = await verifyChain({ store, keys })
      expect(report.problems).toEqual([])
      await sealEvents({ store, clock, keys }, 'restored')
      expect((await verifyChain({ store, keys })).problems).toEqual([])
      expect((await store.users.list({ limit: 10 })).items).toHaveLength(2)
      // Every family that a token refers to is there: a refresh writes both in one transaction.
      await store.close()
      expect(await signInOn(target, server)).toBe(303)
    }
    await server.close()
  })

  test('a long-term access key signs on what was restored, into either engine, and what is on its user is there', async () => {
    const databaseUrl = await engine.createDatabase()
    const server = await startTestServer({ databaseUrl })
    const iam = answering((await signedClients(server))('iam'))
    const UserName = 'build'
    await iam('CreateUser', { UserName, Path: '/ci/', Tags: [{ Key: 'team', Value: 'a' }] })
    await iam('AttachUserPolicy', { UserName, PolicyArn: 'arn:aws:iam::aws:policy/IAMReadOnlyAccess' })
    const document = '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"s3:*","Resource":"*"}]}'
    await iam('PutUserPolicy', { UserName, PolicyName: 'in', PolicyDocument: document })
    const { AccessKey } = await iam('CreateAccessKey', { UserName })
    const credentials = { accessKeyId: AccessKey.AccessKeyId, secretAccessKey: AccessKey.SecretAccessKey }
    const asKey = (at: TestServer) => answering(at.client('iam', { credentials }))
    const { User } = await asKey(server)('GetUser')
    const file = join(folder, 'backup.gz')
    await run(server, `backup ${file}`, databaseUrl)
    expect(gunzipSync(await readFile(file)).toString()).not.toContain(AccessKey.SecretAccessKey)
    for (const target of [await urlIn('restored/mayfly.db'), ...(await emptyPostgres())]) {
      await run(server, `restore ${file}`, target)
      const restored = await startTestServer({ databaseUrl: target }, { clock: server.clock })
      const call = asKey(restored)
      expect((await call('GetUser')).User).toEqual(User)
      expect((await call('ListUserPolicies', { UserName })).PolicyNames).toEqual(['in'])
      expect((await call('ListAttachedUserPolicies', { UserName })).AttachedPolicies).toHaveLength(1)
      await restored.close()
    }
    await server.close()
  })

  test('what is not empty is not restored into, and stays as it was', async () => {
    const databaseUrl = await engine.createDatabase()
    const server = await startTestServer({ databaseUrl })
    const file = join(folder, 'backup.gz')
    await run(server, `backup ${file}`, databaseUrl)
    await expect(run(server, `restore ${file}`, databaseUrl)).rejects.toMatchObject({ code: 'conflict' })
    await expect(run(server, `backup ${file}`, databaseUrl)).rejects.toMatchObject({ code: 'conflict' })
    expect((await server.context.store.users.list({ limit: 10 })).items).toHaveLength(2)
    await server.close()
  })
})

async function backedUp(
  options: CommandContext['options'] = {},
): Promise<{ server: TestServer; file: string; lines: string[] }> {
  const databaseUrl = await urlIn('mayfly.db')
  const server = await startTestServer({ databaseUrl })
  const file = join(folder, 'backup.gz')
  await run(server, `backup ${file}`, databaseUrl, options)
  return {
    server,
    file,
    lines: gunzipSync(await readFile(file))
      .toString()
      .trimEnd()
      .split('\n'),
  }
}

test('the server key is in a backup only when it is asked for, and is then restored into a private file', async () => {
  const { server, file, lines } = await backedUp({ 'with-key': true })
  const key = Buffer.from(ROOT_KEY).toString('base64url')
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ serverKey: key })
  expect(printed.join(' ')).toContain('The server key is in it')
  const command = findCommand(['restore'])
  const { serverKey: _, ...config } = {
    ...server.context.config,
    dataFolder: join(folder, 'new'),
    databaseUrl: await urlIn('new/mayfly.db'),
  }
  await command?.run({
    ...server.context,
    words: [file],
    options: {},
    config,
    operator: 'ops',
    print: () => {},
    openStore: async () => server.context.store,
  })
  expect((await readFile(join(folder, 'new/server.key'), 'utf8')).trim()).toBe(key)
  expect((await stat(join(folder, 'new/server.key'))).mode & 0o777).toBe(0o600)
  await server.close()
})

test('without being asked for, the server key is not in it', async () => {
  const { server, lines } = await backedUp()
  expect(lines.join('\n')).not.toContain(Buffer.from(ROOT_KEY).toString('base64url'))
  expect(printed.join(' ')).toContain('The server key is not in it')
  await server.clock.advance(hours(1))
  await server.close()
})

test.each([
  ['changed', (lines: string[]) => lines.map((line) => line.replace('Alice', 'Mallory')), /checksum/],
  ['cut off', (lines: string[]) => lines.slice(0, -1), /cut off/],
  [
    'of a newer version',
    (lines: string[]) => lines.with(0, (lines[0] ?? '').replace(/"schema":\d+/, '"schema":99')),
    /newer version/,
  ],
  ['no backup', () => ['{}'], /no backup/],
])('a backup that is %s is refused, and nothing of it stays', async (_, change, message) => {
  const { server, lines } = await backedUp()
  const file = join(folder, 'other.gz')
  await writeFile(file, gzipSync(`${change(lines).join('\n')}\n`))
  const target = await urlIn('other/mayfly.db')
  await expect(run(server, `restore ${file}`, target)).rejects.toMatchObject({ code: 'invalid', message })
  await run(server, `restore ${join(folder, 'backup.gz')}`, target)
  await server.close()
})

test('a file that cannot be unpacked is refused', async () => {
  const { server, file } = await backedUp()
  const packed = await readFile(file)
  await writeFile(join(folder, 'torn.gz'), packed.subarray(0, packed.length / 2))
  await expect(run(server, `restore ${join(folder, 'torn.gz')}`, await urlIn('torn/mayfly.db'))).rejects.toMatchObject({
    code: 'invalid',
  })
  await server.close()
})

test('a folder is no backup, and a backup that cannot be finished leaves nothing behind', async () => {
  const { server, file } = await backedUp()
  const target = await urlIn('folder/mayfly.db')
  await run(server, `restore ${file}`, target)
  const message = expect.stringContaining('is a folder')
  await expect(run(server, `restore ${folder}`, target)).rejects.toMatchObject({ code: 'invalid', message })
  const nowhere = `backup ${join(folder, 'nowhere/backup.gz')}`
  await expect(run(server, nowhere, target)).rejects.toMatchObject({ code: 'conflict' })
  expect((await readdir(folder)).filter((name) => name.endsWith('.part') || file.endsWith(`/${name}`))).toHaveLength(1)
  await server.close()
})
