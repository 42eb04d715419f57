/** What is sealed opens with its key and under its name alone, and a lost key is told, not crashed on. */

import { Refusal } from '@mayfly/identity-center/refusal'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { KeychainError } from '../machine/keychain.ts'
import { createTestKeychain } from '../testing/test-keychain.ts'
import { createTestMachine, type TestMachineOptions } from '../testing/test-machine.ts'
import { createTestPerson } from '../testing/test-person.ts'
import { openCacheFolder } from './cache-folder.ts'
import { DamagedRecord } from './damaged-record.ts'
import { getDataKey } from './data-key.ts'
import { keychainAccount } from './keychain-account.ts'
import { createDataKey, renewLostKey, storeDataKey } from './new-key.ts'
import { fingerprint, openRecord, sealRecord } from './record.ts'
import { type KeyPlace, readStorage, readStorageMode, writeStorage } from './storage-mode.ts'

const KEY = Buffer.alloc(32, 7)
const NONCE = Buffer.alloc(12, 1)

/** A home in sealed mode; `again` is another process in it. */
async function sealedHome(
  keptIn: KeyPlace = 'keychain',
  answers: readonly string[] = [],
  options: TestMachineOptions = {},
) {
  const keychain = createTestKeychain()
  const person = createTestPerson(answers)
  const machine = { ...createTestMachine({ keychain, ...options }), terminal: person.terminal }
  const record = await storeDataKey(machine, createDataKey(machine), keptIn)
  await writeStorage(machine, { mode: 'sealed', key: record })
  const again = (more: TestMachineOptions = {}) => {
    const next = createTestMachine({ keychain, ...more })
    // Chance goes on from process to process.
    next.random.bytes(5)
    for (const [path, file] of machine.disk) next.disk.set(path, file)
    return next
  }
  return { machine, keychain, person, record, again }
}

test('a record opens under its own name and key', () => {
  const record = sealRecord(KEY, 'sso/a.json', '{"accessToken":"ü"}', NONCE)
  expect(openRecord(KEY, 'sso/a.json', record)).toBe('{"accessToken":"ü"}')
  expect(Buffer.from(record).includes('accessToken')).toBe(false)
})

test('a record that was copied over another is refused', () => {
  const record = sealRecord(KEY, 'sso/a.json', 'x', NONCE)
  expect(() => openRecord(KEY, 'sso/b.json', record)).toThrow(DamagedRecord)
  expect(() => openRecord(KEY, 'cli/a.json', record)).toThrow(DamagedRecord)
})

test('a record of another key is told from a damaged one', () => {
  const record = sealRecord(KEY, 'sso/a.json', 'x', NONCE)
  expect(() => openRecord(Buffer.alloc(32, 8), 'sso/a.json', record)).toThrow(
    expect.objectContaining({ isForeign: true }),
  )
  expect(() => openRecord(KEY, 'sso/a.json', record.slice(0, 20))).toThrow(
    expect.objectContaining({ isForeign: false }),
  )
})

test('fuzz: a record with any bit changed, cut off or longer does not open', () => {
  const record = sealRecord(KEY, 'sso/a.json', 'secret text', NONCE)
  fc.assert(
    fc.property(fc.nat(record.length * 8 - 1), (bit) => {
      const changed = Buffer.from(record)
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(() => openRecord(KEY, 'sso/a.json', changed)).toThrow(DamagedRecord)
    }),
  )
  for (let length = 0; length < record.length; length += 1)
    expect(() => openRecord(KEY, 'sso/a.json', record.slice(0, length))).toThrow(DamagedRecord)
  expect(() => openRecord(KEY, 'sso/a.json', Buffer.concat([record, Buffer.alloc(1)]))).toThrow(DamagedRecord)
})

test('without a storage file caches are those of AWS, in plain files', async () => {
  const machine = createTestMachine()
  expect(await readStorageMode(machine)).toBe('shared')
  await (await openCacheFolder(machine, 'sso')).write('a.json', '{}')
  expect(machine.text('~/.aws/sso/cache/a.json')).toBe('{}')
})

