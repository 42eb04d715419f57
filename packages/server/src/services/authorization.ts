/** May this caller perform that operation? Audience first, then its policies, then the account that it is of. */

import { partitionOfArn } from '@mayfly/identity-center/partition'
import { describeDenial } from '@mayfly/identity-center/policy/access-denied'
import { type Decision, evaluate } from '@mayfly/identity-center/policy/evaluate'
import type { AuthorizationRequest, ConditionContext, RequestPrincipal } from '@mayfly/identity-center/policy/request'
import { Refusal } from '@mayfly/identity-center/refusal'
import { ServiceException } from '@mayfly/wire/model/service-exception'
import type { ServiceName } from '@mayfly/wire/model/service-model'
import { type AccountCaller, type Caller, isAccountCaller } from '../caller/caller.ts'
import type { Context } from '../context/context.ts'
import type { Audience, Service } from '../operation/service.ts'
import type { CallerPolicies } from '../policies/policies.ts'
import { administersInstance, mayAdministerInstance, mayAskOrganization } from './authorization/administration.ts'
import type { ActionMapping, AskedAction, Asking } from './authorization/asked-actions.ts'
import { AskedInput } from './authorization/asked-input.ts'
import { decideAssumeRole } from './authorization/assume-role.ts'
import { createConditionContext, principalOf, withKeys } from './authorization/condition-context.ts'
import { decideCreateToken } from './authorization/create-token.ts'
import { iamActions } from './authorization/iam.ts'
import { identityStoreActions, mayflyActions } from './authorization/identitystore.ts'
import { organizationsActions } from './authorization/organizations.ts'
import { findResourceTagKeys } from './authorization/resource-tags.ts'
import { ssoAdminActions } from './authorization/sso-admin.ts'
import { stsActions } from './authorization/sts.ts'

/** What somebody asks for. */
export interface AskedOperation {
  readonly service: ServiceName
  readonly definition: Service
  readonly operation: string
  /** Not checked yet. */
  readonly input: unknown
  readonly caller: Caller
}

/** CreateTokenWithIAM names its application as a client. */
const tokenActions: ActionMapping = ({ operation, input }) => [
  { action: `sso-oauth:${operation}`, resources: [input.text('clientId') ?? '*'] },
]

const ACTIONS: Readonly<Partial<Record<ServiceName, ActionMapping>>> = {
  'sso-admin': ssoAdminActions,
  identitystore: identityStoreActions,
  mayfly: mayflyActions,
  organizations: organizationsActions,
  iam: iamActions,
  sts: stsActions,
  'sso-oidc': tokenActions,
}

/** What actions begin with, where it is not the service's name. */
const ACTION_PREFIXES: Readonly<Partial<Record<ServiceName, string>>> = { 'sso-admin': 'sso', 'sso-oidc': 'sso-oauth' }

/** Whoever holds credentials may ask whose they are, and no policy can forbid it. */
const NEED_NO_PERMISSION = new Set(['sts:GetCallerIdentity', 'sts:GetSessionToken'])

/** Refuses in the words that clients of the service test for. Only what a policy decides has to wait for the store. */
export function authorize(asked: AskedOperation, context: Context): Promise<void> | undefined {
  const { service, definition, operation, caller } = asked
  const audience = definition.audiences[operation]
  if (audience === 'anyone') return undefined
  if (!isOf(audience, caller)) throw wrongAudience(service, operation, caller)
  if (!isAccountCaller(caller) || NEED_NO_PERMISSION.has(`${service}:${operation}`)) return undefined
  return authorizeAccount(asked, caller, context)
}

/** A long-term key is no role, and no role that was taken with one is more: it opens nothing but sts and iam. */
function isOf(audience: Audience | undefined, caller: Caller): boolean {
  if (audience === 'account') return isAccountCaller(caller)
  return caller.type === audience && !(caller.type === 'role' && caller.session?.longTermKeyId !== undefined)
}

function wrongAudience(service: ServiceName, operation: string, caller: Caller): Error {
  if (service === 'sso') return invalidPortalToken()
  if (isAccountCaller(caller)) {
    // No policy is missing that somebody could add, so none is named.
    const action = `${ACTION_PREFIXES[service] ?? service}:${operation}`
    return new Refusal('forbidden', describeDenial({ callerArn: caller.arn, action, resource: '*' }))
  }
  if (caller.type === 'anonymous') {
    return new ServiceException('MissingAuthenticationToken', 'Request is missing Authentication Token', {
      statusCode: 403,
    })
  }
  return new Refusal('forbidden', `This caller may not perform ${service}:${operation}.`)
}

