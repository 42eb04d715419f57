/** A user and its attributes. */

import type { IdentityStoreId, UserId } from '../identifiers.ts'
import type { UserProfile } from './user-profile.ts'

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

/** A user with all that is known of it: for the directory. Signing in reads the user alone. */
export interface UserDetails extends User {
  readonly profile?: UserProfile
  /** The ARN of who made it; absent for one that the server made by itself. */
  readonly createdBy?: string
  readonly updatedBy?: string
  /** Counts the changes: whoever changes a user says which version he has read. */
  readonly version: number
}

/** What two spellings of one name have in common: without regard to case, width and composition of its letters. */
export const canonicalUserName = (userName: string): string =>
  userName.normalize('NFKC').toLowerCase().normalize('NFKC')

/** What two spellings of one e-mail address have in common. */
export const canonicalEmail = (address: string): string => canonicalUserName(address)
