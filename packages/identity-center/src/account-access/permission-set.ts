/** A permission set and what is attached to it. */

import type { Duration } from '../duration.ts'
import type { InstanceArn, PermissionSetArn } from '../identifiers.ts'

export interface CustomerManagedPolicyReference {
  readonly name: string
  readonly path: string
}

export interface PermissionSet {
  readonly arn: PermissionSetArn
  readonly instanceArn: InstanceArn
  /** What the portal calls `roleName`. */
  readonly name: string
  readonly description?: string
  /** How long role credentials live: 1 to 12 hours. */
  readonly sessionDuration: Duration
  readonly relayState?: string
  /** ARNs of AWS managed policies. */
  readonly managedPolicies: readonly string[]
  readonly customerManagedPolicies: readonly CustomerManagedPolicyReference[]
  /** A policy document as JSON text. */
  readonly inlinePolicy?: string
  readonly createdAt: Date
}
