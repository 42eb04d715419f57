/** A person in an audit event, as CloudTrail's `userIdentity` says it since July 2025 (§7.4): by id, never by name. */

import type { SessionId, UserId } from './identifiers.ts'
import type { Instance } from './instance.ts'
import { partitionOf } from './partition.ts'

type Directory = Pick<Instance, 'ownerAccountId' | 'identityStoreId' | 'region'>

/** For whom something was done, and in which directory. */
export const onBehalfOf = (
  userId: UserId,
  { ownerAccountId, identityStoreId, region }: Directory,
): Record<string, unknown> => ({
  userId,
  identityStoreArn: `arn:${partitionOf(region)}:identitystore::${ownerAccountId}:identitystore/${identityStoreId}`,
})

/** `credentialId` is the session: it ties together all events of one signed-in browser. `Unknown` without a user. */
export function personIdentity(
  { userId, sessionId }: { readonly userId?: UserId | undefined; readonly sessionId?: SessionId | undefined },
  directory: Directory,
): Record<string, unknown> {
  const { ownerAccountId: accountId } = directory
  if (userId === undefined) return { type: 'Unknown', accountId }
  return {
    type: 'IdentityCenterUser',
    accountId,
    onBehalfOf: onBehalfOf(userId, directory),
    ...(sessionId === undefined ? {} : { credentialId: sessionId }),
  }
}
