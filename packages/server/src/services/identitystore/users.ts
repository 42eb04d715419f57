/** Users: make, read, find, change, delete and list them. */

import type { User, UserDetails } from '@mayfly/identity-center/directory/user'
import { createUser, updateUser } from '@mayfly/identity-center/directory/user-attributes'
import type { UserId } from '@mayfly/identity-center/identifiers'
import type { Page, PageRequest } from '@mayfly/store'
import type { Operations } from '@mayfly/wire/model/operations'
import { endEverythingOf } from '../../caller/session-end.ts'
import { listPage } from '../../operation/list-page.ts'
import { getRoleCaller, type OperationContext } from '../../operation/operation-context.ts'
import { filteredBy, type Sought, soughtBy } from './alternate-identifier.ts'
import { concurrentModification, duplicate, getIdentityStore, isConflict, newId, notFound } from './identity-store.ts'
import { describeUser, readAttributes } from './user-description.ts'

type Identitystore = Operations<typeof import('@aws-sdk/client-identitystore'), OperationContext>

export const users = {
  /** Without a password and without a mail: §4.1. */
  async CreateUser(input, context) {
    const identityStoreId = await getIdentityStore(input, context)
    const user = createUser(readAttributes(input as object as Record<string, unknown>), {
      id: newId(identityStoreId, context) as UserId,
      identityStoreId,
      createdAt: context.clock.now(),
      createdBy: getRoleCaller(context).arn,
    })
    await context.directoryRoom.takeUser()
    const output = { IdentityStoreId: identityStoreId, UserId: user.id }
    await tellingDuplicates(user, context, () =>
      context.store.transaction(async (tx) => {
        await tx.users.insert(user)
        await context.record(tx, output)
      }, 'compare-and-set'),
    )
    return output
  },

  async DescribeUser(input, context) {
    await getIdentityStore(input, context)
    return describeUser(await getUser(input.UserId, context), input.Extensions)
  },

  async UpdateUser(input, context) {
    await getIdentityStore(input, context)
    const user = await getUser(input.UserId, context)
    const changed = updateUser(
      user,
      input.Operations.map(({ AttributePath, AttributeValue }) => ({
        path: AttributePath ?? '',
        value: AttributeValue,
      })),
      { updatedAt: context.clock.now(), updatedBy: getRoleCaller(context).arn },
    )
    await tellingDuplicates(changed, context, () =>
      context.store.transaction(async (tx) => {
        if (!(await tx.users.updateDetails(changed))) {
          throw (await tx.users.find(user.id)) ? concurrentModification('user') : notFound('USER', user.id)
        }
        // They lie in the mailbox of before.
        if (changed.email !== user.email) await tx.oneTimeLinks.deleteOfUser(user.id)
        await context.record(tx, {})
      }, 'compare-and-set'),
    )
    return {}
  },

  /** With its memberships, sessions, tokens and authenticators; role credentials end too. Assignments stay, by id (§4.1). */
  async DeleteUser(input, context) {
    await getIdentityStore(input, context)
    const id = input.UserId as UserId
    const revocation = await context.store.transaction(async (tx) => {
      if (!(await tx.users.find(id))) throw notFound('USER', id)
      const made = await endEverythingOf(id, tx, context.clock.now())
      await tx.users.delete(id)
      await context.record(tx, {})
      return made
    })
    context.revocations.note(revocation)
    return {}
  },

  async GetUserId(input, context) {
    const identityStoreId = await getIdentityStore(input, context)
    const sought = soughtBy(input.AlternateIdentifier, ['userName', 'emails.value'])
    const id = await findUserId(sought, context)
    if (id === undefined) throw notFound('USER')
    return { IdentityStoreId: identityStoreId, UserId: id }
  },

  /** By id. A filter finds one at most. */
  async ListUsers(input, context) {
    await getIdentityStore(input, context)
    const userName = filteredBy(input.Filters, 'UserName')
    const listing = { operation: 'ListUsers', input, filters: [userName, ...(input.Extensions ?? [])] }
    const { items, next } = await listPage(listing, context, (page) => listUsers(userName, page, context))
    return { Users: items.map((user) => describeUser(user, input.Extensions)), ...next }
  },
} satisfies Partial<Identitystore>

/** With everything that is known of it. Throws `not-found` in AWS's words. */
async function getUser(id: string, { store }: OperationContext): Promise<UserDetails> {
  const user = await store.users.findDetails(id as UserId)
  if (user === undefined) throw notFound('USER', id)
  return user
}

async function findUserId(
  sought: Sought<'userName' | 'emails.value'>,
  { store }: OperationContext,
): Promise<UserId | undefined> {
  switch (sought.by) {
    case 'external-id':
      return store.users.findByExternalId(sought.externalId)
    case 'userName':
      return (await store.users.findByUserName(sought.value))?.id
    case 'emails.value':
      return (await store.users.findByEmail(sought.value))?.id
  }
}

async function listUsers(
  userName: string | undefined,
  page: PageRequest,
  { store }: OperationContext,
): Promise<Page<UserDetails>> {
  if (userName === undefined) return store.users.listDetails(page)
  const found = await store.users.findByUserName(userName)
  const user = found && (await store.users.findDetails(found.id))
  return { items: user ? [user] : [] }
}

/** The store says that something is there twice, and this says what: it is looked up only then. */
async function tellingDuplicates(user: User, { store }: OperationContext, write: () => Promise<void>): Promise<void> {
  try {
    await write()
  } catch (error) {
    if (!isConflict(error)) throw error
    const named = await store.users.findByUserName(user.userName)
    if (named && named.id !== user.id) throw duplicate('UserName')
    const addressed = user.email === undefined ? undefined : await store.users.findByEmail(user.email)
    if (addressed && addressed.id !== user.id) throw duplicate('Email')
    // Whoever was in the way is gone again.
    throw concurrentModification('user')
  }
}
