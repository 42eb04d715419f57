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
