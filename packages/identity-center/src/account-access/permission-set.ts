/** A permission set and what is attached to it. */

import type { Duration } from '../duration.ts'
import type { InstanceArn, PermissionSetArn } from '../identifiers.ts'

/** An IAM policy that is looked up in each account, by its name and its path (`/`, `/team/`). */
export interface CustomerManagedPolicyReference {
  readonly name: string
  readonly path: string
}

/** The most that a role may do, whatever its policies allow: one policy, AWS's or the account's own. */
export type PermissionsBoundary =
  | { readonly managedPolicyArn: string; readonly customerManagedPolicy?: never }
  | { readonly customerManagedPolicy: CustomerManagedPolicyReference; readonly managedPolicyArn?: never }

/** What reaches an account when the permission set is provisioned there. */
export interface PermissionSetPolicies {
  /** ARNs of AWS managed policies, in the order in which they were attached. */
  readonly managedPolicies: readonly string[]
  readonly customerManagedPolicies: readonly CustomerManagedPolicyReference[]
  /** A policy document as JSON text. */
  readonly inlinePolicy?: string
  readonly permissionsBoundary?: PermissionsBoundary
}

export interface PermissionSet extends PermissionSetPolicies {
  readonly arn: PermissionSetArn
  readonly instanceArn: InstanceArn
  /** What the portal calls `roleName`. */
  readonly name: string
  readonly description?: string
  /** How long role credentials live: 1 to 12 hours. Counts at once, without provisioning. */
  readonly sessionDuration: Duration
  /** A console address to open first. Counts at once, without provisioning. */
  readonly relayState?: string
  readonly createdAt: Date
  /** From 1, one more with every change. An account that carries a lower one is not up to date (§3.6). */
  readonly version: number
}

/** The policies as they were after one change: what an account goes by until the set is provisioned there again. */
export interface PermissionSetVersion extends PermissionSetPolicies {
  readonly permissionSetArn: PermissionSetArn
  readonly version: number
}
