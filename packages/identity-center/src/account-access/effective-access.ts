/** Which roles a user may take in which accounts, once groups are expanded. */

import type { Duration } from '../duration.ts'
import type { AccountId, GroupId, PermissionSetArn, UserId } from '../identifiers.ts'

/** One account in which a user holds at least one role. */
export interface AccessibleAccount {
  readonly id: AccountId
  readonly name: string
  readonly email: string
}

/** One role that a user may take. */
export interface AccessibleRole {
  readonly accountId: AccountId
  readonly permissionSetArn: PermissionSetArn
  /** The permission set's name. */
  readonly permissionSetName: string
  readonly sessionDuration: Duration
  /** `AWSReservedSSO_<name>_<16 hex>` */
  readonly roleName: string
  readonly roleId: string
}

/** One role, and by whose assignments the user may take it: the user's own first, then those of groups; 8 at most. */
export interface HeldRole extends AccessibleRole {
  readonly through: readonly (UserId | GroupId)[]
}

/** By whose assignment somebody holds a role. */
export interface AccessPath {
  readonly type: 'USER' | 'GROUP'
  readonly id: UserId | GroupId
  /** The user name, or the group's display name. */
  readonly name: string
}

/** A permission set that a user holds in an account, and every way to it. */
export interface UserAccess {
  readonly accountId: AccountId
  readonly accountName: string
  readonly permissionSetArn: PermissionSetArn
  readonly permissionSetName: string
  readonly through: readonly AccessPath[]
}

/** Somebody who holds a permission set in an account, and every way to it. */
export interface AccountAccess {
  readonly userId: UserId
  readonly userName: string
  readonly permissionSetArn: PermissionSetArn
  readonly permissionSetName: string
  readonly through: readonly AccessPath[]
}

/** How many users and groups are assigned to one permission set in one account, both by their places in their lists. */
export interface AssignmentCount {
  readonly accountIndex: number
  readonly permissionSetIndex: number
  readonly users: number
  readonly groups: number
}
