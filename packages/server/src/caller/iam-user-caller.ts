/** A long-term access key becomes a caller: the IAM user whose it is. */

import type { LongTermAccessKey } from '@mayfly/identity-center/iam/long-term-access-key'
import { type IamUser, iamUserArn } from '@mayfly/identity-center/iam/user'
import type { ServerContext } from '../context/context.ts'
import { openAccessKeySecret } from '../keys/access-key-secret.ts'
import type { IamUserCaller } from './caller.ts'

/** A key that signs, with its secret. */
export interface SigningKeyOfUser {
  readonly key: LongTermAccessKey
  readonly user: IamUser
  readonly secretAccessKey: string
}

/**
 * Read from the store at every call, so that a key that was deactivated or deleted on any node, or whose user or account
 * is gone, signs nothing more: undefined, as for a key that never was.
 */
export async function findSigningKey(
  accessKeyId: string,
  { store, keys }: Pick<ServerContext, 'store' | 'keys'>,
): Promise<SigningKeyOfUser | undefined> {
  if (!accessKeyId.startsWith('AKIA')) return undefined
  const found = await store.iamAccessKeys.find(accessKeyId)
  if (found?.key.status !== 'Active') return undefined
  const secretAccessKey = openAccessKeySecret(keys, accessKeyId, found.key.sealedSecret)
  return secretAccessKey === undefined ? undefined : { ...found, secretAccessKey }
}

export function createIamUserCaller({ key, user }: SigningKeyOfUser, partition: string): IamUserCaller {
  return {
    type: 'iam-user',
    accountId: user.accountId,
    userName: user.name,
    userPath: user.path,
    iamUserId: user.id,
    arn: iamUserArn(partition, user),
    tags: Object.fromEntries(user.tags.map((tag) => [tag.key, tag.value])),
    accessKeyId: key.id,
  }
}
