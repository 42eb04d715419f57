/** What files held before they were changed, sealed under a key of its own for each retirement. Nothing lies in plain text. */

import { Refusal } from '@mayfly/identity-center/refusal'
import { KeychainError } from '../../machine/keychain.ts'
import type { Machine } from '../../machine/machine.ts'
import { joinPath } from '../../machine/place.ts'
import { DamagedRecord } from '../../sealed/damaged-record.ts'
import { keychainAccount } from '../../sealed/keychain-account.ts'
import { DATA_KEY_BYTES, fingerprint, openRecord, sealRecord } from '../../sealed/record.ts'
import { retirementsFolder } from './journal.ts'
import type { BackupKey } from './retirement.ts'

export interface Backups {
  /** Keeps the bytes of a file, or that there was none. They are kept when the promise is fulfilled. */
  keep(index: number, former: Uint8Array | null): Promise<void>
  /** Rejects with a Refusal where there is no backup, or none that can be opened. */
  open(index: number): Promise<Uint8Array | null>
}

/** An empty file is a file. */
const NO_FILE = 'none'

/** A new key, in this process's memory only. */
export function createBackupKey(machine: Machine): { readonly key: Buffer; readonly id: string } {
  const key = Buffer.from(machine.random.bytes(DATA_KEY_BYTES))
  return { key, id: fingerprint(key) }
}

/** Whether the keychain works: it gives back what it took. The entry stays; it is the one of this key. */
export async function tryKeychain(machine: Machine, key: Buffer): Promise<boolean> {
  const account = keychainAccount(machine, fingerprint(key))
  try {
    await machine.keychain.set(account, key)
    return (await machine.keychain.get(account))?.equals(key) === true
  } catch (error) {
    if (error instanceof KeychainError) return false
    throw error
  }
}

/** Puts a key where its record says; with the keychain it is there already. */
export async function storeBackupKey(machine: Machine, key: Buffer, { id, keptIn }: BackupKey): Promise<void> {
  if (keptIn === 'keychain') return
  const text = `${key.toString('base64')}\n`
  await machine.files.write(keyFile(machine, id), text, { mode: 0o600, setsMode: true, folderMode: 0o700 })
}

const keyFile = (machine: Machine, id: string): string => joinPath(machine, retirementsFolder(machine), `${id}.key`)

/** Rejects with a Refusal (`forbidden`) where the keychain does not answer now, and may later. */
export async function refuseSilentKeychain(machine: Machine, record: BackupKey): Promise<void> {
  if (record.keptIn === 'keychain') await askKeychain(machine, record.id)
}

/** The backups of one retirement. The key is asked for when the first one is kept or opened. */
export function openBackups(machine: Machine, accessKeyId: string, record: BackupKey): Backups {
  const getKey = (): Promise<Buffer> =>
    machine.secrets.obtain(`backups ${record.id}`, () => readBackupKey(machine, record))
  const pathOf = (index: number): string => joinPath(machine, backupFolder(machine, accessKeyId), `${index}.sealed`)
  // A record opens under its own name alone: nobody can put one in the place of another.
  const nameOf = (index: number): string => `retirement ${accessKeyId} ${index}`
  return {
    async keep(index, former) {
      const text = former === null ? NO_FILE : `bytes ${Buffer.from(former).toString('base64')}`
      const sealed = sealRecord(await getKey(), nameOf(index), text, machine.random.bytes(12))
      await machine.files.write(pathOf(index), sealed, { mode: 0o600, setsMode: true, folderMode: 0o700 })
    },
    async open(index) {
      const sealed = await machine.files.read(pathOf(index))
      if (!sealed) throw lost(`The backup ${pathOf(index)} is gone.`)
      const text = openSealed(await getKey(), nameOf(index), sealed, pathOf(index))
      return text === NO_FILE ? null : Buffer.from(text.slice('bytes '.length), 'base64')
    },
  }
}

function openSealed(key: Buffer, name: string, sealed: Uint8Array, path: string): string {
  try {
    return openRecord(key, name, sealed)
  } catch (error) {
    if (error instanceof DamagedRecord) throw lost(`The backup ${path} cannot be opened: it is damaged.`)
    throw error
  }
}

const lost = (message: string): Refusal =>
  new Refusal('not-found', message, { hint: 'Put the lines back by hand, and let the files stay: --keep-files' })

async function readBackupKey(machine: Machine, { id, keptIn }: BackupKey): Promise<Buffer> {
  const key = keptIn === 'keychain' ? await askKeychain(machine, id) : await readKeyFile(machine, id)
  if (key?.length === DATA_KEY_BYTES && fingerprint(key) === id) return key
  const where = keptIn === 'keychain' ? 'The keychain' : keyFile(machine, id)
  throw lost(`${where} does not hold the key of the backups any more.`)
}

async function askKeychain(machine: Machine, id: string): Promise<Buffer | undefined> {
  try {
    return await machine.keychain.get(keychainAccount(machine, id))
  } catch (error) {
    if (!(error instanceof KeychainError)) throw error
    throw new Refusal('forbidden', `The keychain holds the key of the backups, and does not answer: ${error.message}`, {
      hint: 'Unlock the keychain, in a session of the computer on which the files were changed, and run it again. Where that is no more: --keep-files leaves the files as they are, for good.',
    })
  }
}

async function readKeyFile(machine: Machine, id: string): Promise<Buffer | undefined> {
  const text = await machine.files.readText(keyFile(machine, id))
  return text === undefined ? undefined : Buffer.from(text.trim(), 'base64')
}

const backupFolder = (machine: Machine, accessKeyId: string): string =>
  joinPath(machine, retirementsFolder(machine), accessKeyId)

/** Deletes the backups of a retirement, and their key. Answers what is left, in sentences. */
export async function deleteBackups(
  machine: Machine,
  accessKeyId: string,
  record: BackupKey | undefined,
): Promise<readonly string[]> {
  const left = [...(await machine.files.deleteTree(backupFolder(machine, accessKeyId)))].map(
    (path) => `${path} could not be deleted.`,
  )
  if (!record) return left
  machine.secrets.forget(`backups ${record.id}`)
  await machine.files.delete(keyFile(machine, record.id))
  if (record.keptIn === 'file') return left
  try {
    await machine.keychain.delete(keychainAccount(machine, record.id))
    return left
  } catch (error) {
    if (!(error instanceof KeychainError)) throw error
    const name = keychainAccount(machine, record.id)
    return [...left, `The entry "${name}" is still in the keychain: ${error.message}`]
  }
}
