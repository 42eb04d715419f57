/** The swap: files change one after the other, the profile is tested by a real call, and where that fails all is put back. */

import { Refusal } from '@mayfly/identity-center/refusal'
import type { Machine } from '../../machine/machine.ts'
import { applyEdit, refuseUnlessReady } from '../edits/apply-edit.ts'
import { getRetirement } from './access-path.ts'
import { createBackupKey, deleteBackups, openBackups, storeBackupKey, tryKeychain } from './backups.ts'
import { noteChange } from './journal.ts'
import { restoreFiles } from './restore.ts'
import { type Retirement, withState } from './retirement.ts'

/** Answers whom the profile is; rejects when it does not work. */
export type ProfileTest = () => Promise<string>

/**
 * Changes the files, or goes on with it, tests, and answers a retirement that soaks. Inside `withRetirement`. Where it does
 * not work, everything is put back and the reason is refused with.
 */
export async function swapFiles(machine: Machine, planned: Retirement, test: ProfileTest): Promise<Retirement> {
  let retirement = await beginSwap(machine, planned)
  try {
    retirement = await changeFiles(machine, retirement)
    const testedArn = await test()
    return await noteChange(machine, retirement, {
      step: 'soaking',
      swappedAt: machine.clock.now(),
      testedArn,
      note: `Changed ${countFiles(retirement)}; ${retirement.profile.profileName} is ${testedArn}.`,
    })
  } catch (error) {
    throw await putBack(machine, retirement.accessKeyId, error)
  }
}

const countFiles = ({ edits }: Retirement): string => (edits.length === 1 ? '1 file' : `${edits.length} files`)

/** Its backup key is noted before it is made: none is left behind that nobody knows of. */
async function beginSwap(machine: Machine, planned: Retirement): Promise<Retirement> {
  const isBegun = planned.edits.some(({ state }) => state !== 'planned')
  if (isBegun) return planned
  await refuseUnlessReady(
    machine,
    planned.edits.map(({ edit }) => edit),
  )
  // Of a start that was cut off before anything was kept under it.
  await deleteBackups(machine, planned.accessKeyId, planned.backupKey)
  const { key, id } = createBackupKey(machine)
  const noted = await noteChange(machine, planned, { step: 'swapping', backupKey: { id, keptIn: 'keychain' } })
  machine.secrets.keep(`backups ${id}`, key)
  if (await tryKeychain(machine, key)) return noted
  const backupKey = { id, keptIn: 'file' } as const
  await storeBackupKey(machine, key, backupKey)
  return noteChange(machine, noted, { backupKey })
}

async function changeFiles(machine: Machine, begun: Retirement): Promise<Retirement> {
  let retirement = begun
  for (const [index, { edit, state }] of begun.edits.entries()) {
    if (state === 'done') continue
    const { backupKey } = retirement
    if (!backupKey) throw new Error('no key for the backups')
    const backups = openBackups(machine, begun.accessKeyId, backupKey)
    retirement = await noteChange(machine, retirement, { edits: withState(retirement.edits, index, 'writing') })
    await applyEdit(machine, edit, (former) => backups.keep(index, former))
    retirement = await noteChange(machine, retirement, { edits: withState(retirement.edits, index, 'done') })
  }
  return retirement
}

/** The reason, once all is as it was; or what is left, for which the way back is still there. */
async function putBack(machine: Machine, accessKeyId: string, error: unknown): Promise<unknown> {
  const reason = error instanceof Error ? error.message : String(error)
  // As the journal has it: the error may have come between an act and its note.
  const retirement = await getRetirement(machine, accessKeyId)
  const undoing = await noteChange(machine, retirement, {
    step: 'undoing',
    undoneBecause: reason,
    note: `The swap did not work: ${reason}`,
  })
  const restored = await restoreFiles(machine, undoing)
  if (restored.left.length > 0) return restored.refusal
  await noteChange(machine, restored.retirement, { step: 'undone', note: 'Every change in the files is taken back.' })
  const left = await deleteBackups(machine, accessKeyId, restored.retirement.backupKey)
  if (left.length === 0) await noteChange(machine, await getRetirement(machine, accessKeyId), { backupKey: undefined })
  const code = error instanceof Refusal ? error.code : 'conflict'
  const hint = error instanceof Refusal && error.hint !== undefined ? ` ${error.hint}` : ''
  return new Refusal(code, `The swap did not work, and every file is as it was. ${reason}`, {
    hint: `Nothing of the key was changed.${hint}`,
    cause: error,
  })
}
