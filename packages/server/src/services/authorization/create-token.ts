/** Who may ask for an application's tokens: whom its actor policy names, as far as the caller's own policies allow. */

import { isApplicationArn } from '@mayfly/identity-center/applications/application'
import { type Decision, evaluate, evaluateAcross } from '@mayfly/identity-center/policy/evaluate'
import { parsePolicy } from '@mayfly/identity-center/policy/parse-policy'
import type { AuthorizationRequest } from '@mayfly/identity-center/policy/request'
import type { ServerContext } from '../../context/context.ts'
import type { CallerPolicies } from '../../policies/policies.ts'

/** Both sides must allow. An application without an actor policy gives its tokens to nobody. */
export async function decideCreateToken(
  request: AuthorizationRequest,
  policies: CallerPolicies,
  { store }: Pick<ServerContext, 'store'>,
): Promise<Decision> {
  const { resource: arn } = request
  const application = isApplicationArn(arn) ? await store.applications.find(arn) : undefined
  // The operation itself says that there is no such client.
  if (!application) return evaluate(request, policies)
  const { actorPolicy } = application
  return evaluateAcross(request, {
    ...policies,
    ...(actorPolicy === undefined ? {} : { resource: parsePolicy(actorPolicy, 'resource') }),
  })
}
