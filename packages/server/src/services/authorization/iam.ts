/** The actions of iam and their resources: roles and policies, whose ARNs hold their paths. */

import { reservedRolePath } from '@mayfly/identity-center/account-access/role-credentials'
import { type ActionMapping, type Asking, keyed, requestTagKeys } from './asked-actions.ts'

/** These are about the policy that they name; elsewhere a policy is what is attached, and a condition key. */
const ABOUT_POLICY = new Set([
  'CreatePolicyVersion',
  'DeletePolicy',
  'DeletePolicyVersion',
  'GetPolicy',
  'GetPolicyVersion',
  'ListEntitiesForPolicy',
  'ListPolicyTags',
  'ListPolicyVersions',
  'SetDefaultPolicyVersion',
  'TagPolicy',
  'UntagPolicy',
])

/**
 * The role as it is spelt: IAM finds it by any capitals, and a policy that names it must not be passed by with others.
 * Otherwise the role that is to be made, or one that is not there.
 */
async function roleOf(asked: string, { operation, input, caller, instance, store }: Asking): Promise<string> {
  if (operation === 'CreateRole') return `${input.text('Path') ?? '/'}${asked}`
  if (/^AWSReservedSSO_/i.test(asked)) return `${reservedRolePath(instance.region)}${asked}`
  const role = await store.roles.findByName(caller.accountId, asked)
  return role ? `${role.path}${role.name}` : `/${asked}`
}

export const iamActions: ActionMapping = async (asking) => {
  const { operation, input, caller, partition } = asking
  const action = `iam:${operation}`
  const account = `arn:${partition}:iam::${caller.accountId}`
  const policy = input.arn('PolicyArn', partition)
  if (ABOUT_POLICY.has(operation)) return [{ action, resources: [policy ?? '*'], keys: requestTagKeys(input) }]
  if (operation === 'CreatePolicy') {
    const resource = `${account}:policy${input.text('Path') ?? '/'}${input.text('PolicyName') ?? '*'}`
    return [{ action, resources: [resource], keys: requestTagKeys(input) }]
  }
  const role = input.text('RoleName')
  const resource = role === undefined ? '*' : `${account}:role${await roleOf(role, asking)}`
  const keys = {
    ...requestTagKeys(input),
    ...keyed('iam:policyarn', policy),
    ...keyed('iam:permissionsboundary', input.arn('PermissionsBoundary', partition)),
  }
  return [{ action, resources: [resource], keys }]
}
