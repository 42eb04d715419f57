/** What is being changed about the storage, noted before it is begun: whoever comes after a crash goes on from there. */

import type { Machine } from '../../machine/machine.ts'
import { movePath } from '../../sealed/forgotten-seal.ts'
import { type DataKeyRecord, parseStorage, type StorageMode } from '../../sealed/storage-mode.ts'

export interface Move {
  readonly to: StorageMode
  /** The data key that is being given up, or taken into use. */
  readonly key: DataKeyRecord
}

/** The move that was begun and did not end; nothing when there is none. */
export async function findMove(machine: Machine): Promise<Move | undefined> {
  try {
    const text = await machine.files.readText(movePath(machine))
    const { to, key } = JSON.parse(text ?? '') as { readonly to: unknown; readonly key: unknown }
    const storage = parseStorage(JSON.stringify({ version: 1, mode: 'sealed', key }))
    return storage?.mode === 'sealed' && (to === 'shared' || to === 'sealed') ? { to, key: storage.key } : undefined
  } catch {
    return undefined
  }
}

export const beginMove = (machine: Machine, move: Move): Promise<void> =>
  machine.files.write(movePath(machine), `${JSON.stringify(move)}\n`, { mode: 0o600, folderMode: 0o700 })

export const endMove = async (machine: Machine): Promise<void> => void (await machine.files.delete(movePath(machine)))
