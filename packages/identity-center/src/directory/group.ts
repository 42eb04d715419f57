/** A group of users. */

import type { GroupId, IdentityStoreId } from '../identifiers.ts'

export interface Group {
  readonly id: GroupId
  readonly identityStoreId: IdentityStoreId
  readonly displayName: string
  readonly description?: string
  readonly createdAt: Date
  readonly updatedAt: Date
}

/** What two spellings of one display name have in common. */
export const canonicalDisplayName = (displayName: string): string =>
  displayName.normalize('NFKC').toLowerCase().normalize('NFKC')
