/** Takes a retirement as far as it may go now, and tells what came of it. */

import { Refusal } from '@mayfly/identity-center/refusal'
import {
  type AccessPath,
  isOpen,
  type NoAccessPath,
  openAccessPath,
  tryAccessPath,
} from '../../../long-term-keys/retirement/access-path.ts'
import { act } from '../../../long-term-keys/retirement/acts.ts'
import { type Look, lookAt } from '../../../long-term-keys/retirement/look.ts'
import { mayGoByItself } from '../../../long-term-keys/retirement/next-step.ts'
import type { Retirement } from '../../../long-term-keys/retirement/retirement.ts'
import { undoRetirement } from '../../../long-term-keys/retirement/undo.ts'
import type { Machine } from '../../../machine/machine.ts'
import type { OptionValues } from '../../command.ts'
import { formatLastUse } from '../find/key-age.ts'
import { type Act, type Consent, mayTake } from './consent.ts'
import { findPlaces } from './still-held.ts'
import { goOnSwapping } from './swap-now.ts'
import { explainWait, handOverLines, tellOutcome, tellStraggler, tellSwap } from './words.ts'

export interface Advanced {
  readonly retirement: Retirement
  /** What was done, in order. */
  readonly did: readonly Act[]
  /** What there is to say, in lines. */
  readonly lines: readonly string[]
  /** A person has something to do: somebody uses the key, an administrator is needed, AWS could not be asked. */
  readonly needsPerson: boolean
}

/** Whether an act may be taken; `Consent` of somebody who typed it, or the schedule. */
export type Permission = (act: Act, retirement: Retirement) => Promise<boolean>

/** Hears what there is to say, in lines, when there is something to say. */
export type Say = (lines: readonly string[]) => void

/** More turns than a retirement has steps. */
const MOST_TURNS = 8

export async function advance(
  machine: Machine,
  options: OptionValues,
  { accessKeyId, asProfile }: Pick<Retirement, 'accessKeyId' | 'asProfile'>,
  may: Permission,
  hear: Say = () => undefined,
): Promise<Advanced> {
  const did: Act[] = []
  const lines: string[] = []
  const say: Say = (more) => {
    lines.push(...more)
    hear(more)
  }
  let needsPerson = false
  for (let turn = 0; turn < MOST_TURNS; turn += 1) {
    const path = await tryAccessPath(machine, options, asProfile)
    const look = await lookAt(machine, accessKeyId, path)
    const { retirement, next } = look
    say(await listStraggler(machine, look))
    needsPerson ||= look.straggler !== undefined
    const end = (more: readonly string[] = [], isForPerson = needsPerson): Advanced => {
      say(more)
      return { retirement, did, lines, needsPerson: isForPerson }
    }
    if (next.do === 'nothing') return end(formatEnd(look))
    if (next.do === 'wait')
      return end(
        [...explainWait(retirement, next), ...hintOf(path)],
        needsPerson || !(isTime(next.why) || retirement.isDead),
      )
    if (next.do === 'note') continue
    if (next.do === 'undo') {
      await undoRetirement(machine, accessKeyId, path)
      continue
    }
    if (next.do === 'deactivate') say(await listRemaining(machine, options, accessKeyId))
    if (!(await may(next.do, retirement))) return end(formatStop(retirement))
    if (next.do === 'swap') say(tellSwap(await goOnSwapping(machine, options, accessKeyId)))
    else {
      // Whoever could not be asked is refused with the reason.
      const open = isOpen(path) ? path : await openAccessPath(machine, options, asProfile)
      const outcome = await act(machine, accessKeyId, next.do, open)
      say(tellOutcome(next.do, outcome))
      if (outcome.is === 'handed-over') return { retirement: outcome.retirement, did, lines, needsPerson: true }
      if (outcome.is === 'changed') {
        // It is new only once.
        say(await listStraggler(machine, outcome.look))
        needsPerson ||= outcome.look.straggler !== undefined
        continue
      }
    }
    did.push(next.do)
  }
  throw new Error(`The retirement of ${accessKeyId} does not come to an end.`)
}

/** Who was seen using the key now, and where it still lies; nothing when nobody was. Lines. */
export const listStraggler = async (machine: Machine, { retirement, straggler }: Look): Promise<readonly string[]> =>
  straggler ? tellStraggler(retirement, straggler, await findPlaces(machine, retirement.accessKeyId)) : []

/** What will fail on this computer once the key is off, for a person who is about to decide. Lines. */
async function listRemaining(machine: Machine, options: OptionValues, accessKeyId: string): Promise<readonly string[]> {
  if (options['due'] === true || options['to'] === 'soak') return []
  const places = await findPlaces(machine, accessKeyId)
  const head = `${accessKeyId} still lies in these places; what uses it there fails once it is off:`
  return places.length === 0 ? [] : [head, ...places.map((place) => `  ${place}`)]
}

/** What to do about it that nobody could be asked. */
export const hintOf = (path: AccessPath | NoAccessPath): readonly string[] =>
  !isOpen(path) && path.error instanceof Refusal && path.error.hint !== undefined ? [path.error.hint] : []

const isTime = (why: string): boolean => why === 'soak' || why === 'rest'

function formatEnd({ retirement: { accessKeyId, step } }: Look): readonly string[] {
  if (step === 'deleted') return [`The retirement of ${accessKeyId} is complete.`]
  return step === 'undone' ? [`The undoing that was cut off is complete: every file is as it was.`] : []
}

/** What was left undone because nobody agreed to it. */
function formatStop(retirement: Retirement): readonly string[] {
  const { accessKeyId, step, isHandedOver } = retirement
  if (isHandedOver) return handOverLines(retirement)
  if (step === 'planned' || step === 'swapping') return [`To go on: mayfly keys retire ${accessKeyId}`]
  const isOff = step === 'inactive' || step === 'deleting'
  return [
    isOff ? `${accessKeyId} may be deleted now.` : `${accessKeyId} may be switched off now.`,
    `To do it: mayfly keys retire ${accessKeyId} --to ${isOff ? 'deleted' : 'inactive'}`,
  ]
}

/** Somebody who typed the command. */
export const permitBy =
  (machine: Machine, consent: Consent): Permission =>
  (what, { accessKeyId, profile, edits, standing, ownUses }) => {
    const files = edits.length === 1 ? '1 file' : `${edits.length} files`
    const used = formatLastUse(standing?.lastUsed, ownUses, machine.clock.now())
    const prompts: Readonly<Record<Act, string>> = {
      swap: `Change ${files}, and let ${profile.profileName} take the key's place? [y/N]: `,
      deactivate: `Switch ${accessKeyId} off (last used: ${used})? [y/N]: `,
      delete: `Delete ${accessKeyId} for good (last used: ${used})? [y/N]: `,
    }
    return mayTake(machine, what, consent, { accessKeyId, prompt: prompts[what] })
  }

/** What was agreed to when it was scheduled. */
export const permitBySchedule =
  (machine: Machine): Permission =>
  async (what, retirement) =>
    what !== 'swap' && mayGoByItself(retirement, { do: what }, machine.clock.now())
