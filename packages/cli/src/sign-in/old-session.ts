/** Whether a sign-in has only given back the browser session that was there before: then it ends when that one ends. */

import { between, type Duration, minutes, seconds } from '@mayfly/identity-center/duration'
import type { SessionRecord } from './session-record.ts'
import type { CachedToken } from './token-cache.ts'

export interface SignInOutcome {
  /** The token before, and what was remembered then. */
  readonly former: Pick<CachedToken, 'expiresAt'> | undefined
  readonly record: SessionRecord
  readonly token: Pick<CachedToken, 'expiresAt'>
  /** When the new token came. */
  readonly now: Date
}

/** Two answers about one session name ends this far apart: each counts whole seconds from its own moment. */
const SAME_END: Duration = seconds(3)
/** So far apart two sign-ins show whether the end has moved. */
const TELLING: Duration = minutes(2)

/**
 * Says so when the end did not move, although minutes lie between the sign-ins, or when the token lives clearly shorter
 * than one of this session has lived before. Where tokens are renewed by the hour, both show only in the session's last
 * hour: before that nothing tells an old session from a new one, and nothing is claimed.
 */
export function isOldSession({ former, record, token, now }: SignInOutcome): boolean {
  const { signedInAt, longest } = record
  const isLate = signedInAt !== undefined && between(signedInAt, now) >= TELLING
  const moved = former && Math.abs(between(former.expiresAt, token.expiresAt))
  if (isLate && moved !== undefined && moved <= SAME_END) return true
  return longest !== undefined && between(now, token.expiresAt) + TELLING < longest
}
