/** The global condition keys of a role session's request. */

import type { ConditionContext } from '@mayfly/identity-center/policy/request'
import type { RoleCaller } from '../../caller/caller.ts'
import type { RequestContext } from '../../context/context.ts'
import type { CallerPolicies } from '../../policies/policies.ts'

export interface Circumstances {
  readonly caller: RoleCaller
  readonly request: RequestContext
  readonly policies: CallerPolicies
  /** The role behind the session, with its path. */
  readonly roleArn: string
  readonly region: string
  readonly now: Date
}

/** The keys that every request of this caller has; those of one action are added to a copy. */
export function createConditionContext(circumstances: Circumstances): Map<string, readonly string[]> {
  const { caller, request, policies, roleArn, region, now } = circumstances
  const context = new Map<string, readonly string[]>([
    ['aws:principalarn', [roleArn]],
    ['aws:principalaccount', [caller.accountId]],
    ['aws:principaltype', ['AssumedRole']],
    ['aws:principalisawsservice', ['false']],
    ['aws:viaawsservice', ['false']],
    ['aws:userid', [`${caller.roleId}:${caller.sessionName}`]],
    ['aws:sourceip', [request.requester.address]],
    ['aws:useragent', [request.requester.userAgent]],
    ['aws:securetransport', [String(request.origin.startsWith('https:'))]],
    ['aws:currenttime', [now.toISOString()]],
    ['aws:epochtime', [String(Math.floor(now.getTime() / 1000))]],
    ['aws:tokenissuetime', [caller.issuedAt.toISOString()]],
    ['aws:requestedregion', [region]],
  ])
  const { organization, organizationPath } = policies
  if (organization) context.set('aws:principalorgid', [organization.id])
  if (organizationPath !== undefined) context.set('aws:principalorgpaths', [organizationPath])
  if (caller.sourceIdentity !== undefined) context.set('aws:sourceidentity', [caller.sourceIdentity])
  if (caller.userId !== undefined) context.set('identitystore:userid', [caller.userId])
  // The session's tags count before those of the role.
  for (const tags of [policies.roleTags, caller.tags]) {
    for (const [key, value] of Object.entries(tags)) context.set(`aws:principaltag/${key.toLowerCase()}`, [value])
  }
  return context
}

/** The keys of one action on one resource, beside those of the request. */
export function withKeys(
  context: ConditionContext,
  keys: Readonly<Record<string, readonly string[]>> = {},
): ConditionContext {
  const entries = Object.entries(keys)
  return entries.length === 0 ? context : new Map([...context, ...entries])
}
