/** The global condition keys of a request that an account's role session or IAM user makes. */

import { iamRoleArn } from '@mayfly/identity-center/iam/role'
import type { ConditionContext, RequestPrincipal } from '@mayfly/identity-center/policy/request'
import type { AccountCaller } from '../../caller/caller.ts'
import type { RequestContext } from '../../context/context.ts'
import type { CallerPolicies } from '../../policies/policies.ts'

export interface Circumstances {
  readonly caller: AccountCaller
  readonly request: RequestContext
  readonly policies: CallerPolicies
  readonly principal: RequestPrincipal
  readonly region: string
  readonly now: Date
}

/** Whom policies mean by the caller: a role session by its own ARN and by its role's, an IAM user by its one. */
export function principalOf(caller: AccountCaller, partition: string): RequestPrincipal {
  const { arn, accountId } = caller
  if (caller.type === 'iam-user') return { arn, accountId }
  const { roleName: name, rolePath: path } = caller
  return { arn, accountId, roleArn: iamRoleArn(partition, { accountId, name, path }) }
}

/** The keys that every request of this caller has; those of one action are added to a copy. */
export function createConditionContext(circumstances: Circumstances): Map<string, readonly string[]> {
  const { caller, request, policies, principal, region, now } = circumstances
  const context = new Map<string, readonly string[]>([
    ['aws:principalarn', [principal.roleArn ?? principal.arn]],
    ['aws:principalaccount', [caller.accountId]],
    ['aws:principalisawsservice', ['false']],
    ['aws:viaawsservice', ['false']],
    ['aws:sourceip', [request.requester.address]],
    ['aws:useragent', [request.requester.userAgent]],
    ['aws:securetransport', [String(request.origin.startsWith('https:'))]],
    ['aws:currenttime', [now.toISOString()]],
    ['aws:epochtime', [String(Math.floor(now.getTime() / 1000))]],
    ['aws:requestedregion', [region]],
    ...keysOf(caller),
  ])
  const { organization, organizationPath } = policies
  if (organization) context.set('aws:principalorgid', [organization.id])
  if (organizationPath !== undefined) context.set('aws:principalorgpaths', [organizationPath])
  // The session's tags count before those of the role.
  for (const tags of [policies.ownTags, caller.tags]) {
    for (const [key, value] of Object.entries(tags)) context.set(`aws:principaltag/${key.toLowerCase()}`, [value])
  }
  return context
}

/** A long-term key was issued by no token, and has no age of its own. */
function keysOf(caller: AccountCaller): [string, readonly string[]][] {
  if (caller.type === 'iam-user') {
    return [
      ['aws:principaltype', ['User']],
      ['aws:userid', [caller.iamUserId]],
      ['aws:username', [caller.userName]],
    ]
  }
  const { roleId, sessionName, issuedAt, sourceIdentity, userId } = caller
  return [
    ['aws:principaltype', ['AssumedRole']],
    ['aws:userid', [`${roleId}:${sessionName}`]],
    ['aws:tokenissuetime', [issuedAt.toISOString()]],
    ...(sourceIdentity === undefined ? [] : [['aws:sourceidentity', [sourceIdentity]] as [string, string[]]]),
    ...(userId === undefined ? [] : [['identitystore:userid', [userId]] as [string, string[]]]),
  ]
}

/** The keys of one action on one resource, beside those of the request. */
export function withKeys(
  context: ConditionContext,
  keys: Readonly<Record<string, readonly string[]>> = {},
): ConditionContext {
  const entries = Object.entries(keys)
  return entries.length === 0 ? context : new Map([...context, ...entries])
}
