/** IAM users of local accounts, in SQL. */

import type { IamUser } from '@mayfly/identity-center/iam/user'
import type { AccountId } from '@mayfly/identity-center/identifiers'
import { createCodec } from '../database/codec.ts'
import type { Connection } from '../database/connection.ts'
import { keyOf, type Page, type PageRequest, pageOf } from '../database/page.ts'
import { prepare, row } from '../database/query.ts'
import type { Schema } from '../database/schema.ts'
import { afterPrefix, iamNameKey } from './roles.ts'

export const iamUserCodec = createCodec<IamUser>({
  accountId: 'text',
  name: 'text',
  path: 'text',
  id: 'text',
  tags: 'json',
  permissionsBoundary: 'text?',
  createdAt: 'time',
})
const columns = [...iamUserCodec.columns, 'name_key' as const]

type Key = { readonly accountId: string; readonly key: string }

const find = prepare((db, { id }: { id: string }) =>
  db
    .selectFrom('iam_users')
    .innerJoin('accounts', 'accounts.id', 'iam_users.account_id')
    .selectAll('iam_users')
    .where('iam_users.id', '=', id)
    .where('accounts.closed_at', 'is', null),
)
const findByName = prepare((db, { accountId, key }: Key) =>
  db
    .selectFrom('iam_users')
    .innerJoin('accounts', 'accounts.id', 'iam_users.account_id')
    .selectAll('iam_users')
    .where('iam_users.account_id', '=', accountId)
    .where('iam_users.name_key', '=', key)
    .where('accounts.closed_at', 'is', null),
)
const count = prepare((db, { accountId }: { accountId: string }) =>
  db
    .selectFrom('iam_users')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('account_id', '=', accountId),
)
const boundaries = prepare((db, { accountId }: { accountId: string }) =>
  db
    .selectFrom('iam_users')
    .select(({ fn }) => ['permissions_boundary', fn.countAll<number>().as('count')])
    .where('account_id', '=', accountId)
    .where('permissions_boundary', 'is not', null)
    .groupBy('permissions_boundary'),
)
const lock = prepare((db, { accountId, key }: Key) =>
  db
    .updateTable('iam_users')
    .set(({ ref }) => ({ name_key: ref('name_key') }))
    .where('account_id', '=', accountId)
    .where('name_key', '=', key)
    .returningAll(),
)
const insert = prepare((db, user: Schema['iam_users']) => db.insertInto('iam_users').values(row(user, columns)))
const update = prepare((db, user: Schema['iam_users']) =>
  db.updateTable('iam_users').set(row(user, columns)).where('id', '=', user.id).returning('id'),
)
const remove = prepare((db, { id }: { id: string }) => db.deleteFrom('iam_users').where('id', '=', id).returning('id'))

const encode = (user: IamUser): Schema['iam_users'] => ({
  ...iamUserCodec.encode(user),
  name_key: iamNameKey(user.name),
})

export class IamUsers {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /**
   * Without regard to capitals, as IAM compares names. None of an account that is closed or has left the organization:
   * its users are kept, and nobody is one.
   */
  async findByName(accountId: AccountId, name: string): Promise<IamUser | undefined> {
    const found = await this.#connection.first(findByName, { accountId, key: iamNameKey(name) })
    return found && iamUserCodec.decode(found)
  }

  /** By `AIDA…`, whatever its name is by now; as with names, none of an account that is closed. */
  async find(id: string): Promise<IamUser | undefined> {
    const found = await this.#connection.first(find, { id })
    return found && iamUserCodec.decode(found)
  }

  /** Reads a user, and lets nobody else who locks it go on before this transaction ends. */
  async lock(accountId: AccountId, name: string): Promise<IamUser | undefined> {
    const found = await this.#connection.first(lock, { accountId, key: iamNameKey(name) })
    return found && iamUserCodec.decode(found)
  }

  /** By name, without regard to capitals; those whose path begins with `pathPrefix`. */
  async list(accountId: AccountId, pathPrefix: string, page: PageRequest): Promise<Page<IamUser>> {
    const [after = ''] = keyOf(page, 1)
    const rows = await this.#connection.query((db) =>
      db
        .selectFrom('iam_users')
        .selectAll()
        .where('account_id', '=', accountId)
        .where('name_key', '>', after)
        .where('path', '>=', pathPrefix)
        .where('path', '<', afterPrefix(pathPrefix))
        .orderBy('name_key')
        .limit(page.limit + 1),
    )
    return pageOf(rows, page, { decode: iamUserCodec.decode, keyOf: (last) => [last.name_key] })
  }

  async countOf(accountId: AccountId): Promise<number> {
    return Number((await this.#connection.first(count, { accountId }))?.count ?? 0)
  }

  /** How many users of an account have which policy as their boundary, by its ARN. */
  async boundariesOf(accountId: AccountId): Promise<Map<string, number>> {
    const rows = await this.#connection.all(boundaries, { accountId })
    return new Map(rows.map((found) => [found.permissions_boundary ?? '', Number(found.count)]))
  }

  /** Refuses with `conflict` when the account has a user of that name. */
  async insert(user: IamUser): Promise<void> {
    await this.#connection.all(insert, encode(user))
  }

  /** The user of that id, also to another name. False when there is none; `conflict` when the name is another's. */
  async update(user: IamUser): Promise<boolean> {
    return (await this.#connection.all(update, encode(user))).length > 0
  }

  /** False when there is none. */
  async delete(id: string): Promise<boolean> {
    return (await this.#connection.all(remove, { id })).length > 0
  }
}
