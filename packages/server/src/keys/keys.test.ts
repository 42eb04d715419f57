import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { TestClock } from '@mayfly/identity-center/testing/test-clock'
import { TestRandom } from '@mayfly/identity-center/testing/test-random'
import { openStore, type Store } from '@mayfly/store'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Keys } from './keys.ts'
import { findKeyReaders, readRootKey } from './root-key.ts'

const ROOT = new Uint8Array(32).fill(1)
const clock = new TestClock()
let random: TestRandom
let store: Store

beforeEach(async () => {
  random = new TestRandom()
  store = await openStore({ url: 'sqlite::memory:', clock, random })
})
afterEach(() => store.close())

const open = (root: Uint8Array = ROOT) => Keys.open(root, { store, clock, random })
const text = (bytes: Uint8Array | undefined) => bytes && Buffer.from(bytes).toString()

test('what is sealed opens for the same purpose and the same context alone, also after a restart', async () => {
  const sealed = (await open()).seal('sealing', 'mfa:alice', Buffer.from('secret'))
  const keys = await open()
  expect(text(keys.open('sealing', 'mfa:alice', sealed))).toBe('secret')
  expect(keys.open('sealing', 'mfa:bob', sealed)).toBeUndefined()
  expect(keys.open('page-token', 'mfa:alice', sealed)).toBeUndefined()
  expect(keys.open('sealing', 'mfa:alice', `${sealed.slice(0, -2)}AA`)).toBeUndefined()
  expect(keys.open('sealing', 'mfa:alice', '')).toBeUndefined()
})

test('the database holds no key in the clear', async () => {
  const keys = await open()
  const { code } = keys.mac('sealing', 'text')
  const stored = JSON.stringify(await store.signingKeys.list())
  expect(stored).not.toContain(code.toString('base64url'))
  await expect(open(new Uint8Array(32).fill(2))).rejects.toThrow('does not open the keys')
})

test('a retired key still opens and verifies, and seals no more', async () => {
  const keys = await open()
  const sealed = keys.seal('sealing', 'x', Buffer.from('old'))
  const { keyId, code } = keys.mac('sealing', 'text')
  await store.signingKeys.retire(keyId, clock.now())
  const next = await open()
  expect(text(next.open('sealing', 'x', sealed))).toBe('old')
  expect(next.mac('sealing', 'text', keyId)?.code).toEqual(code)
  expect(next.mac('sealing', 'text').keyId).not.toBe(keyId)
  expect(next.seal('sealing', 'x', Buffer.from('new')).slice(0, 8)).not.toBe(keyId)
})

test('the server key is made once, is private, and a damaged one is not replaced', async () => {
  const dataFolder = await mkdtemp(join(tmpdir(), 'mayfly-'))
  const first = await readRootKey({ dataFolder }, { random, isNew: true })
  expect(Buffer.from(await readRootKey({ dataFolder }, { random, isNew: true }))).toEqual(Buffer.from(first))
  const file = join(dataFolder, 'server.key')
  if (process.platform !== 'win32') expect((await stat(file)).mode & 0o777).toBe(0o600)
  await writeFile(file, 'torn')
  await expect(readRootKey({ dataFolder }, { random, isNew: true })).rejects.toThrow('does not hold a server key')
  expect(await readFile(file, 'utf8')).toBe('torn')
  await rm(dataFolder, { recursive: true })
})

test('the server key may come from the configuration', async () => {
  const serverKey = Buffer.alloc(32, 9).toString('base64url')
  expect(Buffer.from(await readRootKey({ dataFolder: '/nowhere', serverKey }, { random, isNew: true }))).toEqual(
    Buffer.alloc(32, 9),
  )
  await expect(readRootKey({ dataFolder: '/nowhere', serverKey: 'short' }, { random, isNew: true })).rejects.toThrow(
    'MAYFLY_SERVER_KEY',
  )
})

test('a database that has seen use gets no new server key', async () => {
  const dataFolder = await mkdtemp(join(tmpdir(), 'mayfly-'))
  await expect(readRootKey({ dataFolder }, { random, isNew: false })).rejects.toMatchObject({ code: 'not-found' })
  expect(await readdir(dataFolder)).toEqual([])
  await readRootKey({ dataFolder }, { random, isNew: true })
  expect(await readdir(dataFolder)).toEqual(['server.key'])
  await expect(readRootKey({ dataFolder }, { random, isNew: false })).resolves.toHaveLength(32)
  await rm(dataFolder, { recursive: true })
})

test.skipIf(process.platform === 'win32')('a server key that others may read is warned about', async () => {
  const dataFolder = await mkdtemp(join(tmpdir(), 'mayfly-'))
  await readRootKey({ dataFolder }, { random, isNew: true })
  expect(findKeyReaders({ dataFolder })).toBeUndefined()
  await chmod(join(dataFolder, 'server.key'), 0o640)
  expect(findKeyReaders({ dataFolder })).toMatch(/may read .*server\.key\. Run: chmod 600 /)
  await rm(dataFolder, { recursive: true })
})
