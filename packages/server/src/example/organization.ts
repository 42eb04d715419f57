/** An organization as a file writes it down: an instance, its directory, and who gets in where. */

import type { Account } from '@mayfly/identity-center/account-access/account'
import type { PermissionSet } from '@mayfly/identity-center/account-access/permission-set'
import type { Duration } from '@mayfly/identity-center/duration'
import type { Instance } from '@mayfly/identity-center/instance'

export type OrganizationInstance = Omit<Instance, 'arn' | 'createdAt'> & {
  /** The sixteen hexadecimal digits of the ARN. */
  readonly id: string
}

export type OrganizationAccount = Pick<Account, 'id' | 'name' | 'email'>

export interface OrganizationPermissionSet
  extends Pick<PermissionSet, 'name' | 'description' | 'relayState' | 'managedPolicies' | 'inlinePolicy'> {
  readonly sessionDuration: Duration
}

export interface OrganizationGroup {
  readonly name: string
  readonly description?: string
}

export interface OrganizationUser {
  readonly userName: string
  readonly displayName: string
  readonly givenName: string
  readonly familyName: string
  readonly email?: string
  readonly password?: string
  /** By name. */
  readonly groups: readonly string[]
}

export interface OrganizationAssignment {
  readonly principal: { readonly type: 'USER' | 'GROUP'; readonly name: string }
  /** By name. */
  readonly permissionSets: readonly string[]
  /** By id. */
  readonly accounts: readonly string[]
}

export interface Organization {
  readonly instance: OrganizationInstance
  readonly accounts: readonly OrganizationAccount[]
  readonly permissionSets: readonly OrganizationPermissionSet[]
  readonly groups: readonly OrganizationGroup[]
  readonly users: readonly OrganizationUser[]
  readonly assignments: readonly OrganizationAssignment[]
}
