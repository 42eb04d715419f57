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

  /** By path and name; those whose path begins with `pathPrefix`. */
  async list(accountId: AccountId, pathPrefix: string, page: PageRequest): Promise<Page<IamPolicy>> {
    const [path = '', name = ''] = keyOf(page, 2)
    const rows = await this.#connection.query((db) =>
      db
        .selectFrom('iam_policies')
        .selectAll()
        .where('account_id', '=', accountId)
        .where('path', '>=', pathPrefix)
        .where('path', '<', afterPrefix(pathPrefix))
        .where(({ eb, refTuple, tuple }) => eb(refTuple('path', 'name'), '>', tuple(path, name)))
        .orderBy('path')
        .orderBy('name')
        .limit(page.limit + 1),
    )
    return pageOf(rows, page, { decode: codec.decode, keyOf: (last) => [last.path, last.name] })
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
