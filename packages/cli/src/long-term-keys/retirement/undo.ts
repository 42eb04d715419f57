/** Takes a retirement back: the key is switched on again first, then the files get back what they held. */

import { Refusal } from '@mayfly/identity-center/refusal'
import type { Machine } from '../../machine/machine.ts'
import { isDenied } from '../inquiry/key-state.ts'
import { type AccessPath, askStanding, getRetirement, isOpen, type NoAccessPath } from './access-path.ts'
import { deleteBackups, refuseSilentKeychain } from './backups.ts'
import { activateCommand } from './hand-over.ts'
import { noteChange, withRetirement } from './journal.ts'
import { tidy } from './look.ts'
import { type RestoreOptions, restoreFiles } from './restore.ts'
import type { KeyStanding, Retirement } from './retirement.ts'

export interface UndoOptions extends RestoreOptions {
  /** Leaves the key as it is, whatever that is. */
  readonly filesOnly?: boolean
}

export interface Undone {
  readonly retirement: Retirement
  /** Whether the key was switched on. */
  readonly isActivated: boolean
  /** What the key is now, as far as somebody could say; absent where nothing was left to do. */
  readonly standing?: KeyStanding
  /** What could not be cleared away. Sentences. */
  readonly left: readonly string[]
}

/** Undoes it, or goes on with it. Refuses when it is too late, and where the key or a file stands in the way. */
export const undoRetirement = (
  machine: Machine,
  accessKeyId: string,
  path: AccessPath | NoAccessPath,
  options: UndoOptions = {},
): Promise<Undone> =>
  withRetirement(machine, accessKeyId, async () => {
    const found = await getRetirement(machine, accessKeyId)
    refuseTooLate(found)
    if (found.step === 'undone') return finishUndone(machine, await tidy(machine, found), path, options)
    const standing = await askStanding(machine, found, path)
    await refuseGone(machine, found, standing, options)
    await refuseUnreadable(machine, found, options)
    const undoing = await noteChange(machine, found, { step: 'undoing', standing, schedule: undefined })
    const activated = options.filesOnly ? undefined : await activate(machine, undoing, standing, path)
    const restored = await restoreFiles(machine, activated?.retirement ?? undoing, options)
    if (restored.refusal) throw withActivation(restored.refusal, accessKeyId, activated?.isActivated)
    const isKept = restored.retirement.edits.some(({ state }) => state === 'kept')
    const note = isKept
      ? 'Files that could not be put back stay as they are.'
      : 'Every change in the files is taken back.'
    const undone = await noteChange(machine, restored.retirement, { step: 'undone', note })
    const left = await deleteBackups(machine, accessKeyId, undone.backupKey)
    const retirement = left.length > 0 ? undone : await noteChange(machine, undone, { backupKey: undefined })
    return { retirement, isActivated: activated?.isActivated ?? false, standing: activated?.standing ?? standing, left }
  })

/** Its files are back; the key may still be as we have left it, where they went back alone. */
async function finishUndone(
  machine: Machine,
  undone: Retirement,
  path: AccessPath | NoAccessPath,
  { filesOnly }: UndoOptions,
): Promise<Undone> {
  if (undone.deactivatedBy !== 'us' || filesOnly) return { retirement: undone, isActivated: false, left: [] }
  const standing = await askStanding(machine, undone, path)
  if (standing.status === 'gone') return { retirement: undone, isActivated: false, standing, left: [] }
  return { ...(await activate(machine, undone, standing, path)), left: [] }
}

function refuseTooLate({ step, accessKeyId }: Retirement): void {
  if (step === 'deleted')
    throw new Refusal('conflict', `${accessKeyId} is deleted, and nothing brings a deleted key back.`, {
      hint: 'The files go on with the profile that took its place.',
    })
  if (step === 'closed')
    throw new Refusal(
      'conflict',
      `The retirement of ${accessKeyId} was closed, and its backups were deleted with that.`,
    )
}

