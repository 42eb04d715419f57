/** A group of users. */

import type { GroupId, IdentityStoreId } from '../identifiers.ts'
import type { ExternalId } from './user-profile.ts'

export interface Group {
  readonly id: GroupId
  readonly identityStoreId: IdentityStoreId
  readonly displayName: string
  readonly description?: string
  readonly createdAt: Date
  readonly updatedAt: Date
  /** The ARN of who made it; absent for one that the server made by itself. */
  readonly createdBy?: string
  readonly updatedBy?: string
  readonly externalIds?: readonly ExternalId[]
}

/** A group as the directory keeps it. */
export interface VersionedGroup extends Group {
  /** Counts the changes: whoever changes a group says which version he has read. */
  readonly version: number
}

/** What two spellings of one display name have in common. */
export const canonicalDisplayName = (displayName: string): string =>
  displayName.normalize('NFKC').toLowerCase().normalize('NFKC')