test('a storage file that cannot be understood is refused: taking it for shared would write plain text', async () => {
  for (const text of [
    '',
    '{',
    '{"version":2,"mode":"sealed"}',
    '{"version":1,"mode":"sealed"}',
    '{"version":1,"mode":"x"}',
  ]) {
    const machine = createTestMachine({ files: { '~/.mayfly/storage.json': text } })
    await expect(readStorageMode(machine)).rejects.toThrow('cannot be understood')
  }
})

test('in sealed mode nothing readable is on the disk, and files and folders are for their owner alone', async () => {
  const { machine, again } = await sealedHome()
  const folder = await openCacheFolder(machine, 'sso')
  await folder.write('a.json', '{"accessToken":"aoa-1"}')
  for (const [path, { content, mode }] of machine.disk) {
    expect(Buffer.from(content).includes('aoa-1')).toBe(false)
    expect([path, mode]).toEqual([path, 0o600])
  }
  const next = await openCacheFolder(again(), 'sso')
  expect(await next.list()).toEqual(['a.json'])
  expect(await next.read('a.json')).toBe('{"accessToken":"aoa-1"}')
  expect(await next.read('b.json')).toBeUndefined()
  expect(await next.delete('a.json')).toBe(true)
})

test('the keychain is asked once in the life of a process', async () => {
  const { again, keychain } = await sealedHome()
  let asked = 0
  const counting = {
    ...keychain,
    get: (account: string) => {
      asked += 1
      return keychain.get(account)
    },
  }
  const folder = await openCacheFolder(again({ keychain: counting }), 'sso')
  await Promise.all([folder.write('a.json', 'x'), folder.write('b.json', 'y'), folder.isWritable('c.json')])
  await folder.read('a.json')
  expect(asked).toBe(1)
})

test('a reader whom a change of the mode overtakes reads in the other place', async () => {
  const { machine, again, record } = await sealedHome()
  await (await openCacheFolder(machine, 'sso')).write('a.json', 'x')
  const toShared = again()
  const sealed = await openCacheFolder(toShared, 'sso')
  await writeStorage(toShared, { mode: 'shared' })
  await toShared.keychain.delete(keychainAccount(toShared, record.id))
  await (await openCacheFolder(toShared, 'sso')).write('a.json', 'y')
  expect(await sealed.read('a.json')).toBe('y')
  const shared = await openCacheFolder(toShared, 'sso')
  const second = await storeDataKey(toShared, createDataKey(toShared), 'keychain')
  await writeStorage(toShared, { mode: 'sealed', key: second })
  await (await openCacheFolder(toShared, 'sso')).write('b.json', 'z')
  expect(await shared.read('b.json')).toBe('z')
})

test('homes and users have entries of their own in the keychain', () => {
  expect(keychainAccount({ home: '/home/alice' }, 'k')).not.toBe(keychainAccount({ home: '/home/bob' }, 'k'))
})

test('a lost keychain entry, a locked keychain and a missing one are three sentences, each with what to do', async () => {
  const { again, keychain, record } = await sealedHome()
  keychain.entries.clear()
  const refusal = (error: unknown) => error as Refusal & { loss: string }
  const gone = refusal(await getDataKey(again(), record).catch((error) => error))
  expect([gone.loss, gone.hint]).toEqual(['gone', 'Sign in again, which makes a new key: mayfly sso login'])
  const failing = (problem: 'refused' | 'unreachable' | 'not-installed') => {
    const fail = () => Promise.reject(new KeychainError(problem, 'said so'))
    return getDataKey(again({ keychain: { get: fail, set: fail, delete: fail } }), record).catch(refusal)
  }
  expect(await failing('refused')).toMatchObject({
    loss: 'out-of-reach',
    message: expect.stringContaining('is locked'),
  })
  expect(await failing('unreachable')).toMatchObject({
    loss: 'out-of-reach',
    message: expect.stringContaining('No keychain'),
  })
  expect(await failing('not-installed')).toMatchObject({
    loss: 'out-of-reach',
    message: expect.stringContaining('@napi-rs'),
  })
})

test('an entry that holds another key counts as lost', async () => {
  const { again, keychain, record } = await sealedHome()
  keychain.entries.set(keychainAccount(again(), record.id), Buffer.alloc(32, 9))
  await expect(getDataKey(again(), record)).rejects.toMatchObject({ loss: 'gone' })
})

