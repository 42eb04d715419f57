/** Group memberships, in SQL. */

import type { GroupMembership } from '@mayfly/identity-center/directory/group-membership'
import type { GroupId, GroupMembershipId, UserId } from '@mayfly/identity-center/identifiers'
import { Refusal } from '@mayfly/identity-center/refusal'
import { createCodec, type RowOf } from '../database/codec.ts'
import type { Connection } from '../database/connection.ts'
import { keyOf, type Page, type PageRequest, pageOf } from '../database/page.ts'
import { prepare, row } from '../database/query.ts'

const codec = createCodec<GroupMembership>({
  id: 'text',
  identityStoreId: 'text',
  groupId: 'text',
  userId: 'text',
  createdAt: 'time',
  createdBy: 'text?',
})

interface Of {
  readonly of: string
  readonly after: string
  readonly limit: number
}

const findById = prepare((db, { id }: { id: string }) =>
  db.selectFrom('group_memberships').selectAll().where('id', '=', id),
)
const find = prepare((db, { groupId, userId }: { groupId: string; userId: string }) =>
  db.selectFrom('group_memberships').selectAll().where('group_id', '=', groupId).where('user_id', '=', userId),
)
const insert = prepare((db, membership: RowOf<GroupMembership>) =>
  db.insertInto('group_memberships').values(row(membership, codec.columns)),
)
const remove = prepare((db, { id }: { id: string }) =>
  db.deleteFrom('group_memberships').where('id', '=', id).returning('id'),
)
const deleteOfUser = prepare((db, { id }: { id: string }) =>
  db.deleteFrom('group_memberships').where('user_id', '=', id),
)
const deleteOfGroup = prepare((db, { id }: { id: string }) =>
  db.deleteFrom('group_memberships').where('group_id', '=', id),
)
const listOfGroup = prepare((db, { of, after, limit }: Of) =>
  db
    .selectFrom('group_memberships')
    .selectAll()
    .where('group_id', '=', of)
    .where('user_id', '>', after)
    .orderBy('user_id')
    .limit(limit),
)
const listOfUser = prepare((db, { of, after, limit }: Of) =>
  db
    .selectFrom('group_memberships')
    .selectAll()
    .where('user_id', '=', of)
    .where('group_id', '>', after)
    .orderBy('group_id')
    .limit(limit),
)

export class GroupMemberships {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  async findById(id: GroupMembershipId): Promise<GroupMembership | undefined> {
    const found = await this.#connection.first(findById, { id })
    return found && codec.decode(found)
  }

  /** Of that user in that group. */
  async find(groupId: GroupId, userId: UserId): Promise<GroupMembership | undefined> {
    const found = await this.#connection.first(find, { groupId, userId })
    return found && codec.decode(found)
  }

  /** Which of these groups the user is in. */
  async groupsAmong(userId: UserId, groupIds: readonly GroupId[]): Promise<Set<GroupId>> {
    const rows = await this.#connection.query((db) =>
      db
        .selectFrom('group_memberships')
        .select('group_id')
        .where('user_id', '=', userId)
        .where('group_id', 'in', [...groupIds]),
    )
    return new Set(rows.map(({ group_id }) => group_id as GroupId))
  }

  /** Refuses with `conflict` when the user is in the group already, or one of the two does not exist. */
  async insert(membership: GroupMembership): Promise<void> {
    await this.#connection.all(insert, codec.encode(membership))
  }

  async delete(id: GroupMembershipId): Promise<void> {
    if ((await this.#connection.all(remove, { id })).length === 0) refuse(id)
  }

  async deleteOfUser(id: UserId): Promise<void> {
    await this.#connection.all(deleteOfUser, { id })
  }

  async deleteOfGroup(id: GroupId): Promise<void> {
    await this.#connection.all(deleteOfGroup, { id })
  }

  /** By user id. */
  async listOfGroup(groupId: GroupId, page: PageRequest): Promise<Page<GroupMembership>> {
    const [after = ''] = keyOf(page, 1)
    const rows = await this.#connection.all(listOfGroup, { of: groupId, after, limit: page.limit + 1 })
    return pageOf(rows, page, { decode: codec.decode, keyOf: (last) => [last.user_id] })
  }

  /** By group id. */
  async listOfUser(userId: UserId, page: PageRequest): Promise<Page<GroupMembership>> {
    const [after = ''] = keyOf(page, 1)
    const rows = await this.#connection.all(listOfUser, { of: userId, after, limit: page.limit + 1 })
    return pageOf(rows, page, { decode: codec.decode, keyOf: (last) => [last.group_id] })
  }
}

function refuse(id: GroupMembershipId): never {
  throw new Refusal('not-found', `There is no group membership ${id}.`, {
    resourceType: 'GROUP_MEMBERSHIP',
    resourceId: id,
  })
}