/** Leapp compares this very text, the AWS CLI the name (§3.3). */
const invalidPortalToken = (): ServiceException =>
  new ServiceException('UnauthorizedException', 'Session token not found or invalid', { statusCode: 401 })

async function authorizeAccount(asked: AskedOperation, caller: AccountCaller, context: Context): Promise<void> {
  const mapping = ACTIONS[asked.service]
  if (!mapping) throw new Refusal('forbidden', `No policy speaks of ${asked.service}.`)
  const [instance, policies] = await Promise.all([context.instance(), context.policies.of(caller)])
  const asking: Asking = {
    operation: asked.operation,
    input: new AskedInput(asked.input),
    caller,
    instance,
    organization: policies.organization,
    partition: partitionOfArn(instance.arn),
    store: context.store,
  }
  const principal = principalOf(caller, asking.partition)
  const keys = createConditionContext({
    caller,
    request: context,
    policies,
    principal,
    region: instance.region,
    now: context.clock.now(),
  })
  const actions = await mapping(asking)
  // Before the policies, which the account's own administrators write: how they are answered would tell of the instance.
  if (OF_INSTANCE.has(asked.service) && !administersInstance(asking, policies))
    throw elsewhere(asked, asking, actions[0])
  for (const action of actions) await authorizeAction(action, { asking, policies, principal, keys, context })
  await refuseOtherAccounts(asked, asking, { policies, first: actions[0] })
}

interface Deciding {
  readonly asking: Asking
  readonly policies: CallerPolicies
  readonly principal: RequestPrincipal
  readonly keys: ConditionContext
  readonly context: Context
}

/** Each resource needs an allow of its own; the first that has none is the one that is told. */
async function authorizeAction({ action, resources, keys }: AskedAction, deciding: Deciding): Promise<void> {
  const { asking, policies, principal, context } = deciding
  for (const resource of resources) {
    const tags = policies.asksForResourceTags ? await findResourceTagKeys(resource, context.store) : {}
    const request: AuthorizationRequest = {
      action,
      resource,
      context: withKeys(deciding.keys, { ...keys, ...tags }),
      principal,
    }
    const decision = await decide(asking.operation, request, deciding)
    if (!decision.allowed) throw new Refusal('forbidden', describe(request, asking.caller, decision))
  }
}

/** Where the resource has a policy of its own, that one is asked too. */
function decide(
  operation: string,
  request: AuthorizationRequest,
  { policies, context }: Deciding,
): Decision | Promise<Decision> {
  if (operation === 'AssumeRole') return decideAssumeRole(request, policies, context)
  if (operation === 'CreateTokenWithIAM') return decideCreateToken(request, policies, context)
  return evaluate(request, policies)
}

/** Another account's role: what its trust policy says, and whether it is there, is nobody's business. */
function describe({ action, resource }: AuthorizationRequest, caller: AccountCaller, decision: Decision): string {
  const denied = { callerArn: caller.arn, action, resource }
  const isElsewhere = decision.by.policyType === 'role-trust' && resource.split(':')[4] !== caller.accountId
  return describeDenial(denied, isElsewhere ? undefined : decision)
}

/** Policies of one account say nothing about another: this is where the account itself counts. */
async function refuseOtherAccounts(
  { service, definition }: AskedOperation,
  asking: Asking,
  { policies, first }: { readonly policies: CallerPolicies; readonly first: AskedAction | undefined },
): Promise<void> {
  if (service === 'organizations') {
    if (mayAskOrganization(asking, definition, policies)) return
    throw new Refusal('forbidden', "You don't have permissions to access this resource.")
  }
  if (!OF_INSTANCE.has(service) || (await mayAdministerInstance(asking, definition))) return
  throw elsewhere({ service }, asking, first)
}

const OF_INSTANCE: ReadonlySet<ServiceName> = new Set(['sso-admin', 'identitystore', 'mayfly'])

/** Without a reason, as AWS leaves it to another account. */
function elsewhere(
  { service }: Pick<AskedOperation, 'service'>,
  { caller, operation }: Asking,
  first: AskedAction | undefined,
): Refusal {
  const action = first?.action ?? `${service}:${operation}`
  const denied = { callerArn: caller.arn, action, resource: first?.resources[0] ?? '*' }
  return new Refusal('forbidden', describeDenial(denied))
}
