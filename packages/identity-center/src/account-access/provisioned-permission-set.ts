/** The role that a permission set is in one account, for as long as an assignment needs it (§3.4). */

import type { AccountId, PermissionSetArn } from '../identifiers.ts'

export interface ProvisionedPermissionSet {
  readonly accountId: AccountId
  readonly permissionSetArn: PermissionSetArn
  /** `AWSReservedSSO_<name>_<16 hex>` */
  readonly roleName: string
  /** `AROA…`, 21 characters. */
  readonly roleId: string
  readonly provisionedAt: Date
  /** The permission set's version whose policies the role has. */
  readonly version: number
}
