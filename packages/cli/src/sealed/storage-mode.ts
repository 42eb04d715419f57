/** Which of the two ways this home keeps its tokens and role credentials: as AWS's tools do, or sealed. */

import { Refusal } from '@mayfly/identity-center/refusal'
import type { Machine } from '../machine/machine.ts'
import { joinPath, ownFolder } from '../machine/place.ts'

export type StorageMode = 'shared' | 'sealed'

/** Where the data key is kept: the system's keychain, or a file that a passphrase opens. */
export type KeyPlace = 'keychain' | 'passphrase'

export interface DataKeyRecord {
  /** The fingerprint of the data key: it tells which key a record wants, and nothing about the key. */
  readonly id: string
  readonly keptIn: KeyPlace
}

/** What `~/.mayfly/storage.json` says. No secret is in it. */
export type Storage = { readonly mode: 'shared' } | { readonly mode: 'sealed'; readonly key: DataKeyRecord }

export const storagePath = (machine: Pick<Machine, 'platform' | 'home'>): string =>
  joinPath(machine, ownFolder(machine), 'storage.json')

/** How this home keeps its secrets. A missing file means `shared`; one that cannot be understood is refused. */
export async function readStorage(machine: Machine): Promise<Storage> {
  const path = storagePath(machine)
  const bytes = await machine.files.read(path)
  const storage = bytes ? parseStorage(Buffer.from(bytes).toString()) : ({ mode: 'shared' } as const)
  if (storage) return storage
  // Taking `shared` for granted would put tokens in plain text on a disk that was to hold none.
  throw new Refusal('invalid', `${path} cannot be understood.`, {
    hint: 'To write it anew: mayfly storage sealed, or: mayfly storage shared',
  })
}

/** The mode alone. */
export const readStorageMode = async (machine: Machine): Promise<StorageMode> => (await readStorage(machine)).mode

export function parseStorage(text: string): Storage | undefined {
  try {
    const { version, mode, key } = JSON.parse(text) as Record<string, unknown>
    if (version !== 1) return undefined
    if (mode === 'shared') return { mode }
    if (mode !== 'sealed' || typeof key !== 'object' || key === null) return undefined
    const { id, keptIn } = key as Record<string, unknown>
    if (typeof id !== 'string' || !/^[0-9a-f]{16}$/.test(id)) return undefined
    return keptIn === 'keychain' || keptIn === 'passphrase' ? { mode, key: { id, keptIn } } : undefined
  } catch {
    return undefined
  }
}

export async function writeStorage(machine: Machine, storage: Storage): Promise<void> {
  const text = `${JSON.stringify({ version: 1, ...storage }, undefined, 2)}\n`
  await machine.files.write(storagePath(machine), text, { mode: 0o600 })
}
