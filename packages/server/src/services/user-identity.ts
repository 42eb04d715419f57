/** Who asked, as CloudTrail's `userIdentity` says it since July 2025 (§7.4): by id, never by name. */

import type { Instance } from '@mayfly/identity-center/instance'
import type { OperationContext } from '../operation/operation-context.ts'

/** `credentialId` is the session, and ties together all events of one signed-in browser. */
export function userIdentityOf({ caller, actingFor }: OperationContext, instance: Instance): Record<string, unknown> {
  if (caller.type === 'role') {
    return {
      type: 'AssumedRole',
      principalId: `${caller.roleId}:${caller.sessionName}`,
      arn: caller.arn,
      accountId: caller.accountId,
      accessKeyId: caller.accessKeyId,
      onBehalfOf: { userId: caller.userId, identityStoreArn: identityStoreArnOf(instance) },
      credentialId: caller.sessionId,
    }
  }
  const userId = caller.type === 'user' ? caller.user.id : actingFor.userId
  const sessionId = caller.type === 'user' ? caller.session.id : actingFor.sessionId
  if (userId === undefined) return { type: 'Unknown', accountId: instance.ownerAccountId }
  return {
    type: 'IdentityCenterUser',
    accountId: instance.ownerAccountId,
    onBehalfOf: { userId, identityStoreArn: identityStoreArnOf(instance) },
    ...(sessionId === undefined ? {} : { credentialId: sessionId }),
  }
}

const identityStoreArnOf = ({ ownerAccountId, identityStoreId }: Instance): string =>
  `arn:aws:identitystore::${ownerAccountId}:identitystore/${identityStoreId}`
