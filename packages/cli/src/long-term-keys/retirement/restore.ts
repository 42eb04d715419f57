/** Puts back what a swap changed in files, and says which it could not. */

import { Refusal } from '@mayfly/identity-center/refusal'
import type { Machine } from '../../machine/machine.ts'
import { hashOf, revertEdit, withFile } from '../edits/apply-edit.ts'
import { type Backups, openBackups } from './backups.ts'
import { noteChange } from './journal.ts'
import { type EditState, type JournalledEdit, type Retirement, withState } from './retirement.ts'

export interface LeftFile {
  readonly path: string
  /** A sentence. */
  readonly why: string
}

export interface Restored {
  readonly retirement: Retirement
  /** Files that could not be put back; their backups are still there. */
  readonly left: readonly LeftFile[]
  /** What to refuse with where something is left. */
  readonly refusal: Refusal | undefined
}

export interface RestoreOptions {
  /** Files that cannot be put back stay as they are, for good. */
  readonly keepsFiles?: boolean
}

/** Last changed, first put back. Goes on past what cannot be put back. Inside `withRetirement`. */
export async function restoreFiles(
  machine: Machine,
  undoing: Retirement,
  { keepsFiles = false }: RestoreOptions = {},
): Promise<Restored> {
  let retirement = undoing
  const left: LeftFile[] = []
  const note = async (index: number, state: EditState): Promise<void> => {
    retirement = await noteChange(machine, retirement, { edits: withState(retirement.edits, index, state) })
  }
  for (const [index, journalled] of [...undoing.edits.entries()].reverse()) {
    if (journalled.state !== 'writing' && journalled.state !== 'done') continue
    try {
      await restoreFile(machine, retirement, index, journalled)
      await note(index, 'restored')
    } catch (error) {
      const isBearable = isAboutTheFile(error) || (keepsFiles && error instanceof Refusal)
      if (!isBearable) throw error
      if (keepsFiles) await note(index, 'kept')
      else left.push({ path: journalled.edit.path, why: error instanceof Error ? error.message : String(error) })
    }
  }
  return { retirement, left, refusal: left.length === 0 ? undefined : leftRefusal(undoing, left) }
}

async function restoreFile(
  machine: Machine,
  { accessKeyId, backupKey }: Retirement,
  index: number,
  { edit, state }: JournalledEdit,
): Promise<void> {
  const hash = await withFile(machine, edit.path, async (present) => hashOf(present))
  if (hash === edit.before) return
  const backups = backupKey && openBackups(machine, accessKeyId, backupKey)
  const former = await openBackup(backups, index, edit.path).catch((error: unknown) => {
    // The backup is kept before the file is written: without one, what the file holds is somebody else's.
    if (state === 'writing' && hash !== edit.after && isNotFound(error)) return undefined
    throw error
  })
  if (former === undefined) return
  await revertEdit(machine, edit, former)
}

async function openBackup(backups: Backups | undefined, index: number, path: string): Promise<Uint8Array | null> {
  if (backups) return backups.open(index)
  throw new Refusal('not-found', `There is no backup of ${path} any more.`)
}

const isNotFound = (error: unknown): boolean => error instanceof Refusal && error.code === 'not-found'

/**
 * A file that cannot be written, or that somebody has changed: the others may still be put back. A keychain that does not
 * answer (`forbidden`) stands in the way of all.
 */
const isAboutTheFile = (error: unknown): boolean =>
  error instanceof Refusal
    ? error.code !== 'forbidden'
    : error instanceof Error && 'code' in error && typeof error.code === 'string'

const leftRefusal = ({ accessKeyId }: Retirement, left: readonly LeftFile[]): Refusal =>
  new Refusal(
    'conflict',
    ['Not every file could be put back.', ...left.map(({ path, why }) => `${path}: ${why}`)].join('\n'),
    {
      hint:
        `Set right what is in the way, and run it again: mayfly keys undo ${accessKeyId}. ` +
        'A file that you move away is put back whole. To leave these files as they are, and delete the backups with ' +
        `what they held: mayfly keys undo ${accessKeyId} --keep-files`,
    },
  )
