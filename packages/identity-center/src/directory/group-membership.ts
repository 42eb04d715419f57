/** Who is in which group. */

import type { GroupId, GroupMembershipId, IdentityStoreId, UserId } from '../identifiers.ts'

export interface GroupMembership {
  readonly id: GroupMembershipId
  readonly identityStoreId: IdentityStoreId
  readonly groupId: GroupId
  readonly userId: UserId
  readonly createdAt: Date
  /** The ARN of who made it; absent for one that the server made by itself. */
  readonly createdBy?: string
}