/** Files with a key that is no more would be worse than what they hold now. */
async function refuseGone(
  machine: Machine,
  found: Retirement,
  { status }: KeyStanding,
  { filesOnly }: UndoOptions,
): Promise<void> {
  if (status !== 'gone' || filesOnly || found.step === 'swapping' || found.step === 'undoing') return
  if (found.step === 'deleting') await noteChange(machine, found, { step: 'deleted', note: 'The key is deleted.' })
  throw new Refusal('conflict', `${found.accessKeyId} is gone: the files would hold a key that opens nothing.`, {
    hint: `To put the files back all the same: mayfly keys undo ${found.accessKeyId} --files-only`,
  })
}

/** Whoever is told what did not work is told what did. */
const withActivation = (refusal: Refusal, accessKeyId: string, isActivated = false): Refusal =>
  isActivated
    ? new Refusal(refusal.code, `${accessKeyId} is switched on again. ${refusal.message}`, {
        ...(refusal.hint !== undefined && { hint: refusal.hint }),
      })
    : refusal

/** Before anything is begun: a retirement in the middle of its files could only be gone on with from where they can be read. */
async function refuseUnreadable(
  machine: Machine,
  { edits, backupKey }: Retirement,
  { keepsFiles }: UndoOptions,
): Promise<void> {
  const isChanged = edits.some(({ state }) => state === 'writing' || state === 'done')
  if (isChanged && backupKey && !keepsFiles) await refuseSilentKeychain(machine, backupKey)
}

/** What nobody of us has switched off is not switched on. */
async function activate(
  machine: Machine,
  undoing: Retirement,
  standing: KeyStanding,
  path: AccessPath | NoAccessPath,
): Promise<{ readonly retirement: Retirement; readonly isActivated: boolean; readonly standing: KeyStanding }> {
  if (undoing.deactivatedBy !== 'us' || standing.status === 'Active')
    return { retirement: await noteActive(machine, undoing, standing), isActivated: false, standing }
  if (!isOpen(path) || standing.status === 'unknown') throw unasked(undoing, standing, path)
  try {
    await path.iam.updateAccessKey({ userName: undoing.userName, accessKeyId: undoing.accessKeyId }, 'Active')
  } catch (error) {
    if (!isDenied(error)) throw error
    throw new Refusal('forbidden', `${path.identity.arn} may not switch the key on again. No file was put back.`, {
      hint: `Ask an administrator for: ${activateCommand(undoing)}\nThen run again: mayfly keys undo ${undoing.accessKeyId}`,
    })
  }
  const now = await askStanding(machine, undoing, path)
  if (now.status !== 'Active')
    throw new Refusal('conflict', `IAM took the call, and says that ${undoing.accessKeyId} is ${now.status}.`, {
      hint: `IAM may be slow to tell. Run it again in a minute: mayfly keys undo ${undoing.accessKeyId}`,
    })
  // Noted before a file goes back: the profile that could say so may be the one that goes.
  const retirement = await noteChange(machine, undoing, {
    standing: now,
    deactivatedAt: undefined,
    deactivatedBy: undefined,
    note: `Switched the key on again as ${path.identity.arn}.`,
  })
  return { retirement, isActivated: true, standing: now }
}

const noteActive = async (machine: Machine, undoing: Retirement, { status }: KeyStanding): Promise<Retirement> =>
  status === 'Active' && undoing.deactivatedBy !== undefined
    ? noteChange(machine, undoing, { deactivatedAt: undefined, deactivatedBy: undefined })
    : undoing

function unasked(undoing: Retirement, { cannot }: KeyStanding, path: AccessPath | NoAccessPath): unknown {
  // Who has to sign in first is told that.
  if (!isOpen(path) && path.error instanceof Refusal) return path.error
  const why = cannot.map((each) => `${each.what}: ${each.why}`).join('; ')
  return new Refusal(
    'forbidden',
    `Nobody could say whether ${undoing.accessKeyId} is switched off (${why}). No file was put back.`,
    {
      hint: `Name a profile that may: --as PROFILE. Or ask an administrator for: ${activateCommand(undoing)}\nand then: mayfly keys undo ${undoing.accessKeyId} --files-only`,
    },
  )
}
