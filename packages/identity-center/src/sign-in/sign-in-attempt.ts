/** How often something was tried: counted before it is checked, forgotten with time, never a lock for good (§4.2). */

import { after, type Duration, hours, minutes, seconds } from '../duration.ts'

/** What is counted: a canonical user name, a network address, or the second factor of a user. */
export type AttemptSubject = `user:${string}` | `address:${string}` | `mfa:${string}` | `user-code:${string}`

export interface AttemptCount {
  readonly subject: AttemptSubject
  /** Attempts since the last success or since they were forgotten. */
  readonly count: number
  readonly lastAttemptAt: Date
  /** No further attempt is checked before this moment. */
  readonly blockedUntil?: Date
}

/** How patient we are with one kind of subject. */
export interface AttemptRule {
  /** So many attempts are checked at once; each one after them is followed by a pause. */
  readonly freeAttempts: number
  /** The first pause; each one after it is twice as long. */
  readonly firstPause: Duration
  readonly longestPause: Duration
  /** After so long without an attempt everything is forgotten. */
  readonly forgottenAfter: Duration
}

/** A user name, and apart from it a user's second factor (§4.2). */
export const SIGN_IN_RULE: AttemptRule = {
  freeAttempts: 5,
  firstPause: seconds(1),
  longestPause: minutes(5),
  forgottenAfter: hours(1),
}
/** A whole office may sit behind one address. */
export const ADDRESS_RULE: AttemptRule = { ...SIGN_IN_RULE, freeAttempts: 30, longestPause: minutes(1) }
/** Codes typed on the device page: five, then a pause (§7.1). */
export const USER_CODE_RULE: AttemptRule = { ...SIGN_IN_RULE, firstPause: seconds(30) }

/** One attempt, counted. */
export interface CountedAttempt extends AttemptCount {
  /** It came during a pause, which ends at `blockedUntil`: it must not be checked. */
  readonly refused: boolean
}

/** Whether an attempt that was counted may be checked. What it has used up blocks the one after it. */
export const mayTry = (attempt: CountedAttempt): boolean => !attempt.refused

/**
 * Counts one more. An attempt during a pause is refused and does not lengthen the pause: else whoever keeps knocking
 * could lock another out for good.
 */
export function nextAttempt(
  subject: AttemptSubject,
  previous: AttemptCount | undefined,
  { now, rule }: { readonly now: Date; readonly rule: AttemptRule },
): CountedAttempt {
  const known =
    previous !== undefined && now < after(previous.lastAttemptAt, rule.forgottenAfter) ? previous : undefined
  const count = (known?.count ?? 0) + 1
  const blockedUntil = known?.blockedUntil
  const counted = { subject, count, lastAttemptAt: now }
  if (blockedUntil !== undefined && isPause(blockedUntil, now, rule)) return { ...counted, blockedUntil, refused: true }
  const pause = pauseAfter(count, rule)
  return pause > 0 ? { ...counted, blockedUntil: after(now, pause), refused: false } : { ...counted, refused: false }
}

/** One that would be longer than any comes from a clock that has been corrected since. */
const isPause = (until: Date, now: Date, { longestPause }: AttemptRule): boolean =>
  now < until && until <= after(now, longestPause)

/** None after the free ones; then 1, 2, 4, 8 times the first, up to the longest. */
function pauseAfter(count: number, rule: AttemptRule): Duration {
  if (count < rule.freeAttempts) return 0 as Duration
  return Math.min(rule.firstPause * 2 ** (count - rule.freeAttempts), rule.longestPause) as Duration
}
