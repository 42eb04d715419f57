/** The identity store that an operation names, and what its operations say no with. */

import type { IdentityStoreId } from '@mayfly/identity-center/identifiers'
import { randomUuid } from '@mayfly/identity-center/random'
import { Refusal } from '@mayfly/identity-center/refusal'
import { ServiceException } from '@mayfly/wire/model/service-exception'
import type { OperationContext } from '../../operation/operation-context.ts'

interface Named {
  readonly IdentityStoreId: string
}

/** Its id. Throws `not-found` for any but the instance's own. */
export async function getIdentityStore({ IdentityStoreId: id }: Named, context: OperationContext) {
  const { identityStoreId } = await context.instance()
  if (identityStoreId !== id) throw notFound('IDENTITY_STORE', id)
  return identityStoreId
}

/** The ids of users, groups and memberships begin as that of their store does (§0.3). */
export const newId = (identityStoreId: IdentityStoreId, { random }: Pick<OperationContext, 'random'>): string =>
  `${identityStoreId.replace(/^d-/, '')}-${randomUuid(random)}`

/** Without an id for what was looked for by something else. */
export const notFound = (resourceType: string, resourceId?: string): Refusal =>
  new Refusal('not-found', `${resourceType} not found.`, {
    resourceType,
    ...(resourceId === undefined ? {} : { resourceId }),
  })

/** AWS names what is there twice: `UserName`, `GroupDisplayName`. */
export const duplicate = (what: string): ServiceException =>
  new ServiceException('ConflictException', `Duplicate ${what}`, {
    members: { Reason: 'UNIQUENESS_CONSTRAINT_VIOLATION' },
  })

/** Somebody else changed the same thing in between. */
export const concurrentModification = (what: string): ServiceException =>
  new ServiceException('ConflictException', `The ${what} was changed by somebody else. Read it again and retry.`, {
    members: { Reason: 'CONCURRENT_MODIFICATION' },
  })

/** Whether the store refused because something of that name is there already. */
export const isConflict = (error: unknown): boolean => error instanceof Refusal && error.code === 'conflict'
