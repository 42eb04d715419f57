/** The IAM users of an account: found by name, or as the caller who asks. */

import { type IamUser, iamUserArn } from '@mayfly/identity-center/iam/user'
import type { Transaction } from '@mayfly/store'
import { ServiceException } from '@mayfly/wire/model/service-exception'
import { getAccountCaller, type OperationContext } from '../../operation/operation-context.ts'
import { accountOf } from './change.ts'
import { noUser } from './exceptions.ts'
import { describeBoundary } from './permissions-boundary.ts'
import { describeTags } from './tag-list.ts'

/** The user named, or the one who signed the request. Throws `ValidationError` for a role session, which is no user. */
export function userNameOf(named: string | undefined, context: OperationContext): string {
  if (named !== undefined) return named
  const caller = getAccountCaller(context)
  if (caller.type === 'iam-user') return caller.userName
  throw new ServiceException('ValidationError', 'Must specify userName when calling with non-User credentials', {
    statusCode: 400,
  })
}

/** Throws `NoSuchEntity`. */
export async function getUser(name: string, context: OperationContext): Promise<IamUser> {
  const user = await context.store.iamUsers.findByName(accountOf(context), name)
  if (user === undefined) throw noUser(name)
  return user
}

/** Locked until `tx` ends. Throws `NoSuchEntity`. */
export async function lockUser(name: string, tx: Transaction, context: OperationContext): Promise<IamUser> {
  const user = await tx.iamUsers.lock(accountOf(context), name)
  if (user === undefined) throw noUser(name)
  return user
}

/** As lists show a user; `GetUser` shows more. */
export const describeUser = (user: IamUser, partition: string) => ({
  Path: user.path,
  UserName: user.name,
  UserId: user.id,
  Arn: iamUserArn(partition, user),
  CreateDate: user.createdAt,
})

export const describeWholeUser = (user: IamUser, partition: string) => ({
  ...describeUser(user, partition),
  ...describeBoundary(user.permissionsBoundary),
  ...(user.tags.length === 0 ? {} : { Tags: describeTags(user.tags) }),
})
