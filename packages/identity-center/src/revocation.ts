/** What was withdrawn before its time: checked for credentials that no table knows. */

import { after, hours } from './duration.ts'

/**
 * `session:<id>`, `user:<id>`, `account:<id>`, `role:<account>/<role id>`, or `everything`, each of which ends a session by
 * itself; and the ways by which a person holds a role: `assignment:<account>/<permission set arn>/<principal id>`,
 * `membership:<group id>/<user id>`, `group:<id>`. A session ends when no way is left.
 */
export type RevocationSubject =
  | `session:${string}`
  | `user:${string}`
  | `account:${string}`
  | `role:${string}/${string}`
  | `assignment:${string}/${string}/${string}`
  | `membership:${string}/${string}`
  | `group:${string}`
  | 'everything'

export interface Revocation {
  readonly subject: RevocationSubject
  /** Whatever was issued at or before this moment is void. */
  readonly issuedUntil: Date
  /** When nothing can be left that it would void; the record may go then. */
  readonly expiresAt: Date
}

/** No role credentials outlive this (§2.1). */
const LONGEST_ROLE_SESSION = hours(12)

/** Withdraws what was issued for `subject` until now. */
export const createRevocation = (subject: RevocationSubject, now: Date): Revocation => ({
  subject,
  issuedUntil: now,
  expiresAt: after(now, LONGEST_ROLE_SESSION),
})
