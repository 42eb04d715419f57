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

/** What two spellings of one name have in common: without regard to case, width and composition of its letters. */
export const canonicalUserName = (userName: string): string =>
  userName.normalize('NFKC').toLowerCase().normalize('NFKC')
