/** Asks how a retirement stands and notes it: what somebody else has done, and what we did before we were stopped. */

import type { Machine } from '../../machine/machine.ts'
import { rememberKeys } from '../inquiry/known-keys.ts'
import { readOwnUses } from '../inquiry/own-uses.ts'
import { type AccessPath, askStanding, changesOf, getRetirement, type NoAccessPath } from './access-path.ts'
import { deleteBackups } from './backups.ts'
import { noteChange, withRetirement } from './journal.ts'
import { findStraggler, type NextStep, nextStep } from './next-step.ts'
import { FINAL_STEPS, type KeyStanding, type Retirement, type Straggler } from './retirement.ts'

export interface Look {
  readonly retirement: Retirement
  readonly standing: KeyStanding
  readonly next: NextStep
  /** Seen now for the first time. */
  readonly straggler?: Straggler
}

/** Asks, notes the answer and what follows from it, and says what comes next. */
export const lookAt = (machine: Machine, accessKeyId: string, path: AccessPath | NoAccessPath): Promise<Look> =>
  withRetirement(machine, accessKeyId, async () => lookInside(machine, await getRetirement(machine, accessKeyId), path))

/** The same, for whoever holds the lock already. */
export async function lookInside(machine: Machine, found: Retirement, path: AccessPath | NoAccessPath): Promise<Look> {
  if (!isAsked(found)) {
    const retirement = await tidy(machine, found)
    const standing = found.standing ?? { at: machine.clock.now(), status: 'unknown', cannot: [] }
    return { retirement, standing, next: nextStep(retirement, standing, machine.clock.now()) }
  }
  const standing = await askStanding(machine, found, path)
  const known = { ...found, ownUses: await readOwnUses(machine, found.accessKeyId) }
  await rememberKeys(machine, [
    { ...standing, accessKeyId: found.accessKeyId, state: STATES[standing.status], ownUses: known.ownUses },
  ])
  const straggler = findStraggler(known, standing)
  const notedAt = standing.status === 'unknown' || standing.at < known.notedAt ? known.notedAt : standing.at
  const noted = await noteChange(machine, known, { ...changesOf(known, standing), notedAt })
  const retirement = await noteFindings(machine, noted, standing)
  const next = nextStep(retirement, standing, machine.clock.now())
  return { retirement, standing, next, ...(straggler && { straggler }) }
}

const STATES = { Active: 'live', Inactive: 'inactive', gone: 'dead', unknown: 'unknown' } as const

/** Before the swap, and at the end, AWS has nothing to say that would decide. */
const isAsked = ({ step }: Retirement): boolean => ['soaking', 'deactivating', 'inactive', 'deleting'].includes(step)

async function noteFindings(machine: Machine, noted: Retirement, standing: KeyStanding): Promise<Retirement> {
  const next = nextStep(noted, standing, machine.clock.now())
  if (next.do !== 'note') return noted
  const now = machine.clock.now()
  switch (next.finding) {
    case 'gone': {
      const by = noted.step === 'deleting' ? 'The key is deleted.' : 'Somebody else has deleted the key.'
      return tidy(machine, await noteChange(machine, noted, { step: 'deleted', isHandedOver: undefined, note: by }))
    }
    case 'inactive': {
      const isOurs = noted.step === 'deactivating'
      return noteChange(machine, noted, {
        step: 'inactive',
        deactivatedAt: now,
        deactivatedBy: isOurs || noted.isHandedOver || noted.deactivatedBy === 'us' ? 'us' : 'others',
        isHandedOver: undefined,
        note: isOurs ? 'The key is switched off.' : 'The key was switched off, and not by Mayfly.',
      })
    }
    case 'active-again':
      return noteChange(machine, noted, {
        step: 'soaking',
        soakFrom: now,
        deactivatedAt: undefined,
        deactivatedBy: undefined,
        isHandedOver: undefined,
        note: 'Somebody has switched the key on again: the soak begins anew.',
      })
  }
}

/** What a retirement that has ended need not keep: whoever was stopped before has left it. Inside `withRetirement`. */
export async function tidy(machine: Machine, retirement: Retirement): Promise<Retirement> {
  if (!FINAL_STEPS.includes(retirement.step) || !retirement.backupKey) return retirement
  const left = await deleteBackups(machine, retirement.accessKeyId, retirement.backupKey)
  if (left.length === 0) return noteChange(machine, retirement, { backupKey: undefined })
  machine.terminal.writeError(`${left.join('\n')}\n`)
  return retirement
}
