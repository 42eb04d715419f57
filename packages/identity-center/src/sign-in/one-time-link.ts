/** A link that works once: for the first administrator, an invitation, a forgotten password. */

import type { SecretHash, UserId } from '../identifiers.ts'

export type OneTimeLinkPurpose = 'first-administrator' | 'invitation' | 'password-reset'

export interface OneTimeLink {
  readonly tokenHash: SecretHash
  readonly purpose: OneTimeLinkPurpose
  /** Absent for the first administrator, who is not there yet. */
  readonly userId?: UserId
  readonly createdAt: Date
  readonly expiresAt: Date
  readonly consumedAt?: Date
}
