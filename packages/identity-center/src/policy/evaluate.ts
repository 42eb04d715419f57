/** Allowed or not, and by which statement: what all policies together say to one request. */

import { type RequestedAction, readAction } from './action-set.ts'
import type { Policy, Statement } from './policy.ts'
import type { PrincipalMatch } from './principal-set.ts'
import type { AuthorizationRequest } from './request.ts'

/** The kinds of policies that a request meets, as AWS's messages tell them apart. */
export type PolicyType =
  | 'service-control'
  | 'resource-based'
  | 'role-trust'
  | 'identity-based'
  | 'permissions-boundary'
  | 'session'

/** All policies that count for a caller. A member that is absent restricts nothing; an empty one allows nothing. */
export interface EffectivePolicies {
  /** Level by level from the organization's root down to the account: each level must allow. */
  readonly serviceControl?: readonly (readonly Policy[])[]
  readonly identity: readonly Policy[]
  readonly permissionsBoundary?: readonly Policy[]
  readonly session?: readonly Policy[]
  /** What stands at the resource: a resource policy, or a role's trust policy. */
  readonly resource?: Policy
}

export interface Decision {
  readonly allowed: boolean
  readonly because: 'allow' | 'explicit-deny' | 'implicit-deny'
  /** The policies that decided: for an implicit deny those in which an allow was missing. */
  readonly by: { readonly policyType: PolicyType; readonly sid?: string }
}

/** Asks all policies. Within an organization a resource policy of another account does not suffice: `evaluateAcross`. */
export function evaluate(request: AuthorizationRequest, policies: EffectivePolicies): Decision {
  const asked = { ...request, wanted: readAction(request.action) }
  return findDeny(asked, policies) ?? findMissing(asked, policies)
}

/**
 * The same for a resource of another account: both sides must allow. `policies.resource` is the other account's, the
 * rest is the caller's.
 */
export function evaluateAcross(request: AuthorizationRequest, policies: EffectivePolicies): Decision {
  const asked = { ...request, wanted: readAction(request.action) }
  const denied = findDeny(asked, policies)
  if (denied) return denied
  const { resource, ...own } = policies
  const decision = findMissing(asked, own)
  if (!decision.allowed) return decision
  return resource && findAllow(asked, [resource]) ? decision : implicitDeny(typeOfResource(resource))
}

interface Asked extends AuthorizationRequest {
  readonly wanted: RequestedAction
}

/** An explicit deny counts wherever it stands. */
function findDeny(asked: Asked, policies: EffectivePolicies): Decision | undefined {
  const { serviceControl, resource, identity, permissionsBoundary, session } = policies
  const groups: [PolicyType, readonly Policy[]][] = [
    ['service-control', serviceControl?.flat() ?? []],
    [typeOfResource(resource), resource ? [resource] : []],
    ['identity-based', identity],
    ['permissions-boundary', permissionsBoundary ?? []],
    ['session', session ?? []],
  ]
  for (const [policyType, group] of groups) {
    for (const { statements } of group) {
      const statement = statements.find((candidate) => candidate.effect === 'Deny' && covers(candidate, asked))
      if (statement) return { allowed: false, because: 'explicit-deny', by: byStatement(policyType, statement) }
    }
  }
  return undefined
}

/** The first kind of policies in which an allow is missing; allowed when there is none. */
function findMissing(asked: Asked, policies: EffectivePolicies): Decision {
  const { serviceControl, resource, identity, permissionsBoundary, session } = policies
  if (serviceControl && !serviceControl.every((level) => findAllow(asked, level)))
    return implicitDeny('service-control')
  const granted = resource && findGrant(asked, resource)
  // Whoever is meant by the ARN of the session is limited by no boundary and no session policy of the role.
  if (granted?.match === 'itself') return allowedBy(typeOfResource(resource), granted.statement)
  // A trust policy is the one resource policy that every caller needs, also those of its own account.
  if (resource?.kind === 'trust' && !granted) return implicitDeny('role-trust')
  const allowing = findAllow(asked, identity)
  const statement = granted?.match === 'role' ? granted.statement : allowing
  if (!statement) return implicitDeny('identity-based')
  if (permissionsBoundary && !findAllow(asked, permissionsBoundary)) return implicitDeny('permissions-boundary')
  if (session && !findAllow(asked, session)) return implicitDeny('session')
  return allowedBy(granted?.match === 'role' ? typeOfResource(resource) : 'identity-based', statement)
}

const typeOfResource = (policy: Policy | undefined): PolicyType =>
  policy?.kind === 'trust' ? 'role-trust' : 'resource-based'

const byStatement = (policyType: PolicyType, { sid }: Statement): Decision['by'] =>
  sid === undefined || sid === '' ? { policyType } : { policyType, sid }

const allowedBy = (policyType: PolicyType, statement: Statement): Decision => ({
  allowed: true,
  because: 'allow',
  by: byStatement(policyType, statement),
})

const implicitDeny = (policyType: PolicyType): Decision => ({
  allowed: false,
  because: 'implicit-deny',
  by: { policyType },
})

function findAllow(asked: Asked, policies: readonly Policy[]): Statement | undefined {
  for (const { statements } of policies) {
    const found = statements.find((statement) => statement.effect === 'Allow' && covers(statement, asked))
    if (found) return found
  }
  return undefined
}

const CLOSENESS: readonly PrincipalMatch[] = ['itself', 'role', 'account']

/** The allowing statement that means the caller most closely. */
function findGrant(
  asked: Asked,
  { statements }: Policy,
): { readonly statement: Statement; readonly match: PrincipalMatch } | undefined {
  const { principal } = asked
  const grants = statements.flatMap((statement) => {
    if (statement.effect !== 'Allow' || !covers(statement, asked)) return []
    const match = principal && statement.coversPrincipal?.(principal)
    return match ? [{ statement, match }] : []
  })
  return grants.sort((one, other) => CLOSENESS.indexOf(one.match) - CLOSENESS.indexOf(other.match))[0]
}

/**
 * What hangs on a variable without a value is decided against the caller: such an Allow does not count, such a Deny does
 * where only its exception could not be known.
 */
function covers(statement: Statement, { wanted, resource, context, principal }: Asked): boolean {
  const { effect, coversAction, coversResource, coversPrincipal, conditions } = statement
  if (!coversAction(wanted)) return false
  if (coversPrincipal && (!principal || coversPrincipal(principal) === undefined)) return false
  const unknown = effect === 'Deny'
  if (!(coversResource(resource, context) ?? unknown)) return false
  return conditions.every((holds) => holds(context) ?? unknown)
}
