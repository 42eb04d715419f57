/** From which account something may be administered at all, whatever the caller's policies say. */

import type { GroupId, GroupMembershipId, PermissionSetArn, UserId } from '@mayfly/identity-center/identifiers'
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
export const administersInstance = (
  { caller, instance }: Asking,
  { delegatedAdministrator }: Pick<CallerPolicies, 'delegatedAdministrator'>,
): boolean => caller.accountId === instance.ownerAccountId || caller.accountId === delegatedAdministrator

/** Of a caller whose account administers the instance: whether it may do this. */
export async function mayAdministerInstance(asking: Asking, service: Service): Promise<boolean> {
  const { operation, caller, instance } = asking
  if (caller.accountId === instance.ownerAccountId || service.readOnly.has(operation)) return true
  return !(await reachesManagement(asking))
}

/** What else belongs to an account, by its ARN. */
const OWNED = ['ApplicationArn', 'TrustedTokenIssuerArn', 'ResourceArn']

/**
 * A delegated administrator changes nothing that reaches into the management account: an assignment there, a permission
 * set that is provisioned there (§1.10), and more than at AWS, a person or a group with access to it (security.md).
 */
async function reachesManagement({ input, instance, store }: Asking): Promise<boolean> {
  const management = instance.ownerAccountId
  if (input.text('TargetId') === management) return true
  if (OWNED.some((member) => input.text(member)?.split(':')[4] === management)) return true
  for (const arn of [...input.texts('PermissionSetArn'), ...input.texts('ResourceArn')]) {
    if (await store.provisionedPermissionSets.find(management, arn as PermissionSetArn)) return true
  }
  const userId = input.text('UserId')
  if (userId !== undefined && (await store.effectiveAccess.hasAccount(userId as UserId, management))) return true
  const membershipId = input.text('MembershipId')
  const membership = membershipId && (await store.groupMemberships.findById(membershipId as GroupMembershipId))
  const groupId = membership ? membership.groupId : (input.text('GroupId') as GroupId | undefined)
  if (groupId === undefined) return false
  const asked = { principal: { type: 'GROUP', id: groupId }, accountId: management } as const
  return (await store.accountAssignments.listForPrincipal(asked, { limit: 1 })).items.length > 0
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
