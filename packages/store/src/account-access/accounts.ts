/** Accounts, in SQL. */

import type { Account } from '@mayfly/identity-center/account-access/account'
import type { AccountId } from '@mayfly/identity-center/identifiers'
import type { ParentId } from '@mayfly/identity-center/organization/organizational-unit'
import { Refusal } from '@mayfly/identity-center/refusal'
import { createCodec, type RowOf } from '../database/codec.ts'
import type { Connection } from '../database/connection.ts'
import { keyOf, type Page, type PageRequest, pageOf } from '../database/page.ts'
import { prepare, row } from '../database/query.ts'
import type { Schema } from '../database/schema.ts'

const codec = createCodec<Account>({
  id: 'text',
  name: 'text',
  email: 'text',
  parentId: 'text',
  joinedMethod: 'text',
  createdAt: 'time',
  closedAt: 'time?',
})

const find = prepare((db, { id }: { id: string }) => db.selectFrom('accounts').selectAll().where('id', '=', id))
const list = prepare((db, { id, limit }: { id: string; limit: number }) =>
  db.selectFrom('accounts').selectAll().where('id', '>', id).orderBy('id').limit(limit),
)
const listOfParent = prepare((db, { parentId, id, limit }: { parentId: string; id: string; limit: number }) =>
  db
    .selectFrom('accounts')
    .selectAll()
    .where('parent_id', '=', parentId as Account['parentId'])
    .where('id', '>', id)
    .orderBy('id')
    .limit(limit),
)
const findByEmail = prepare((db, { key }: { key: string }) =>
  db.selectFrom('accounts').selectAll().where('email_key', '=', key),
)
const count = prepare((db) => db.selectFrom('accounts').select(({ fn }) => fn.countAll<number>().as('count')))
const insert = prepare((db, account: Schema['accounts']) =>
  db.insertInto('accounts').values(row(account, [...codec.columns, 'email_key'])),
)
const update = prepare((db, account: RowOf<Account>) =>
  db.updateTable('accounts').set(row(account, codec.columns)).where('id', '=', account.id).returning('id'),
)
const remove = prepare((db, { id }: { id: string }) => db.deleteFrom('accounts').where('id', '=', id).returning('id'))

export class Accounts {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  async find(id: AccountId): Promise<Account | undefined> {
    const found = await this.#connection.first(find, { id })
    return found && codec.decode(found)
  }

  async get(id: AccountId): Promise<Account> {
    return (await this.find(id)) ?? refuse(id)
  }

  /** Without regard to capitals. */
  async findByEmail(email: string): Promise<Account | undefined> {
    const found = await this.#connection.first(findByEmail, { key: email.toLowerCase() })
    return found && codec.decode(found)
  }

  /** Refuses with `conflict` when the number or the e-mail address is taken. */
  async insert(account: Account): Promise<void> {
    const email_key = account.email === '' ? null : account.email.toLowerCase()
    await this.#connection.all(insert, { ...codec.encode(account), email_key })
  }

  async update(account: Account): Promise<void> {
    if ((await this.#connection.all(update, codec.encode(account))).length === 0) refuse(account.id)
  }

  /** Refuses with `conflict` while something is assigned in it. */
  async delete(id: AccountId): Promise<void> {
    if ((await this.#connection.all(remove, { id })).length === 0) refuse(id)
  }

  /** By number. */
  async list(page: PageRequest): Promise<Page<Account>> {
    const [id = ''] = keyOf(page, 1)
    const rows = await this.#connection.all(list, { id, limit: page.limit + 1 })
    return pageOf(rows, page, { decode: codec.decode, keyOf: (last) => [last.id] })
  }

  /** Those right under the root or a unit, by number. */
  async listOfParent(parentId: ParentId, page: PageRequest): Promise<Page<Account>> {
    const [id = ''] = keyOf(page, 1)
    const rows = await this.#connection.all(listOfParent, { parentId, id, limit: page.limit + 1 })
    return pageOf(rows, page, { decode: codec.decode, keyOf: (last) => [last.id] })
  }

  /** How many there are, closed ones included. */
  async count(): Promise<number> {
    return Number((await this.#connection.first(count, {}))?.count ?? 0)
  }
}

function refuse(id: AccountId): never {
  throw new Refusal('not-found', `There is no account ${id}.`, { resourceType: 'ACCOUNT', resourceId: id })
}
