/** From which account something may be administered at all, whatever the caller's policies say. */

import type { PermissionSetArn } from '@mayfly/identity-center/identifiers'
import type { Service } from '../../operation/service.ts'
import type { CallerPolicies } from '../../policies/policies.ts'
import type { Asking } from './asked-actions.ts'

/** What a member account may ask organizations: about the organization and about itself. */
const OF_MEMBERS = new Set([
  'AcceptHandshake',
  'DeclineHandshake',
  'DescribeEffectivePolicy',
  'DescribeHandshake',
  'DescribeOrganization',
  'LeaveOrganization',
  'ListHandshakesForAccount',
])

/** The instance is administered from the management account, or from the account that it has been delegated to. */
export async function mayAdministerInstance(
  { operation, input, caller, instance, store }: Asking,
  service: Service,
  { delegatedAdministrator }: CallerPolicies,
): Promise<boolean> {
  const management = instance.ownerAccountId
  if (caller.accountId === management) return true
  if (caller.accountId !== delegatedAdministrator) return false
  if (service.readOnly.has(operation)) return true
  // A delegated administrator changes nothing that reaches into the management account (§1.10).
  if (input.text('TargetId') === management) return false
  const permissionSetArn = input.text('PermissionSetArn')
  if (permissionSetArn === undefined) return true
  return (await store.provisionedPermissionSets.find(management, permissionSetArn as PermissionSetArn)) === undefined
}

/** Only the management account changes the organization; delegated administrators of whatever service read it. */
export function mayAskOrganization(
  { operation, caller, instance, organization }: Asking,
  service: Service,
  { delegatedServices }: CallerPolicies,
): boolean {
  // Whoever founds an organization becomes its management account: that one is known beforehand.
  if (caller.accountId === (organization?.managementAccountId ?? instance.ownerAccountId)) return true
  if (OF_MEMBERS.has(operation)) return true
  return delegatedServices && service.readOnly.has(operation)
}
