/** Groups, in SQL. */

import { canonicalDisplayName, type Group, type VersionedGroup } from '@mayfly/identity-center/directory/group'
import type { ExternalId } from '@mayfly/identity-center/directory/user-profile'
import type { GroupId } from '@mayfly/identity-center/identifiers'
import { Refusal } from '@mayfly/identity-center/refusal'
import { createCodec } from '../database/codec.ts'
import type { Connection } from '../database/connection.ts'
import { keyOf, type Page, type PageRequest, pageOf } from '../database/page.ts'
import { prepare, row } from '../database/query.ts'
import type { Schema } from '../database/schema.ts'
import { deleteExternalIds, findByExternalId, insertExternalIds } from './external-ids.ts'
import { prefixRange } from './prefix.ts'

const codec = createCodec<VersionedGroup>({
  id: 'text',
  identityStoreId: 'text',
  displayName: 'text',
  description: 'text?',
  createdAt: 'time',
  updatedAt: 'time',
  createdBy: 'text?',
  updatedBy: 'text?',
  externalIds: 'json?',
  version: 'number',
})
const columns = [...codec.columns, 'display_name_key' as const]
const changedColumns = columns.filter((column) => column !== 'version' && column !== 'id')

const find = prepare((db, { id }: { id: string }) => db.selectFrom('groups').select(codec.columns).where('id', '=', id))
const findByName = prepare((db, { key }: { key: string }) =>
  db.selectFrom('groups').select(codec.columns).where('display_name_key', '=', key).limit(1),
)
const list = prepare((db, { id, limit }: { id: string; limit: number }) =>
  db.selectFrom('groups').select(codec.columns).where('id', '>', id).orderBy('id').limit(limit),
)
const insert = prepare((db, group: Schema['groups']) => db.insertInto('groups').values(row(group, columns)))
const search = prepare((db, { from, to, limit }: { from: string; to: string; limit: number }) =>
  db
    .selectFrom('groups')
    .select(codec.columns)
    .where('display_name_key', '>=', from)
    .where('display_name_key', '<', to)
    .orderBy('display_name_key')
    .limit(limit),
)
const count = prepare((db, _: object) => db.selectFrom('groups').select((eb) => eb.fn.countAll<number>().as('groups')))
const update = prepare((db, group: Schema['groups']) =>
  db
    .updateTable('groups')
    .set((eb) => ({
      ...row<Pick<Schema['groups'], (typeof changedColumns)[number]>>(group, changedColumns),
      version: eb('version', '+', 1),
    }))
    .where('id', '=', group.id)
    .where('version', '=', group.version)
    .returning('id'),
)
const remove = prepare((db, { id }: { id: string }) => db.deleteFrom('groups').where('id', '=', id).returning('id'))

/** A group to insert: the version begins at 0. */
export type InsertedGroup = Group & Partial<VersionedGroup>

const encode = (group: InsertedGroup): Schema['groups'] => ({
  ...codec.encode({ ...group, version: group.version ?? 0 }),
  display_name_key: canonicalDisplayName(group.displayName),
})

export class Groups {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  async find(id: GroupId): Promise<VersionedGroup | undefined> {
    const found = await this.#connection.first(find, { id })
    return found && codec.decode(found)
  }

  async get(id: GroupId): Promise<VersionedGroup> {
    return (await this.find(id)) ?? refuse(id)
  }

  /** Without regard to case. */
  async findByDisplayName(displayName: string): Promise<VersionedGroup | undefined> {
    const found = await this.#connection.first(findByName, { key: canonicalDisplayName(displayName) })
    return found && codec.decode(found)
  }

  /** The id of the group that another directory calls so. */
  async findByExternalId(externalId: ExternalId): Promise<GroupId | undefined> {
    return (await findByExternalId(this.#connection, 'GROUP', externalId)) as GroupId | undefined
  }

  /** Refuses with `conflict` when the id, the display name or an external id is taken. */
  async insert(group: InsertedGroup): Promise<void> {
    await this.#connection.all(insert, encode(group))
    if (group.externalIds) await insertExternalIds(this.#connection, { type: 'GROUP', id: group.id }, group.externalIds)
  }

  /** As the next version. False when the group is not there, or not in the version that was read. */
  async update(group: VersionedGroup): Promise<boolean> {
    return (await this.#connection.all(update, encode(group))).length > 0
  }

  /** Takes its memberships along; assignments stay, by id (§3.6). */
  async delete(id: GroupId): Promise<void> {
    if ((await this.#connection.all(remove, { id })).length === 0) refuse(id)
    await deleteExternalIds(this.#connection, id)
  }

  /** By id. */
  async list(page: PageRequest): Promise<Page<VersionedGroup>> {
    const [id = ''] = keyOf(page, 1)
    const rows = await this.#connection.all(list, { id, limit: page.limit + 1 })
    return pageOf(rows, page, { decode: codec.decode, keyOf: (last) => [last.id] })
  }

  /** Those whose display name begins so. */
  async search(beginning: string, limit: number): Promise<VersionedGroup[]> {
    const range = prefixRange(canonicalDisplayName(beginning))
    return (await this.#connection.all(search, { ...range, limit })).map(codec.decode)
  }

  async count(): Promise<number> {
    return Number((await this.#connection.first(count, {}))?.groups ?? 0)
  }
}

function refuse(id: GroupId): never {
  throw new Refusal('not-found', `There is no group ${id}.`, { resourceType: 'GROUP', resourceId: id })
}
