/** Customer managed policies of local accounts, in SQL. */

import type { IamPolicy } from '@mayfly/identity-center/iam/policy'
import type { AccountId } from '@mayfly/identity-center/identifiers'
import { createCodec } from '../database/codec.ts'
import type { Connection } from '../database/connection.ts'
import { keyOf, type Page, type PageRequest, pageOf } from '../database/page.ts'
import { prepare, row } from '../database/query.ts'
import type { Schema } from '../database/schema.ts'
import { afterPrefix, iamNameKey } from './roles.ts'

const codec = createCodec<IamPolicy>({
  arn: 'text',
  accountId: 'text',
  name: 'text',
  path: 'text',
  id: 'text',
  document: 'text',
  description: 'text?',
  tags: 'json',
  createdAt: 'time',
})
const columns = [...codec.columns, 'name_key' as const]

const find = prepare((db, { arn }: { arn: string }) => db.selectFrom('iam_policies').selectAll().where('arn', '=', arn))
const findByName = prepare((db, { accountId, key }: { accountId: string; key: string }) =>
  db.selectFrom('iam_policies').selectAll().where('account_id', '=', accountId).where('name_key', '=', key),
)
const lock = prepare((db, { arn }: { arn: string }) =>
  db
    .updateTable('iam_policies')
    .set(({ ref }) => ({ name_key: ref('name_key') }))
    .where('arn', '=', arn)
    .returningAll(),
)
const count = prepare((db, { accountId }: { accountId: string }) =>
  db
    .selectFrom('iam_policies')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('account_id', '=', accountId),
)
const insert = prepare((db, policy: Schema['iam_policies']) =>
  db.insertInto('iam_policies').values(row(policy, columns)),
)
const remove = prepare((db, { arn }: { arn: string }) =>
  db.deleteFrom('iam_policies').where('arn', '=', arn).returning('arn'),
)

export class IamPolicies {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  async findByArn(arn: string): Promise<IamPolicy | undefined> {
    const found = await this.#connection.first(find, { arn })
    return found && codec.decode(found)
  }

  /** Under whatever path, and without regard to capitals. */
  async findByName(accountId: AccountId, name: string): Promise<IamPolicy | undefined> {
    const found = await this.#connection.first(findByName, { accountId, key: iamNameKey(name) })
    return found && codec.decode(found)
  }

  /** Reads a policy, and lets nobody else who locks it go on before this transaction ends. */
  async lock(arn: string): Promise<IamPolicy | undefined> {
    const found = await this.#connection.first(lock, { arn })
    return found && codec.decode(found)
  }

  /** By name, without regard to capitals; those whose path begins with `pathPrefix`. */
  async list(accountId: AccountId, pathPrefix: string, page: PageRequest): Promise<Page<IamPolicy>> {
    const [after = ''] = keyOf(page, 1)
    const rows = await this.#connection.query((db) =>
      db
        .selectFrom('iam_policies')
        .selectAll()
        .where('account_id', '=', accountId)
        .where('name_key', '>', after)
        .where('path', '>=', pathPrefix)
        .where('path', '<', afterPrefix(pathPrefix))
        .orderBy('name_key')
        .limit(page.limit + 1),
    )
    return pageOf(rows, page, { decode: codec.decode, keyOf: (last) => [last.name_key] })
  }

  async countOf(accountId: AccountId): Promise<number> {
    return Number((await this.#connection.first(count, { accountId }))?.count ?? 0)
  }

  /** Refuses with `conflict` when the account has a policy of that name, under whatever path. */
  async insert(policy: IamPolicy): Promise<void> {
    await this.#connection.all(insert, { ...codec.encode(policy), name_key: iamNameKey(policy.name) })
  }

  /** False when there is none. */
  async delete(arn: string): Promise<boolean> {
    return (await this.#connection.all(remove, { arn })).length > 0
  }
}
