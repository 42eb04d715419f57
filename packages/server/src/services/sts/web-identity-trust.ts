/** Whether a role lets a token of an outside issuer in: what its trust policy says of issuer, audience and subject. */

import { type IamRole, iamRoleArn } from '@mayfly/identity-center/iam/role'
import { evaluate } from '@mayfly/identity-center/policy/evaluate'
import type { OperationContext } from '../../operation/operation-context.ts'
import type { WebIdentity } from '../../role-credentials/issuer.ts'
import type { AskedTags } from './session-tags.ts'

export interface WebIdentityRequest {
  readonly role: IamRole
  readonly partition: string
  readonly identity: WebIdentity
  readonly sessionName: string
  /** What the token says of how its subject proved itself. */
  readonly methods: readonly string[]
  readonly tags: AskedTags
  readonly sourceIdentity?: string
}

/** The audience of tokens that are made for this very use. */
const STS_AUDIENCE = 'sts.amazonaws.com'
/** No token has it: what a trust policy allows with it, it allows with any. */
const NOBODYS_AUDIENCE = ' '

/**
 * At AWS an OpenID provider lists the audiences that it takes. Here none does: so a trust policy must ask for the
 * audience, or the token must be meant for STS. Else a token that was made for somebody's web page would open the role.
 */
export function trustsWebIdentity(request: WebIdentityRequest, context: OperationContext): boolean {
  const actions = [
    'sts:AssumeRoleWithWebIdentity',
    ...(request.tags.tags.length > 0 ? ['sts:TagSession'] : []),
    ...(request.sourceIdentity === undefined ? [] : ['sts:SetSourceIdentity']),
  ]
  const { audience } = request.identity
  if (!actions.every((action) => allows(action, request, audience, context))) return false
  if (audience === STS_AUDIENCE || audience === context.origin) return true
  return !allows('sts:AssumeRoleWithWebIdentity', request, NOBODYS_AUDIENCE, context)
}

function allows(
  action: string,
  { role, partition, identity, ...request }: WebIdentityRequest,
  audience: string,
  { policies, requester, origin, clock }: OperationContext,
): boolean {
  const { provider, subject } = identity
  const federatedBy = `arn:${partition}:iam::${role.accountId}:oidc-provider/${provider}`
  const now = clock.now()
  const keys = provider.toLowerCase()
  const conditions = new Map<string, readonly string[]>([
    [`${keys}:aud`, [audience]],
    [`${keys}:sub`, [subject]],
    ['aws:federatedprovider', [federatedBy]],
    ['aws:principaltype', ['FederatedUser']],
    ['aws:sourceip', [requester.address]],
    ['aws:useragent', [requester.userAgent]],
    ['aws:securetransport', [String(origin.startsWith('https:'))]],
    ['aws:currenttime', [now.toISOString()]],
    ['aws:epochtime', [String(Math.floor(now.getTime() / 1000))]],
    ['sts:rolesessionname', [request.sessionName]],
    ...request.tags.tags.map(({ key, value }) => [`aws:requesttag/${key.toLowerCase()}`, [value]] as const),
  ])
  if (request.methods.length > 0) conditions.set(`${keys}:amr`, request.methods)
  if (request.sourceIdentity !== undefined) conditions.set('sts:sourceidentity', [request.sourceIdentity])
  if (request.tags.tags.length > 0) {
    conditions.set(
      'aws:tagkeys',
      request.tags.tags.map(({ key }) => key),
    )
  }
  const asked = {
    action,
    resource: iamRoleArn(partition, role),
    context: conditions,
    principal: { arn: federatedBy, accountId: role.accountId, federatedBy },
  }
  return evaluate(asked, { identity: [], resource: policies.compileTrust(role.assumeRolePolicyDocument) }).allowed
}
