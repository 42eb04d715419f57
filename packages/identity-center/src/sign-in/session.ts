/** A session: one signed-in browser. */

import type { SecretHash, SessionId, UserId } from '../identifiers.ts'
import type { Requester } from '../requester.ts'

export interface Session {
  readonly id: SessionId
  /** Hash of what the cookie holds. */
  readonly cookieHash: SecretHash
  readonly userId: UserId
  readonly requester: Requester
  /** Whether a second factor was shown. */
  readonly mfa: boolean
  readonly createdAt: Date
  readonly expiresAt: Date
  readonly endedAt?: Date
}
