/** Groups, in SQL. */

import { canonicalDisplayName, type Group } from '@mayfly/identity-center/directory/group'
import type { GroupId } from '@mayfly/identity-center/identifiers'
import { Refusal } from '@mayfly/identity-center/refusal'
import { createCodec } from '../database/codec.ts'
import type { Connection } from '../database/connection.ts'
import { keyOf, type Page, type PageRequest, pageOf } from '../database/page.ts'
import { prepare, row } from '../database/query.ts'
import type { Schema } from '../database/schema.ts'

const codec = createCodec<Group>({
  id: 'text',
  identityStoreId: 'text',
  displayName: 'text',
  description: 'text?',
  createdAt: 'time',
  updatedAt: 'time',
})
const columns = [...codec.columns, 'display_name_key' as const]

const find = prepare((db, { id }: { id: string }) => db.selectFrom('groups').selectAll().where('id', '=', id))
const findByName = prepare((db, { key }: { key: string }) =>
  db.selectFrom('groups').selectAll().where('display_name_key', '=', key).limit(1),
)
const list = prepare((db, { id, limit }: { id: string; limit: number }) =>
  db.selectFrom('groups').selectAll().where('id', '>', id).orderBy('id').limit(limit),
)
const insert = prepare((db, group: Schema['groups']) => db.insertInto('groups').values(row(group, columns)))
const update = prepare((db, group: Schema['groups']) =>
  db.updateTable('groups').set(row(group, columns)).where('id', '=', group.id).returning('id'),
)
const remove = prepare((db, { id }: { id: string }) => db.deleteFrom('groups').where('id', '=', id).returning('id'))

const encode = (group: Group): Schema['groups'] => ({
  ...codec.encode(group),
  display_name_key: canonicalDisplayName(group.displayName),
})

export class Groups {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  async find(id: GroupId): Promise<Group | undefined> {
    const found = await this.#connection.first(find, { id })
    return found && codec.decode(found)
  }

  async get(id: GroupId): Promise<Group> {
    return (await this.find(id)) ?? refuse(id)
  }

  /** Without regard to case. */
  async findByDisplayName(displayName: string): Promise<Group | undefined> {
    const found = await this.#connection.first(findByName, { key: canonicalDisplayName(displayName) })
    return found && codec.decode(found)
  }

  /** Refuses with `conflict` when the id or the display name is taken. */
  async insert(group: Group): Promise<void> {
    await this.#connection.all(insert, encode(group))
  }

  async update(group: Group): Promise<void> {
    if ((await this.#connection.all(update, encode(group))).length === 0) refuse(group.id)
  }

  /** Takes its memberships along; assignments stay, by id (§3.6). */
  async delete(id: GroupId): Promise<void> {
    if ((await this.#connection.all(remove, { id })).length === 0) refuse(id)
  }

  /** By id. */
  async list(page: PageRequest): Promise<Page<Group>> {
    const [id = ''] = keyOf(page, 1)
    const rows = await this.#connection.all(list, { id, limit: page.limit + 1 })
    return pageOf(rows, page, { decode: codec.decode, keyOf: (last) => [last.id] })
  }
}

function refuse(id: GroupId): never {
  throw new Refusal('not-found', `There is no group ${id}.`, { resourceType: 'GROUP', resourceId: id })
}
