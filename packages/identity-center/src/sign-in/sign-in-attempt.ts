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
  readonly free: number
  /** The first pause; each one after it is twice as long. */
  readonly firstPause: Duration
  readonly longestPause: Duration
  /** After so long without an attempt everything is forgotten. */
  readonly forgottenAfter: Duration
}

/** A user name, and apart from it a user's second factor (§4.2). */
export const SIGN_IN_RULE: AttemptRule = {
  free: 5,
  firstPause: seconds(1),
  longestPause: minutes(5),
  forgottenAfter: hours(1),
}
/** A whole office may sit behind one address. */
export const ADDRESS_RULE: AttemptRule = { ...SIGN_IN_RULE, free: 30, longestPause: minutes(1) }
/** Codes typed on the device page: five, then a pause (§7.1). */
export const USER_CODE_RULE: AttemptRule = { ...SIGN_IN_RULE, firstPause: seconds(30) }

/** One attempt, counted. */
export interface CountedAttempt {
  readonly subject: AttemptSubject
  readonly count: number
  /** Present when this attempt came during a pause: it is refused without being checked, until this moment. */
  readonly refusedUntil?: Date
}

/**
 * Counts one more. An attempt during a pause is refused and does not lengthen the pause: else whoever keeps knocking
 * could lock another out for good.
 */
export function nextAttempt(
  subject: AttemptSubject,
  previous: AttemptCount | undefined,
  { now, rule }: { readonly now: Date; readonly rule: AttemptRule },
): { readonly kept: AttemptCount; readonly attempt: CountedAttempt } {
  const known =
    previous !== undefined && now < after(previous.lastAttemptAt, rule.forgottenAfter) ? previous : undefined
  const count = (known?.count ?? 0) + 1
  const blockedUntil = known?.blockedUntil
  if (blockedUntil !== undefined && now < blockedUntil)
    return {
      kept: { subject, count, lastAttemptAt: now, blockedUntil },
      attempt: { subject, count, refusedUntil: blockedUntil },
    }
  const kept = { subject, count, lastAttemptAt: now }
  const pause = pauseAfter(count, rule)
  return { kept: pause > 0 ? { ...kept, blockedUntil: after(now, pause) } : kept, attempt: { subject, count } }
}

/** None after the free ones; then 1, 2, 4, 8 times the first, up to the longest. */
function pauseAfter(count: number, rule: AttemptRule): Duration {
  if (count < rule.free) return 0 as Duration
  return Math.min(rule.firstPause * 2 ** (count - rule.free), rule.longestPause) as Duration
}
