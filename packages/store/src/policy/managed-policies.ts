/** AWS-managed policies that an operator has imported, in SQL. */

import type { ManagedPolicy } from '@mayfly/identity-center/policy/managed-policy'
import { createCodec, type RowOf } from '../database/codec.ts'
import type { Connection } from '../database/connection.ts'
import { keyOf, type Page, type PageRequest, pageOf } from '../database/page.ts'
import { prepare, row } from '../database/query.ts'

const codec = createCodec<ManagedPolicy>({ arn: 'text', name: 'text', document: 'text', importedAt: 'time' })

const find = prepare((db, { arn }: { arn: string }) =>
  db.selectFrom('managed_policies').selectAll().where('arn', '=', arn),
)
const list = prepare((db, { arn, limit }: { arn: string; limit: number }) =>
  db.selectFrom('managed_policies').selectAll().where('arn', '>', arn).orderBy('arn').limit(limit),
)
const put = prepare((db, policy: RowOf<ManagedPolicy>) =>
  db
    .insertInto('managed_policies')
    .values(row(policy, codec.columns))
    .onConflict((conflict) =>
      conflict.column('arn').doUpdateSet(({ ref }) => ({
        name: ref('excluded.name'),
        document: ref('excluded.document'),
        imported_at: ref('excluded.imported_at'),
      })),
    ),
)

export class ManagedPolicies {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  async find(arn: string): Promise<ManagedPolicy | undefined> {
    const found = await this.#connection.first(find, { arn })
    return found && codec.decode(found)
  }

  /** A document imported again replaces the one before. */
  async insert(policy: ManagedPolicy): Promise<void> {
    await this.#connection.all(put, codec.encode(policy))
  }

  /** By ARN. */
  async list(page: PageRequest): Promise<Page<ManagedPolicy>> {
    const [arn = ''] = keyOf(page, 1)
    const rows = await this.#connection.all(list, { arn, limit: page.limit + 1 })
    return pageOf(rows, page, { decode: codec.decode, keyOf: (last) => [last.arn] })
  }
}
