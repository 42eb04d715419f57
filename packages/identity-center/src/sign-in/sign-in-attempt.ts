/** How often something was tried: counted before it is checked, forgotten with time, never a lock for good (§4.2). */

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
