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
