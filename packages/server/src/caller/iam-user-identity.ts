/** An IAM user as CloudTrail's `userIdentity` says it. */

import type { IamUserCaller } from './caller.ts'

/** Key ids are no secrets: which of two keys was used is what somebody wants to know who retires one. */
export function iamUserIdentity(caller: IamUserCaller): Record<string, unknown> {
  const { iamUserId, arn, accountId, accessKeyId, userName } = caller
  return { type: 'IAMUser', principalId: iamUserId, arn, accountId, accessKeyId, userName }
}
