/** A policy of the organization as the wire names it. */

import type { OrganizationPolicyId } from '@mayfly/identity-center/identifiers'
import { type Organization, organizationResourceArn } from '@mayfly/identity-center/organization/organization'
import { FULL_AWS_ACCESS, type OrganizationPolicy } from '@mayfly/identity-center/organization/organization-policy'
import { partitionOfArn } from '@mayfly/identity-center/partition'

/** The one type of policy that counts here. */
export const SERVICE_CONTROL_POLICY = 'SERVICE_CONTROL_POLICY' as const

/** AWS's own lies in no organization. */
export const policyArn = (organization: Organization, id: OrganizationPolicyId): string =>
  id === FULL_AWS_ACCESS.id
    ? `arn:${partitionOfArn(organization.arn)}:organizations::aws:policy/service_control_policy/${id}`
    : organizationResourceArn(organization, 'policy/service_control_policy', id)

export const describePolicySummary = (organization: Organization, policy: OrganizationPolicy) => ({
  Id: policy.id,
  Arn: policyArn(organization, policy.id),
  Name: policy.name,
  Description: policy.description,
  Type: SERVICE_CONTROL_POLICY,
  AwsManaged: policy.id === FULL_AWS_ACCESS.id,
})

export const describePolicy = (organization: Organization, policy: OrganizationPolicy) => ({
  PolicySummary: describePolicySummary(organization, policy),
  Content: policy.content,
})
