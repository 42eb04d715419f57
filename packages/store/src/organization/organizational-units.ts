/** Organizational units, in SQL. */

import type { OrganizationalUnitId } from '@mayfly/identity-center/identifiers'
import type { OrganizationalUnit, ParentId } from '@mayfly/identity-center/organization/organizational-unit'
import { createCodec, type RowOf } from '../database/codec.ts'
import type { Connection } from '../database/connection.ts'
import { keyOf, type Page, type PageRequest, pageOf } from '../database/page.ts'
import { prepare, row } from '../database/query.ts'

const codec = createCodec<OrganizationalUnit>({
  id: 'text',
  parentId: 'text',
  name: 'text',
  path: 'text',
  createdAt: 'time',
})

const find = prepare((db, { id }: { id: string }) =>
  db.selectFrom('organizational_units').selectAll().where('id', '=', id),
)
const findByName = prepare((db, { parentId, name }: { parentId: string; name: string }) =>
  db
    .selectFrom('organizational_units')
    .selectAll()
    .where('parent_id', '=', parentId as ParentId)
    .where('name', '=', name),
)
const listOfParent = prepare((db, { parentId, id, limit }: { parentId: string; id: string; limit: number }) =>
  db
    .selectFrom('organizational_units')
    .selectAll()
    .where('parent_id', '=', parentId as ParentId)
    .where('id', '>', id)
    .orderBy('id')
    .limit(limit),
)
const count = prepare((db) =>
  db.selectFrom('organizational_units').select(({ fn }) => fn.countAll<number>().as('count')),
)
const insert = prepare((db, unit: RowOf<OrganizationalUnit>) =>
  db.insertInto('organizational_units').values(row(unit, codec.columns)),
)
const update = prepare((db, unit: RowOf<OrganizationalUnit>) =>
  db.updateTable('organizational_units').set(row(unit, codec.columns)).where('id', '=', unit.id),
)
const remove = prepare((db, { id }: { id: string }) => db.deleteFrom('organizational_units').where('id', '=', id))

export class OrganizationalUnits {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  async find(id: OrganizationalUnitId): Promise<OrganizationalUnit | undefined> {
    const found = await this.#connection.first(find, { id })
    return found && codec.decode(found)
  }

  async findByName(parentId: ParentId, name: string): Promise<OrganizationalUnit | undefined> {
    const found = await this.#connection.first(findByName, { parentId, name })
    return found && codec.decode(found)
  }

  /** Those right under the root or a unit, by id. */
  async listOfParent(parentId: ParentId, page: PageRequest): Promise<Page<OrganizationalUnit>> {
    const [id = ''] = keyOf(page, 1)
    const rows = await this.#connection.all(listOfParent, { parentId, id, limit: page.limit + 1 })
    return pageOf(rows, page, { decode: codec.decode, keyOf: (last) => [last.id] })
  }

  /** The paths of units, by id. What is no unit is left out. */
  async pathsOf(ids: readonly OrganizationalUnitId[]): Promise<Map<OrganizationalUnitId, string>> {
    if (ids.length === 0) return new Map()
    const rows = await this.#connection.query((db) =>
      db.selectFrom('organizational_units').select(['id', 'path']).where('id', 'in', ids),
    )
    return new Map(rows.map(({ id, path }) => [id as OrganizationalUnitId, path]))
  }

  async count(): Promise<number> {
    return Number((await this.#connection.first(count, {}))?.count ?? 0)
  }

  /** Refuses with `conflict` when its parent has a unit of that name. */
  async insert(unit: OrganizationalUnit): Promise<void> {
    await this.#connection.all(insert, codec.encode(unit))
  }

  /** Refuses with `conflict` when its parent has another unit of that name. */
  async update(unit: OrganizationalUnit): Promise<void> {
    await this.#connection.all(update, codec.encode(unit))
  }

  async delete(id: OrganizationalUnitId): Promise<void> {
    await this.#connection.all(remove, { id })
  }
}
