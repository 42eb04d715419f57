/** Makes a planned change of a file, and takes it back, never over somebody else's change. */

import type { Machine } from '../../machine/machine.ts'
import type { FileEdit } from './file-edit.ts'

/** `done`: the file holds the change now. `already`: it did before. */
export type Applied = 'done' | 'already'

/** `whole`: the former bytes are back. `lines`: the file was changed since, and only our lines are back. */
export type Reverted = 'whole' | 'lines' | 'already'

/**
 * Makes the change in one step. `keepBackup` is given the former bytes (null for a file that is made) and has kept them
 * when its promise is fulfilled; nothing is written before. Refuses (`conflict`) a file that is not the planned one.
 */
export async function applyEdit(
  _machine: Machine,
  _edit: FileEdit,
  _keepBackup: (former: Uint8Array | null) => Promise<void>,
): Promise<Applied> {
  throw new Error('not yet')
}

/** Puts back what the change took: `former` are the bytes that `keepBackup` was given. Refuses (`conflict`) and writes nothing where our lines were changed since. */
export async function revertEdit(_machine: Machine, _edit: FileEdit, _former: Uint8Array | null): Promise<Reverted> {
  throw new Error('not yet')
}
