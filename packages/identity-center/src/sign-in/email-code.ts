/** A code sent by e-mail in the middle of a sign-in (§4.1). */

import { minutes } from '../duration.ts'
import type { SecretHash, UserId } from '../identifiers.ts'

export interface EmailCode {
  /** The sign-in that it belongs to. */
  readonly workflowId: string
  readonly userId: UserId
  readonly codeHash: SecretHash
  readonly createdAt: Date
  readonly expiresAt: Date
  /** How often a code was tried, right or wrong. */
  readonly tries: number
  readonly consumedAt?: Date
}

export const EMAIL_CODE_LIFETIME = minutes(10)
/** A code of six digits would be guessed otherwise. */
export const EMAIL_CODE_TRIES = 5