test('a sign-in makes a new key for a lost one and moves what is sealed aside; two at once make one key', async () => {
  const { machine, again, keychain, record } = await sealedHome()
  await (await openCacheFolder(machine, 'sso')).write('a.json', 'x')
  keychain.entries.clear()
  const next = again()
  await Promise.all([renewLostKey(next), renewLostKey(next)])
  expect(keychain.entries.size).toBe(1)
  const storage = await readStorage(next)
  expect(storage.mode === 'sealed' && storage.key.id).not.toBe(record.id)
  expect(next.stderr()).toMatch(
    /^The sealed store has a new key\. What was sealed under the former one is in \S+aside-\S+\.\n$/,
  )
  const folder = await openCacheFolder(next, 'sso')
  expect(await folder.list()).toEqual([])
  await folder.write('a.json', 'y')
  expect(await folder.read('a.json')).toBe('y')
})

test('a sign-in leaves a key alone that is there, and one that is only out of reach', async () => {
  const { again } = await sealedHome()
  const [calm, locked] = [again(), again({ keychain: createTestMachine().keychain })]
  await renewLostKey(calm)
  expect(calm.stderr()).toBe('')
  await expect(renewLostKey(locked)).rejects.toMatchObject({ loss: 'out-of-reach' })
  await renewLostKey(createTestMachine())
})

test('behind a passphrase the key opens with it, is asked for once, and three wrong answers end it', async () => {
  const { machine, again, record } = await sealedHome('passphrase', [
    'short',
    'correct horse',
    'other',
    'correct horse',
    'correct horse',
  ])
  const answering = (answers: readonly string[]) => ({ ...again(), terminal: createTestPerson(answers).terminal })
  expect(machine.text('~/.mayfly/sealed/key.json')).not.toContain('correct horse')
  const key = await getDataKey(answering(['wrong', 'correct horse']), record)
  expect(fingerprint(key)).toBe(record.id)
  const failed = answering(['a', 'b', 'c'])
  await expect(getDataKey(failed, record)).rejects.toMatchObject({ loss: 'passphrase-needed' })
  await expect(getDataKey(again(), record)).rejects.toMatchObject({
    loss: 'passphrase-needed',
    hint: 'Run in a terminal: mayfly storage unlock',
  })
}, 30_000)

test('a running agent that was given the key saves the question, and is not believed with another key', async () => {
  const { machine, again, record } = await sealedHome('passphrase', ['correct horse', 'correct horse'])
  const key = Buffer.from(await getDataKey(machine, record))
  const lending = (text: string, env = {}) =>
    again({ env, agent: { ...machine.agent, ask: async () => ({ answer: 'ok', text }) } })
  expect((await getDataKey(lending(key.toString('base64')), record)).equals(key)).toBe(true)
  const foreign = lending(Buffer.alloc(32, 3).toString('base64'))
  await expect(getDataKey(foreign, record)).rejects.toMatchObject({ loss: 'passphrase-needed' })
  const never = lending(key.toString('base64'), { MAYFLY_AGENT: 'never' })
  await expect(getDataKey(never, record)).rejects.toMatchObject({ loss: 'passphrase-needed' })
}, 30_000)

test('a key file that asks for more work than any of ours is not tried', async () => {
  const { again, record, machine } = await sealedHome('passphrase', ['correct horse', 'correct horse'])
  const path = '/home/alice/.mayfly/sealed/key.json'
  const text = machine.text(path)?.replace('"N": 131072', '"N": 1073741824') ?? ''
  const next = { ...again(), terminal: createTestPerson(['correct horse']).terminal }
  next.disk.set(path, { content: Buffer.from(text), mode: 0o600 })
  await expect(getDataKey(next, record)).rejects.toMatchObject({ loss: 'gone' })
}, 30_000)

test('no refusal of the store is a fault: each says what to run', async () => {
  const { again, keychain, record } = await sealedHome()
  keychain.entries.clear()
  const error = await getDataKey(again(), record).catch((caught) => caught)
  expect(error).toBeInstanceOf(Refusal)
  expect(error.hint).toContain('mayfly ')
})
