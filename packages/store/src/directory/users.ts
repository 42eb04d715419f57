/** Users, in SQL. Signing in reads as much of a row as a `User` has; the directory reads all of it. */

import { canonicalEmail, canonicalUserName, type User, type UserDetails } from '@mayfly/identity-center/directory/user'
import type { ExternalId } from '@mayfly/identity-center/directory/user-profile'
import type { UserId } from '@mayfly/identity-center/identifiers'
import { Refusal } from '@mayfly/identity-center/refusal'
import type { ExpressionBuilder } from 'kysely'
import { createCodec, type RowOf, timeText } from '../database/codec.ts'
import type { Connection } from '../database/connection.ts'
import { keyOf, type Page, type PageRequest, pageOf } from '../database/page.ts'
import { prepare, row } from '../database/query.ts'
import type { Schema } from '../database/schema.ts'
import { deleteExternalIds, findByExternalId, insertExternalIds, listByExternalId } from './external-ids.ts'
import { prefixRange } from './prefix.ts'

const FIELDS = {
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
} as const
const codec = createCodec<User>(FIELDS)
const detailed = createCodec<UserDetails>({
  ...FIELDS,
  profile: 'json?',
  createdBy: 'text?',
  updatedBy: 'text?',
  version: 'number',
})
const KEYS = ['user_name_key', 'display_name_key', 'family_name_key', 'email_key'] as const
const columns = [...detailed.columns, ...KEYS]
const NAME_KEYS = KEYS.filter((key) => key !== 'email_key')
/** What an update of the `User` alone writes; the version counts by itself. */
const plainColumns = [...codec.columns, ...NAME_KEYS]
const changedColumns = [...detailed.columns, ...NAME_KEYS].filter((column) => column !== 'version' && column !== 'id')

interface ById {
  readonly id: string
}
interface ByKey {
  readonly key: string
}

const find = prepare((db, { id }: ById) => db.selectFrom('users').select(codec.columns).where('id', '=', id))
const findDetails = prepare((db, { id }: ById) => db.selectFrom('users').select(detailed.columns).where('id', '=', id))
const findByName = prepare((db, { key }: ByKey) =>
  db.selectFrom('users').select(codec.columns).where('user_name_key', '=', key).limit(1),
)
const findByEmail = prepare((db, { key }: ByKey) =>
  db.selectFrom('users').select(codec.columns).where('email_key', '=', key),
)
const list = prepare((db, { id, limit }: { id: string; limit: number }) =>
  db.selectFrom('users').select(codec.columns).where('id', '>', id).orderBy('id').limit(limit),
)
const listDetails = prepare((db, { id, limit }: { id: string; limit: number }) =>
  db.selectFrom('users').select(detailed.columns).where('id', '>', id).orderBy('id').limit(limit),
)
const search = (column: (typeof KEYS)[number]) =>
  prepare((db, { from, to, limit }: { from: string; to: string; limit: number }) =>
    db
      .selectFrom('users')
      .select(codec.columns)
      .where(column, '>=', from)
      .where(column, '<', to)
      .orderBy(column)
      .limit(limit),
  )
