/** An organization as a file writes it down: an instance, its directory, and who gets in where. */

import type { Account } from '@mayfly/identity-center/account-access/account'
import type { PermissionSet } from '@mayfly/identity-center/account-access/permission-set'
import type { Duration } from '@mayfly/identity-center/duration'
import type { Instance } from '@mayfly/identity-center/instance'

export type OrganizationInstance = Omit<Instance, 'arn' | 'createdAt'> & {
  /** The sixteen hexadecimal digits of the ARN. */
  readonly id: string
}

export interface OrganizationUnit {
  /** The names from the root down to its own, with slashes between them. */
  readonly path: string
}

export interface OrganizationAccount extends Pick<Account, 'id' | 'name' | 'email'> {
  /** By path; absent right under the root. */
  readonly organizationalUnit?: string
}

export interface OrganizationServiceControlPolicy {
  readonly name: string
  readonly description: string
  /** As JSON text. */
  readonly policy: string
  /** By path; `Root` is the root. */
  readonly organizationalUnits: readonly string[]
  /** By id. */
  readonly accounts: readonly string[]
}

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
  readonly organizationalUnits: readonly OrganizationUnit[]
  readonly accounts: readonly OrganizationAccount[]
  /** They are enabled when there are any. */
  readonly serviceControlPolicies: readonly OrganizationServiceControlPolicy[]
  readonly permissionSets: readonly OrganizationPermissionSet[]
  readonly groups: readonly OrganizationGroup[]
  readonly users: readonly OrganizationUser[]
  readonly assignments: readonly OrganizationAssignment[]
}
