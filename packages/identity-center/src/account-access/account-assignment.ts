/** A principal, a permission set, an account. */

import type { AccountId, GroupId, InstanceArn, PermissionSetArn, UserId } from '../identifiers.ts'

export type Principal =
  | { readonly type: 'USER'; readonly id: UserId }
  | { readonly type: 'GROUP'; readonly id: GroupId }

export interface AccountAssignment {
  readonly instanceArn: InstanceArn
  readonly accountId: AccountId
  readonly permissionSetArn: PermissionSetArn
  readonly principal: Principal
  readonly createdAt: Date
}
