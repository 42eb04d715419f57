/** Who is in which group. */

import type { GroupId, GroupMembershipId, IdentityStoreId, UserId } from '../identifiers.ts'

export interface GroupMembership {
  readonly id: GroupMembershipId
  readonly identityStoreId: IdentityStoreId
  readonly groupId: GroupId
  readonly userId: UserId
  readonly createdAt: Date
}
