/** Who asked for an operation, as CloudTrail's `userIdentity` says it. */

import type { AuditEvent } from '@mayfly/identity-center/audit-event'
import type { Instance } from '@mayfly/identity-center/instance'
import { onBehalfOf, personIdentity } from '@mayfly/identity-center/user-identity'
import { iamUserIdentity } from '../caller/iam-user-identity.ts'
import { roleIdentity } from '../caller/role-identity.ts'
import type { OperationContext } from '../operation/operation-context.ts'
import type { WebIdentity } from '../role-credentials/issuer.ts'

/** A role session names the person behind it too, an IAM user has none; an anonymous caller is whomever the operation turned out to act for. */
export function userIdentityOf({ caller, actingFor }: OperationContext, instance: Instance): Record<string, unknown> {
  switch (caller.type) {
    case 'role':
      return roleIdentity(caller, instance)
    case 'iam-user':
      return iamUserIdentity(caller)
    case 'user':
      return personIdentity({ userId: caller.user.id, sessionId: caller.session.id }, instance)
    case 'anonymous':
      return actingFor.webIdentity ? webIdentity(actingFor.webIdentity) : personIdentity(actingFor, instance)
  }
}

/** As `additionalEventData`: what was handed out, or for whom a role got tokens, who is not the person behind the role. */
export function actedForOf(
  { caller, actingFor }: Pick<OperationContext, 'caller' | 'actingFor'>,
  instance: Instance,
): Pick<AuditEvent, 'additionalEventData'> {
  const { userId, sessionId, issued } = actingFor
  if (issued !== undefined) return { additionalEventData: issued }
  if (caller.type !== 'role' || userId === undefined) return {}
  return {
    additionalEventData: {
      onBehalfOf: onBehalfOf(userId, instance),
      ...(sessionId === undefined ? {} : { credentialId: sessionId }),
    },
  }
}

const webIdentity = ({ provider, audience, subject }: WebIdentity): Record<string, unknown> => ({
  type: 'WebIdentityUser',
  principalId: `${provider}:${audience}:${subject}`,
  userName: subject,
  identityProvider: provider,
})
