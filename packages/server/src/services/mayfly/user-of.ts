/** The user that an operation of the own service names. */

import type { User } from '@mayfly/identity-center/directory/user'
import type { UserId } from '@mayfly/identity-center/identifiers'
import { Refusal } from '@mayfly/identity-center/refusal'
import type { OperationContext } from '../../operation/operation-context.ts'

/** Throws `not-found` in the words of the directory. */
export async function getUserOf(
  { UserId: id }: { readonly UserId: string },
  { users }: Pick<OperationContext['store'], 'users'>,
): Promise<User> {
  const user = await users.find(id as UserId)
  if (user) return user
  throw new Refusal('not-found', 'USER not found.', { resourceType: 'USER', resourceId: id })
}
