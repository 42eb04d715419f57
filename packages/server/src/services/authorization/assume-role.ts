/** Whether a role may be assumed: what the role's trust policy and the caller's own policies say together. */

import { iamRoleArn } from '@mayfly/identity-center/iam/role'
import type { AccountId } from '@mayfly/identity-center/identifiers'
import {
  type Decision,
  type EffectivePolicies,
  evaluate,
  evaluateAcross,
} from '@mayfly/identity-center/policy/evaluate'
import type { AuthorizationRequest } from '@mayfly/identity-center/policy/request'
import type { ServerContext } from '../../context/context.ts'

/** Nobody trusts anybody: a role that is not there, and one that only Identity Center may hand out. */
const UNTRUSTED: Decision = { allowed: false, because: 'implicit-deny', by: { policyType: 'role-trust' } }

/** The caller stands in `request.principal`, with its own account. */
export async function decideAssumeRole(
  request: AuthorizationRequest,
  own: EffectivePolicies,
  { store, policies }: Pick<ServerContext, 'store' | 'policies'>,
): Promise<Decision> {
  const [, partition = '', account = '', name = ''] =
    /^arn:([\w-]+):iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/.exec(request.resource) ?? []
  const role = name === '' ? undefined : await store.roles.findByName(account as AccountId, name)
  if (!role || iamRoleArn(partition, role) !== request.resource) return UNTRUSTED
  const resource = policies.compileTrust(role.assumeRolePolicyDocument)
  const decide = account === request.principal?.accountId ? evaluate : evaluateAcross
  return decide(request, { ...own, resource })
}
