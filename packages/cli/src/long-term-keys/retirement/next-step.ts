/** What comes next in a retirement: a decision on what its journal says, what AWS says, and the time. */

import { after, before, days, hours, minutes } from '@mayfly/identity-center/duration'
import { isOwnUse } from '../inquiry/own-uses.ts'
import type { KeyStanding, Retirement, Straggler } from './retirement.ts'

/**
 * `soak`: not long enough without a use. `rest`: not long enough switched off. `last-use`: nobody can say when it was last
 * used. `unasked`: AWS could not be asked for the key. `clock`: this computer's clock was set back.
 */
export type WaitReason = 'soak' | 'rest' | 'last-use' | 'unasked' | 'clock'

export type NextStep =
  /** Change the files, or go on with it. */
  | { readonly do: 'swap' }
  | { readonly do: 'deactivate' }
  | { readonly do: 'delete' }
  /** Go on with taking back. */
  | { readonly do: 'undo' }
  /** Note what is so already: somebody else has done the step, or we have, and were stopped before we could note it. */
  | { readonly do: 'note'; readonly finding: 'gone' | 'inactive' | 'active-again' }
  /** Nothing before `until`; without it, not before a person does something. */
  | { readonly do: 'wait'; readonly why: WaitReason; readonly until?: Date }
  | { readonly do: 'nothing' }

/** Uses until then are of programs that were running when the files changed. */
const GRACE = minutes(15)
/** The clocks of two starts may differ by so much. */
const CLOCK_PLAY = minutes(5)
/** However short the soak: a key that was used is not deleted before so much time without a use. */
const LEAST_QUIET = days(1)
/** A use of ours may hide one of somebody else's: IAM keeps the last alone. Whoever needs the key shows again in this time. */
const HIDDEN_BY_US = hours(24)

/** Whoever goes on asks for the standing right before. */
export function nextStep(retirement: Retirement, standing: KeyStanding, now: Date): NextStep {
  switch (retirement.step) {
    case 'planned':
    case 'swapping':
      return { do: 'swap' }
    case 'undoing':
      return { do: 'undo' }
    case 'deleted':
    case 'undone':
    case 'closed':
      return { do: 'nothing' }
    case 'soaking':
    case 'deactivating':
      return afterSwap(retirement, standing, now)
    case 'inactive':
    case 'deleting':
      return afterDeactivation(retirement, standing, now)
  }
}

function afterSwap(retirement: Retirement, standing: KeyStanding, now: Date): NextStep {
  if (standing.status === 'gone') return { do: 'note', finding: 'gone' }
  if (standing.status === 'Inactive') return { do: 'note', finding: 'inactive' }
  return (
    findHindrance(retirement, standing, now) ??
    waitUntil('soak', soakEnd(retirement, standing), now) ?? { do: 'deactivate' }
  )
}

function afterDeactivation(retirement: Retirement, standing: KeyStanding, now: Date): NextStep {
  if (standing.status === 'gone') return { do: 'note', finding: 'gone' }
  if (standing.status === 'Active') return { do: 'note', finding: 'active-again' }
  return (
    findHindrance(retirement, standing, now) ??
    waitUntil('rest', restEnd(retirement, standing), now) ?? { do: 'delete' }
  )
}

function findHindrance(retirement: Retirement, standing: KeyStanding, now: Date): NextStep | undefined {
  if (standing.status === 'unknown') return { do: 'wait', why: 'unasked' }
  if (now < before(retirement.notedAt, CLOCK_PLAY)) return { do: 'wait', why: 'clock', until: retirement.notedAt }
  if (!standing.lastUsed && !retirement.isWithoutLastUse) return { do: 'wait', why: 'last-use' }
  return undefined
}

const waitUntil = (why: 'soak' | 'rest', until: Date, now: Date): NextStep | undefined =>
  now < until ? { do: 'wait', why, until } : undefined

/** When the key will have been without a use for long enough, if nobody uses it meanwhile. */
export function soakEnd(retirement: Retirement, standing: KeyStanding | undefined): Date {
  const { createdAt, swappedAt, soakFrom, soakDays, ownUses } = retirement
  const start = latest(swappedAt ?? createdAt, soakFrom, lastStraggler(retirement, standing)?.at)
  const soak = days(soakDays)
  const hidden = standing?.lastUsed && isOwnUse(standing.lastUsed, ownUses) ? standing.lastUsed.at : undefined
  const shown = hidden && isCounted(retirement, hidden) ? after(hidden, min(soak, HIDDEN_BY_US)) : undefined
  return latest(after(start, soak), shown)
}

/** When the key will have been switched off for long enough. */
export function restEnd(retirement: Retirement, standing: KeyStanding | undefined): Date {
  const { createdAt, deactivatedAt, restDays, soakDays } = retirement
  const rest = after(deactivatedAt ?? createdAt, days(restDays))
  const straggler = lastStraggler(retirement, standing)
  if (!straggler) return rest
  const quiet = days(soakDays + restDays)
  // One that shows late, or that tried the key while it was off, counts from when it was seen.
  const from = deactivatedAt && straggler.seenAt > deactivatedAt ? straggler.seenAt : straggler.at
  return latest(rest, after(from, quiet < LEAST_QUIET ? LEAST_QUIET : quiet))
}

/** A use that is told in `standing`, is none of ours, and came when no file held the key any more; one that is not noted yet. */
export function findStraggler(retirement: Retirement, { lastUsed, at: seenAt }: KeyStanding): Straggler | undefined {
  if (lastUsed?.at === undefined || !isCounted(retirement, lastUsed.at)) return undefined
  const at = lastUsed.at
  if (isOwnUse(lastUsed, retirement.ownUses) || retirement.stragglers.some((known) => known.at >= at)) return undefined
  const { service, region } = lastUsed
  return { at, seenAt, ...(service !== undefined && { service }), ...(region !== undefined && { region }) }
}

function lastStraggler(retirement: Retirement, standing: KeyStanding | undefined): Straggler | undefined {
  return (standing && findStraggler(retirement, standing)) ?? retirement.stragglers.at(-1)
}

const isCounted = ({ swappedAt, soakFrom }: Retirement, at: Date): boolean =>
  swappedAt !== undefined && at > latest(after(swappedAt, GRACE), soakFrom)

const min = <T extends number>(one: T, other: T): T => (one < other ? one : other)

function latest(first: Date, ...more: readonly (Date | undefined)[]): Date {
  return more.reduce<Date>((last, moment) => (moment && moment > last ? moment : last), first)
}

/** How far a scheduled run may go by itself: not beyond what the person agreed to, and not before the dates. */
export function mayGoByItself({ schedule, standing }: Retirement, next: NextStep, now: Date): boolean {
  switch (next.do) {
    case 'deactivate':
      return schedule !== undefined && now >= schedule.deactivateAt
    case 'delete':
      // Of what nobody can see a person decides when it is time, not before.
      if (!standing?.lastUsed) return false
      return schedule?.to === 'deleted' && schedule.deleteAt !== undefined && now >= schedule.deleteAt
    case 'swap':
    case 'wait':
    case 'nothing':
      return false
    // What was begun is ended, and what is so is noted.
    case 'undo':
    case 'note':
      return true
  }
}
