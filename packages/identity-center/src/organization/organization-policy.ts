/** A policy of the organization, and what it is attached to: service control policies, the one type that counts here. */

import type { AccountId, OrganizationPolicyId } from '../identifiers.ts'
import type { ParentId } from './organizational-unit.ts'

export interface OrganizationPolicy {
  readonly id: OrganizationPolicyId
  /** No two policies share one. */
  readonly name: string
  readonly description: string
  /** A policy document as JSON text. */
  readonly content: string
  readonly createdAt: Date
}

/** What a policy can be attached to. */
export type PolicyTargetId = ParentId | AccountId

export interface PolicyAttachment {
  readonly targetId: PolicyTargetId
  readonly policyId: OrganizationPolicyId
}

/** AWS's own policy, which lies on everything while nobody takes it off: without it nothing would be allowed. */
export const FULL_AWS_ACCESS: Omit<OrganizationPolicy, 'createdAt'> = {
  id: 'p-FullAWSAccess' as OrganizationPolicyId,
  name: 'FullAWSAccess',
  description: 'Allows access to every operation',
  content: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] }),
}

/** How many service control policies one target takes, and has at least (§5.1). */
export const MOST_ATTACHMENTS = 5
/** In characters (§5.1). */
export const LONGEST_SERVICE_CONTROL_POLICY = 5120
