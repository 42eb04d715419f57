/** Users, in SQL. */

import { canonicalUserName, type User } from '@mayfly/identity-center/directory/user'
import type { UserId } from '@mayfly/identity-center/identifiers'
import { Refusal } from '@mayfly/identity-center/refusal'
import { createCodec } from '../database/codec.ts'
import type { Connection } from '../database/connection.ts'
import { keyOf, type Page, type PageRequest, pageOf } from '../database/page.ts'
import { prepare, row } from '../database/query.ts'
import type { Schema } from '../database/schema.ts'

const codec = createCodec<User>({
  id: 'text',
  identityStoreId: 'text',
  userName: 'text',
  displayName: 'text',
  givenName: 'text',
  familyName: 'text',
  email: 'text?',
  status: 'text',
  createdAt: 'time',
  updatedAt: 'time',
})
const columns = [...codec.columns, 'user_name_key' as const]

const find = prepare((db, { id }: { id: string }) => db.selectFrom('users').selectAll().where('id', '=', id))
const findByName = prepare((db, { key }: { key: string }) =>
  db.selectFrom('users').selectAll().where('user_name_key', '=', key).limit(1),
)
const list = prepare((db, { id, limit }: { id: string; limit: number }) =>
  db.selectFrom('users').selectAll().where('id', '>', id).orderBy('id').limit(limit),
)
const insert = prepare((db, user: Schema['users']) => db.insertInto('users').values(row(user, columns)))
const update = prepare((db, user: Schema['users']) =>
  db.updateTable('users').set(row(user, columns)).where('id', '=', user.id).returning('id'),
)
const remove = prepare((db, { id }: { id: string }) => db.deleteFrom('users').where('id', '=', id).returning('id'))

const encode = (user: User): Schema['users'] => ({
  ...codec.encode(user),
  user_name_key: canonicalUserName(user.userName),
})

export class Users {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  async find(id: UserId): Promise<User | undefined> {
    const found = await this.#connection.first(find, { id })
    return found && codec.decode(found)
  }

  async get(id: UserId): Promise<User> {
    return (await this.find(id)) ?? refuse(id)
  }

  /** Without regard to case, width or composition of the letters. */
  async findByUserName(userName: string): Promise<User | undefined> {
    const found = await this.#connection.first(findByName, { key: canonicalUserName(userName) })
    return found && codec.decode(found)
  }

  /** Refuses with `conflict` when the id or the user name is taken. */
  async insert(user: User): Promise<void> {
    await this.#connection.all(insert, encode(user))
  }

  async update(user: User): Promise<void> {
    if ((await this.#connection.all(update, encode(user))).length === 0) refuse(user.id)
  }

  /** Takes memberships, sessions, tokens, password and second factors along; assignments stay, by id (§4.1). */
  async delete(id: UserId): Promise<void> {
    if ((await this.#connection.all(remove, { id })).length === 0) refuse(id)
  }

  /** By id. */
  async list(page: PageRequest): Promise<Page<User>> {
    const [id = ''] = keyOf(page, 1)
    const rows = await this.#connection.all(list, { id, limit: page.limit + 1 })
    return pageOf(rows, page, { decode: codec.decode, keyOf: (last) => [last.id] })
  }
}

function refuse(id: UserId): never {
  throw new Refusal('not-found', `There is no user ${id}.`, { resourceType: 'USER', resourceId: id })
}
