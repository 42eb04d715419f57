/** Who asked for an operation, as CloudTrail's `userIdentity` says it. */

import type { Instance } from '@mayfly/identity-center/instance'
import { onBehalfOf, personIdentity } from '@mayfly/identity-center/user-identity'
import type { OperationContext } from '../operation/operation-context.ts'

/** A role session names the person behind it too; an anonymous caller is whomever the operation turned out to act for. */
export function userIdentityOf({ caller, actingFor }: OperationContext, instance: Instance): Record<string, unknown> {
  switch (caller.type) {
    case 'role':
      return {
        type: 'AssumedRole',
        principalId: `${caller.roleId}:${caller.sessionName}`,
        arn: caller.arn,
        accountId: caller.accountId,
        ...(caller.accessKeyId === '' ? {} : { accessKeyId: caller.accessKeyId }),
        ...(caller.userId === undefined ? {} : { onBehalfOf: onBehalfOf(caller.userId, instance) }),
        ...(caller.sessionId === undefined ? {} : { credentialId: caller.sessionId }),
      }
    case 'user':
      return personIdentity({ userId: caller.user.id, sessionId: caller.session.id }, instance)
    case 'anonymous':
      return personIdentity(actingFor, instance)
  }
}
