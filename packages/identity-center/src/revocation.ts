/** What was withdrawn before its time: checked for credentials that no table knows. */

/** `session:<id>`, `user:<id>`, `role:<account>/<permission set arn>/<user id>`, or `everything`. */
export type RevocationSubject = `session:${string}` | `user:${string}` | `assignment:${string}` | 'everything'

export interface Revocation {
  readonly subject: RevocationSubject
  /** Whatever was issued at or before this moment is void. */
  readonly issuedUntil: Date
  /** When nothing can be left that it would void; the record may go then. */
  readonly expiresAt: Date
}
