/** Group memberships: who is in which group. */

import type { GroupMembership } from '@mayfly/identity-center/directory/group-membership'
import type { GroupId, GroupMembershipId, UserId } from '@mayfly/identity-center/identifiers'
import { Refusal } from '@mayfly/identity-center/refusal'
import type { Operations } from '@mayfly/wire/model/operations'
import { listPage } from '../../operation/list-page.ts'
import { getRoleCaller, type OperationContext } from '../../operation/operation-context.ts'
import { concurrentModification, duplicate, getIdentityStore, isConflict, newId, notFound } from './identity-store.ts'

type Identitystore = Operations<typeof import('@aws-sdk/client-identitystore'), OperationContext>

export const groupMemberships = {
  async CreateGroupMembership(input, context) {
    const identityStoreId = await getIdentityStore(input, context)
    const membership: GroupMembership = {
      id: newId(identityStoreId, context) as GroupMembershipId,
      identityStoreId,
      groupId: input.GroupId as GroupId,
      userId: userIdOf(input.MemberId),
      createdAt: context.clock.now(),
      createdBy: getRoleCaller(context).arn,
    }
    await checkBoth(membership, context)
    await checkRoom(membership, context)
    const output = { MembershipId: membership.id, IdentityStoreId: identityStoreId }
    try {
      await context.store.transaction(async (tx) => {
        await tx.groupMemberships.insert(membership)
        await context.record(tx, output)
      }, 'compare-and-set')
    } catch (error) {
      throw isConflict(error) ? await whyNot(membership, context) : error
    }
    return output
  },

  async DescribeGroupMembership(input, context) {
    await getIdentityStore(input, context)
    return describeMembership(await getMembership(input.MembershipId, context.store))
  },

  /** What the user has through this group alone ends. */
  async DeleteGroupMembership(input, context) {
    await getIdentityStore(input, context)
    const revocation = await context.store.transaction(async (tx) => {
      const { id, groupId, userId } = await getMembership(input.MembershipId, tx)
      const made = context.revocations.create(`membership:${groupId}/${userId}`)
      await tx.groupMemberships.delete(id)
      await tx.revocations.insert(made)
      await context.record(tx, {})
      return made
    })
    context.revocations.note(revocation)
    return {}
  },

  async GetGroupMembershipId(input, context) {
    const identityStoreId = await getIdentityStore(input, context)
    const found = await context.store.groupMemberships.find(input.GroupId as GroupId, userIdOf(input.MemberId))
    if (found === undefined) throw notFound('GROUP_MEMBERSHIP')
    return { MembershipId: found.id, IdentityStoreId: identityStoreId }
  },

  /** A group that is not there has nobody in it. */
  async IsMemberInGroups(input, context) {
    await getIdentityStore(input, context)
    const userId = userIdOf(input.MemberId)
    if (!(await context.store.users.find(userId))) throw notFound('USER', userId)
    const within = await context.store.groupMemberships.groupsAmong(userId, input.GroupIds as GroupId[])
    return {
      Results: input.GroupIds.map((id) => ({
        GroupId: id,
        MemberId: { UserId: userId },
        MembershipExists: within.has(id as GroupId),
      })),
    }
  },

  /** By user id. */
  async ListGroupMemberships(input, context) {
    await getIdentityStore(input, context)
    const groupId = input.GroupId as GroupId
    if (!(await context.store.groups.find(groupId))) throw notFound('GROUP', groupId)
    const listing = { operation: 'ListGroupMemberships', input, filters: [groupId] }
    const { items, next } = await listPage(listing, context, (page) =>
      context.store.groupMemberships.listOfGroup(groupId, page),
    )
    return { GroupMemberships: items.map(describeMembership), ...next }
  },

  /** By group id. */
  async ListGroupMembershipsForMember(input, context) {
    await getIdentityStore(input, context)
    const userId = userIdOf(input.MemberId)
    if (!(await context.store.users.find(userId))) throw notFound('USER', userId)
    const listing = { operation: 'ListGroupMembershipsForMember', input, filters: [userId] }
    const { items, next } = await listPage(listing, context, (page) =>
      context.store.groupMemberships.listOfUser(userId, page),
    )
    return { GroupMemberships: items.map(describeMembership), ...next }
  },
} satisfies Partial<Identitystore>

/** The model's union has one member today, and the wire has checked that it is set. */
const userIdOf = (memberId: { readonly UserId?: string | undefined }): UserId => (memberId.UserId ?? '') as UserId

const describeMembership = (membership: GroupMembership) => ({
  IdentityStoreId: membership.identityStoreId,
  MembershipId: membership.id,
  GroupId: membership.groupId,
  MemberId: { UserId: membership.userId },
  CreatedAt: membership.createdAt,
  UpdatedAt: membership.createdAt,
  CreatedBy: membership.createdBy,
  UpdatedBy: membership.createdBy,
})

async function getMembership(
  id: string,
  { groupMemberships }: Pick<OperationContext['store'], 'groupMemberships'>,
): Promise<GroupMembership> {
  const membership = await groupMemberships.findById(id as GroupMembershipId)
  if (membership === undefined) throw notFound('GROUP_MEMBERSHIP', id)
  return membership
}

/** Both are there, as far as can be said before the membership is written. */
async function checkBoth({ groupId, userId }: GroupMembership, { store }: OperationContext): Promise<void> {
  const [group, user] = await Promise.all([store.groups.find(groupId), store.users.find(userId)])
  if (group === undefined) throw notFound('GROUP', groupId)
  if (user === undefined) {
    throw new Refusal('not-found', 'Member does not exist', { resourceType: 'USER', resourceId: userId })
  }
}

/** Sign-in asks every group of the user, so there is an end to them (§5.1). */
async function checkRoom({ userId }: GroupMembership, { store, config }: OperationContext): Promise<void> {
  const most = config.quotas.groupsPerUser
  const { items } = await store.groupMemberships.listOfUser(userId, { limit: most })
  if (items.length < most) return
  throw new Refusal('quota-exceeded', `A user is in at most ${most} groups.`)
}

/** The user is in the group already, or one of the two has gone in the meantime. */
async function whyNot(membership: GroupMembership, context: OperationContext): Promise<Error> {
  const { groupId, userId } = membership
  if (await context.store.groupMemberships.find(groupId, userId)) return duplicate('GroupMembership')
  await checkBoth(membership, context)
  return concurrentModification('group membership')
}
