/** Makes a data key, puts it where it is kept, and makes another when it is lost. */

import { Refusal } from '@mayfly/identity-center/refusal'
import { KeychainError } from '../machine/keychain.ts'
import type { Machine } from '../machine/machine.ts'
import { joinPath } from '../machine/place.ts'
import { getDataKey, memoryName } from './data-key.ts'
import { refuseForgottenSeal } from './forgotten-seal.ts'
import { askNewPassphrase, keyFilePath, writeKeyFile } from './key-file.ts'
import { DataKeyRefusal, keychainRefusal } from './key-loss.ts'
import { keychainAccount } from './keychain-account.ts'
import { DATA_KEY_BYTES, fingerprint } from './record.ts'
import { sealedRoot } from './sealed-folder.ts'
import { type DataKeyRecord, type KeyPlace, readStorage, writeStorage } from './storage-mode.ts'

/** The lock under which the mode and the data key change: two terminals at once make one key. */
const STORAGE_LOCK = 'storage'

/** 256 random bits, in this process's memory only. */
export function createDataKey(machine: Machine): Buffer {
  const key = Buffer.from(machine.random.bytes(DATA_KEY_BYTES))
  machine.secrets.keep(memoryName(fingerprint(key)), key)
  return key
}

/** Puts a data key where it is to be kept, and reads it back. Rejects with DataKeyRefusal when that does not work. */
export async function storeDataKey(machine: Machine, key: Buffer, keptIn: KeyPlace): Promise<DataKeyRecord> {
  const id = fingerprint(key)
  if (keptIn === 'passphrase') {
    await writeKeyFile(machine, key, await askNewPassphrase(machine))
    return { id, keptIn }
  }
  try {
    await machine.keychain.set(keychainAccount(machine, id), key)
    const held = await machine.keychain.get(keychainAccount(machine, id))
    if (held?.equals(key)) return { id, keptIn }
  } catch (error) {
    if (error instanceof KeychainError) throw keychainRefusal(error)
    throw error
  }
  throw new DataKeyRefusal(
    'out-of-reach',
    'The keychain took the key of the sealed store, and gives back something else.',
    'Keep the key behind a passphrase: mayfly storage sealed --passphrase',
  )
}

/** Takes a data key away from where it is kept. Answers what could not be done, in a sentence. */
export async function deleteDataKey(machine: Machine, { id, keptIn }: DataKeyRecord): Promise<string | undefined> {
  machine.secrets.forget(memoryName(id))
  if (keptIn === 'passphrase') {
    await machine.files.delete(keyFilePath(machine))
    return undefined
  }
  try {
    await machine.keychain.delete(keychainAccount(machine, id))
    return undefined
  } catch (error) {
    if (!(error instanceof KeychainError)) throw error
    return `The entry "${keychainAccount(machine, id)}" is still in the keychain: ${error.message}`
  }
}

/**
 * Before a sign-in: when the data key is gone for good, makes another one in the same place and moves the records of the
 * former aside. A keychain that cannot be asked is refused instead: it may answer again. Nothing happens in `shared`, unless
 * the home is sealed all the same.
 */
export async function renewLostKey(machine: Machine): Promise<void> {
  await refuseForgottenSeal(machine)
  if (!(await isKeyGone(machine))) return
  await withStorageLock(machine, async () => {
    // Another terminal may have made one meanwhile.
    if (!(await isKeyGone(machine))) return
    const storage = await readStorage(machine)
    if (storage.mode === 'sealed') await replaceDataKey(machine, storage.key.keptIn)
  })
}

async function isKeyGone(machine: Machine): Promise<boolean> {
  const storage = await readStorage(machine)
  if (storage.mode === 'shared') return false
  try {
    await getDataKey(machine, storage.key)
    return false
  } catch (error) {
    if (error instanceof DataKeyRefusal && error.loss === 'gone') return true
    throw error
  }
}

/** A new data key in place of one that nobody has any more; what was sealed is moved aside. Inside `withStorageLock`. */
export async function replaceDataKey(machine: Machine, keptIn: KeyPlace): Promise<DataKeyRecord> {
  const record = await storeDataKey(machine, createDataKey(machine), keptIn)
  await writeStorage(machine, { mode: 'sealed', key: record })
  const aside = await moveAside(machine)
  machine.terminal.writeError(
    `The sealed store has a new key.${aside === undefined ? '' : ` What was sealed under the former one is in ${aside}.`}\n`,
  )
  return record
}

/** Moves every record into a folder of its own; its path, or nothing when there was none. */
async function moveAside(machine: Machine): Promise<string | undefined> {
  const stamp = machine.clock.now().toISOString().replaceAll(/[-:.]/g, '')
  const aside = joinPath(machine, sealedRoot(machine), `aside-${stamp}`)
  let moved = false
  for (const cache of ['sso', 'cli']) {
    const folder = joinPath(machine, sealedRoot(machine), cache)
    for (const name of await machine.files.list(folder)) {
      const from = joinPath(machine, folder, name)
      const record = await machine.files.read(from)
      if (!record) continue
      await machine.files.write(joinPath(machine, aside, cache, name), record, { mode: 0o600, folderMode: 0o700 })
      await machine.files.delete(from)
      moved = true
    }
  }
  return moved ? aside : undefined
}

/** Runs a task that changes the mode or the key while nobody else does. */
export const withStorageLock = <T>(machine: Machine, task: () => Promise<T>): Promise<T> =>
  machine.lock.withLock(STORAGE_LOCK, task, {
    onWait: () => machine.terminal.writeError('Waiting for another mayfly that changes how secrets are stored.\n'),
  })

/** Refuses a home in whose folder nothing can be kept. */
export async function refuseUnwritable(machine: Machine): Promise<void> {
  const path = joinPath(machine, sealedRoot(machine), 'sso', 'trial')
  if (await machine.files.isWritable(path)) return
  throw new Refusal('invalid', `${sealedRoot(machine)} cannot be written.`, {
    hint: 'Make it writable, or make room on its disk.',
  })
}