const searches = KEYS.map(search)
const count = prepare((db, _: object) => db.selectFrom('users').select((eb) => eb.fn.countAll<number>().as('users')))
const insert = prepare((db, user: Schema['users']) => db.insertInto('users').values(row(user, columns)))
const update = prepare((db, user: Schema['users']) =>
  db
    .updateTable('users')
    .set((eb) => ({ ...pick(user, plainColumns), email_key: emailKey(eb, user), version: eb('version', '+', 1) }))
    .where('id', '=', user.id)
    .returning('id'),
)
const updateDetails = prepare((db, user: Schema['users']) =>
  db
    .updateTable('users')
    .set((eb) => ({ ...pick(user, changedColumns), email_key: emailKey(eb, user), version: eb('version', '+', 1) }))
    .where('id', '=', user.id)
    .where('version', '=', user.version)
    .returning('id'),
)
const setStatus = prepare((db, { id, status, now }: { id: string; status: string; now: string }) =>
  db
    .updateTable('users')
    .set((eb) => ({ status, updated_at: now, version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .returning('id'),
)
const remove = prepare((db, { id }: ById) => db.deleteFrom('users').where('id', '=', id).returning('id'))

/** As it was unless the address changes: of several with one address, which was possible once, the first has the key. */
const emailKey = (eb: ExpressionBuilder<Schema, 'users'>, { email, email_key }: Schema['users']) =>
  eb
    .case()
    .when(eb.fn.coalesce('email', eb.val('')), '=', eb.fn.coalesce(eb.val(email), eb.val('')))
    .then(eb.ref('email_key'))
    .else(eb.val(email_key))
    .end()

/** Some columns of a row, each as its placeholder. */
function pick<Row extends object, Column extends keyof Row & string>(args: Row, names: readonly Column[]) {
  return row<Pick<Row, Column>>(args, names)
}

/** A user to insert: the version begins at 0. */
export type InsertedUser = User & Partial<UserDetails>

const encode = (user: InsertedUser): Schema['users'] => ({
  ...detailed.encode({ ...user, version: user.version ?? 0 }),
  user_name_key: canonicalUserName(user.userName),
  display_name_key: canonicalUserName(user.displayName),
  family_name_key: canonicalUserName(user.familyName),
  email_key: user.email === undefined ? null : canonicalEmail(user.email),
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

  /** With all that is known of the user. */
  async findDetails(id: UserId): Promise<UserDetails | undefined> {
    const found = await this.#connection.first(findDetails, { id })
    return found && detailed.decode(found)
  }

  /** Without regard to case, width or composition of the letters. */
  async findByUserName(userName: string): Promise<User | undefined> {
    const found = await this.#connection.first(findByName, { key: canonicalUserName(userName) })
    return found && codec.decode(found)
  }

  /** Likewise. */
  async findByEmail(email: string): Promise<User | undefined> {
    const found = await this.#connection.first(findByEmail, { key: canonicalEmail(email) })
    return found && codec.decode(found)
  }

  /** The id of the user whom another directory calls so. */
  async findByExternalId(externalId: ExternalId): Promise<UserId | undefined> {
    return (await findByExternalId(this.#connection, 'USER', externalId)) as UserId | undefined
  }

  /** The ids of those whom any other directory calls so: none, one, or two when it is not clear who is meant. */
  async listByExternalId(id: string): Promise<UserId[]> {
    return (await listByExternalId(this.#connection, 'USER', id)) as UserId[]
  }

  /** Refuses with `conflict` when the id, the user name, the e-mail address or an external id is taken. */
  async insert(user: InsertedUser): Promise<void> {
    await this.#connection.all(insert, encode(user))
    const externalIds = user.profile?.externalIds
    if (externalIds) await insertExternalIds(this.#connection, { type: 'USER', id: user.id }, externalIds)
  }

  /** What a `User` holds; what else is known of it stays. Refuses with `conflict` as `insert` does. */
  async update(user: User): Promise<void> {
    if ((await this.#connection.all(update, encode(user))).length === 0) refuse(user.id)
  }

  /** Everything, as the next version. False when the user is not there, or not in the version that was read. */
  async updateDetails(user: UserDetails): Promise<boolean> {
    return (await this.#connection.all(updateDetails, encode(user))).length > 0
  }

  async setStatus(id: UserId, status: User['status'], now: Date): Promise<void> {
    if ((await this.#connection.all(setStatus, { id, status, now: timeText(now) })).length === 0) refuse(id)
  }

  /** Takes memberships, sessions, tokens, password and second factors along; assignments stay, by id (§4.1). */
  async delete(id: UserId): Promise<void> {
    if ((await this.#connection.all(remove, { id })).length === 0) refuse(id)
    await deleteExternalIds(this.#connection, id)
  }

  /** By id. */
  async list(page: PageRequest): Promise<Page<User>> {
    const [id = ''] = keyOf(page, 1)
    const rows = await this.#connection.all(list, { id, limit: page.limit + 1 })
    return pageOf(rows, page, { decode: codec.decode, keyOf: (last) => [last.id] })
  }

  /** By id, with all that is known of them. */
  async listDetails(page: PageRequest): Promise<Page<UserDetails>> {
    const [id = ''] = keyOf(page, 1)
    const rows = await this.#connection.all(listDetails, { id, limit: page.limit + 1 })
    return pageOf(rows, page, { decode: detailed.decode, keyOf: (last) => [last.id] })
  }

  /** Those whose user name, display name, family name or e-mail address begins so, each once. */
  async search(beginning: string, limit: number): Promise<User[]> {
    const range = { ...prefixRange(canonicalUserName(beginning)), limit }
    const found = new Map<string, RowOf<User>>()
    for (const query of searches) {
      for (const each of await this.#connection.all(query, range)) found.set(each.id, each)
      if (found.size >= limit) break
    }
    return [...found.values()].slice(0, limit).map(codec.decode)
  }

  async count(): Promise<number> {
    return Number((await this.#connection.first(count, {}))?.users ?? 0)
  }
}

function refuse(id: UserId): never {
  throw new Refusal('not-found', `There is no user ${id}.`, { resourceType: 'USER', resourceId: id })
}
