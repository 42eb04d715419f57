/** A user and its attributes. */

import type { IdentityStoreId, UserId } from '../identifiers.ts'

export type UserStatus = 'ENABLED' | 'DISABLED'

export interface User {
  readonly id: UserId
  readonly identityStoreId: IdentityStoreId
  /** As written; compared without regard to case. */
  readonly userName: string
  readonly displayName: string
  readonly givenName: string
  readonly familyName: string
  /** The primary e-mail address. */
  readonly email?: string
  readonly status: UserStatus
  readonly createdAt: Date
  readonly updatedAt: Date
}
