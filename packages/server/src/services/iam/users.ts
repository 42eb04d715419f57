/** IAM users: create, read, rename, bound, tag, delete. */

import { createUserId, type IamUser, iamUserArn } from '@mayfly/identity-center/iam/user'
import type { Transaction } from '@mayfly/store'
import { pageByKey } from '../../operation/list-page.ts'
import { describeUser, describeWholeUser, getUser, lockUser, userNameOf } from './account-users.ts'
import { accountOf, changeIam, checkQuota, type IamApi } from './change.ts'
import { refused } from './exceptions.ts'
import { checkAttachable } from './managed-policies.ts'
import { listByMarker } from './marker-page.ts'
import { IAM_QUOTAS } from './quotas.ts'
import { partitionIn } from './roles.ts'
import { describeTags, mergeTags, readTags, withoutTags } from './tag-list.ts'
import { renameTrusted } from './trusted-names.ts'

const { usersPerAccount: MOST_USERS } = IAM_QUOTAS

export const users = {
  async CreateUser(input, context) {
    const { UserName: name, Path: path = '/', PermissionsBoundary: permissionsBoundary } = input
    const user: IamUser = {
      accountId: accountOf(context),
      name,
      path,
      id: createUserId(context.random),
      tags: mergeTags([], readTags(input.Tags), context.config.quotas.tagsPerResource),
      ...(permissionsBoundary === undefined ? {} : { permissionsBoundary }),
      createdAt: context.clock.now(),
    }
    const partition = await partitionIn(context)
    return await changeIam(context, async (tx) => {
      await insertUser(user, tx)
      return { User: describeWholeUser(user, partition) }
    })
  },

  async GetUser({ UserName }, context) {
    const user = await getUser(userNameOf(UserName, context), context)
    return { User: describeWholeUser(user, await partitionIn(context)) }
  },

  async ListUsers(input, context) {
    const pathPrefix = input.PathPrefix ?? '/'
    const partition = await partitionIn(context)
    const listing = { operation: 'ListUsers', input, filters: [pathPrefix] }
    const { items, next } = await listByMarker(listing, context, (page) =>
      context.store.iamUsers.list(accountOf(context), pathPrefix, page),
    )
    return { Users: items.map((user) => describeUser(user, partition)), ...next }
  },

  async UpdateUser({ UserName, NewUserName, NewPath }, context) {
    const partition = await partitionIn(context)
    return await changeIam(context, async (tx) => {
      const user = await lockUser(UserName, tx, context)
      const renamed = { ...user, name: NewUserName ?? user.name, path: NewPath ?? user.path }
      const namesake = await tx.iamUsers.findByName(user.accountId, renamed.name)
      if (namesake && namesake.id !== user.id) throw nameTaken(renamed.name)
      await tx.iamUsers.update(renamed)
      await renameTrusted(iamUserArn(partition, user), iamUserArn(partition, renamed), tx)
      return {}
    })
  },

  async DeleteUser({ UserName }, context) {
    const partition = await partitionIn(context)
    return await changeIam(context, async (tx) => {
      const user = await lockUser(UserName, tx, context)
      const { id } = user
      const { inline, attached } = await tx.iamUserPolicies.ofUser(id)
      if ((await tx.iamAccessKeys.listOfUser(id)).length > 0) throw stillHas('must delete access keys first')
      if (attached.length > 0) throw stillHas('must detach all policies first')
      if (inline.length > 0) throw stillHas('must delete policies first')
      await tx.iamUsers.delete(id)
      await renameTrusted(iamUserArn(partition, user), id, tx)
      return {}
    })
  },

  async PutUserPermissionsBoundary({ UserName, PermissionsBoundary }, context) {
    return await changeIam(context, async (tx) => {
      const user = await lockUser(UserName, tx, context)
      await checkAttachable(PermissionsBoundary, user.accountId, tx)
      await tx.iamUsers.update({ ...user, permissionsBoundary: PermissionsBoundary })
      return {}
    })
  },

  async DeleteUserPermissionsBoundary({ UserName }, context) {
    return await changeIam(context, async (tx) => {
      const { permissionsBoundary: _, ...unbounded } = await lockUser(UserName, tx, context)
      await tx.iamUsers.update(unbounded)
      return {}
    })
  },

  async TagUser({ UserName, Tags }, context) {
    const added = readTags(Tags)
    return await changeIam(context, async (tx) => {
      const user = await lockUser(UserName, tx, context)
      const tags = mergeTags(user.tags, added, context.config.quotas.tagsPerResource)
      await tx.iamUsers.update({ ...user, tags })
      return {}
    })
  },

  async ListUserTags(input, context) {
    const { tags } = await getUser(input.UserName, context)
    const listing = { operation: 'ListUserTags', input, filters: [input.UserName] }
    const { items, next } = await listByMarker(listing, context, async (page) =>
      pageByKey(tags, ({ key }) => key, page),
    )
    return { Tags: describeTags(items), ...next }
  },

  async UntagUser({ UserName, TagKeys }, context) {
    return await changeIam(context, async (tx) => {
      const user = await lockUser(UserName, tx, context)
      await tx.iamUsers.update({ ...user, tags: withoutTags(user.tags, TagKeys) })
      return {}
    })
  },

  /** There are no groups of IAM here: the directory's are other ones. */
  async ListGroupsForUser({ UserName }, context) {
    await getUser(UserName, context)
    return { Groups: [], IsTruncated: false }
  },

  /** Nobody signs in to a console as an IAM user here: an audit of keys asks, and is told so in IAM's way. */
  async GetLoginProfile({ UserName }, context): Promise<never> {
    const { name } = await getUser(userNameOf(UserName, context), context)
    throw refused('NoSuchEntity', `Login Profile for User ${name} cannot be found.`)
  },
} satisfies Partial<IamApi>

const nameTaken = (name: string) => refused('EntityAlreadyExists', `User with name ${name} already exists.`)

const stillHas = (first: string) => refused('DeleteConflict', `Cannot delete entity, ${first}.`)

async function insertUser(user: IamUser, tx: Transaction): Promise<void> {
  const { accountId, name, permissionsBoundary } = user
  if (await tx.iamUsers.findByName(accountId, name)) throw nameTaken(name)
  const count = () => tx.iamUsers.countOf(accountId)
  await checkQuota({ quota: 'UsersPerAccount', most: MOST_USERS, count }, tx)
  if (permissionsBoundary !== undefined) await checkAttachable(permissionsBoundary, accountId, tx)
  await tx.iamUsers.insert(user)
}
