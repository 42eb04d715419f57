/** The backups that docs/guides/backup-and-restore.md advises, taken of the built server and served again. */

import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { copyFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { backup, DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest'
import { root } from '../harness/root.ts'
import { runProgram } from '../harness/run-program.ts'
import { ServerProcess } from '../harness/server-process.ts'

let data: string
let copy: string
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'mayfly-data-'))
  copy = mkdtempSync(join(tmpdir(), 'mayfly-copy-'))
})
afterEach(() => {
  for (const folder of [data, copy]) rmSync(folder, { recursive: true, force: true })
})

async function ask(server: ServerProcess, path: string, body: object): Promise<Record<string, unknown>> {
  const options = { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
  return (await (await fetch(server.origin + path, options)).json()) as Record<string, unknown>
}

interface Client {
  readonly clientId: unknown
  readonly clientSecret: unknown
}

async function register(server: ServerProcess): Promise<Client> {
  const { clientId, clientSecret } = await ask(server, '/client/register', { clientName: 'x', clientType: 'public' })
  return { clientId, clientSecret }
}

/** Something that the server has acknowledged: the code of a device that waits. */
async function startDevice(server: ServerProcess, client: Client): Promise<unknown> {
  const startUrl = 'https://mayfly-example.awsapps.com/start'
  return (await ask(server, '/device_authorization', { ...client, startUrl }))['deviceCode']
}

async function poll(server: ServerProcess, client: Client, deviceCode: unknown): Promise<unknown> {
  const grantType = 'urn:ietf:params:oauth:grant-type:device_code'
  return (await ask(server, '/token', { ...client, grantType, deviceCode }))['error']
}

async function serve(folder: string): Promise<ServerProcess> {
  const server = await ServerProcess.start({ args: ['--example'], data: folder })
  onTestFinished(() => server.stop())
  return server
}

/** Types a command of the server's, and gives what it prints. */
async function type(...words: readonly string[]): Promise<string> {
  const options = { env: { PATH: process.env['PATH'] ?? '', HOME: copy } }
  const program = join(root, 'packages/server/bin/mayfly-server.cjs')
  const { stdout, stderr, status } = await runProgram(process.execPath, [program, ...words], options)
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 })
  return stdout
}

test('backup takes a server that is at work to another folder, where it serves what was acknowledged before', async () => {
  const server = await serve(data)
  const client = await register(server)
  const before = await startDevice(server, client)
  let isDone = false
  const writer = (async () => {
    while (!isDone) await Promise.all([1, 2, 3].map(() => startDevice(server, client)))
  })()
  const file = join(copy, 'backup.gz')
  expect(await type('backup', file, '--with-key', '--data', data)).toContain('holds the whole database')
  isDone = true
  await writer
  const folder = join(copy, 'restored')
  expect(await type('restore', file, '--data', folder)).toContain('server.key')
  expect(await type('audit', 'verify', '--data', folder)).toContain('The chain is whole.')
  const restored = await serve(folder)
  expect(await poll(restored, client, before)).toBe('authorization_pending')
})

test('keys rotate, typed while the server runs, leaves good what was issued before', async () => {
  const server = await serve(data)
  const client = await register(server)
  const device = await startDevice(server, client)
  expect(await type('keys', 'rotate', '--data', data)).toContain('new keys are in use')
  expect(await poll(server, client, device)).toBe('authorization_pending')
  const later = await register(server)
  expect(String(later.clientId).slice(0, 8)).not.toBe(String(client.clientId).slice(0, 8))
  expect(await type('keys', 'list', '--data', data)).toContain('retired')
})

test('SQLite’s own backup of a server that is at work, with its key, holds all that was acknowledged before', async () => {
  const server = await serve(data)
  const client = await register(server)
  const before = await startDevice(server, client)
  let isDone = false
  const writer = (async () => {
    while (!isDone) await Promise.all([1, 2, 3].map(() => startDevice(server, client)))
  })()
  const database = new DatabaseSync(join(data, 'mayfly.db'), { readOnly: true })
  await backup(database, join(copy, 'mayfly.db'))
  database.close()
  isDone = true
  await writer
  await copyFile(join(data, 'server.key'), join(copy, 'server.key'))

  const restored = await serve(copy)
  expect(await poll(restored, client, before)).toBe('authorization_pending')
  expect(await poll(server, client, before)).toBe('authorization_pending')
})

test('a copy of the whole folder of a server that was stopped is a backup; restored it serves what it had', async () => {
  const server = await serve(data)
  const client = await register(server)
  const device = await startDevice(server, client)
  await server.stop()
  cpSync(data, copy, { recursive: true })
  rmSync(data, { recursive: true })
  mkdirSync(data, { mode: 0o700 })
  cpSync(copy, data, { recursive: true })
  await server.start()
  expect(await poll(server, client, device)).toBe('authorization_pending')
})

test('a command works on the folder of a server that runs, whose portal then takes the link', async () => {
  const server = await serve(data)
  const words = ['users', 'reset-password', 'bob', '--data', data, '--port', String(server.port)]
  const options = { env: { PATH: process.env['PATH'] ?? '', HOME: copy } }
  const program = join(root, 'packages/server/bin/mayfly-server.cjs')
  const { stdout, stderr, status } = await runProgram(process.execPath, [program, ...words], options)
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 })
  const page = await fetch(stdout.trim())
  expect(page.status).toBe(200)
  expect(await page.text()).toContain('Choose a new password')
  expect((await fetch(`${server.origin}/healthz`)).status).toBe(200)
})
