/** Tags of instances, permission sets, applications and trusted token issuers, in SQL: one table for all of them. */

import type { Tag } from '@mayfly/identity-center/tag'
import { createCodec } from './database/codec.ts'
import type { Connection } from './database/connection.ts'
import { keyOf, type Page, type PageRequest, pageOf } from './database/page.ts'
import { prepare, row } from './database/query.ts'
import type { FlatTag } from './database/schema/account-access.ts'

const codec = createCodec<FlatTag>({ resourceArn: 'text', key: 'text', value: 'text' })

const list = prepare((db, { arn, key, limit }: { arn: string; key: string; limit: number }) =>
  db.selectFrom('tags').selectAll().where('resource_arn', '=', arn).where('key', '>', key).orderBy('key').limit(limit),
)
const put = prepare((db, tag: { resource_arn: string; key: string; value: string }) =>
  db
    .insertInto('tags')
    .values(row(tag, codec.columns))
    .onConflict((conflict) =>
      conflict.columns(['resource_arn', 'key']).doUpdateSet(({ ref }) => ({ value: ref('excluded.value') })),
    ),
)
const remove = prepare((db, { arn, key }: { arn: string; key: string }) =>
  db.deleteFrom('tags').where('resource_arn', '=', arn).where('key', '=', key),
)
const removeAll = prepare((db, { arn }: { arn: string }) => db.deleteFrom('tags').where('resource_arn', '=', arn))
const countOf = prepare((db, { arn }: { arn: string }) =>
  db
    .selectFrom('tags')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('resource_arn', '=', arn),
)

export class Tags {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /** By key. */
  async list(resourceArn: string, page: PageRequest): Promise<Page<Tag>> {
    const [key = ''] = keyOf(page, 1)
    const rows = await this.#connection.all(list, { arn: resourceArn, key, limit: page.limit + 1 })
    return pageOf(rows, page, { decode: ({ key, value }) => ({ key, value }), keyOf: (last) => [last.key] })
  }

  /** Adds tags; one whose key is there already gets the new value. */
  async put(resourceArn: string, tags: readonly Tag[]): Promise<void> {
    for (const { key, value } of tags) await this.#connection.all(put, { resource_arn: resourceArn, key, value })
  }

  /** Keys that are not there are passed over. */
  async delete(resourceArn: string, keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.#connection.all(remove, { arn: resourceArn, key })
  }

  /** For whoever deletes the resource. */
  async deleteOf(resourceArn: string): Promise<void> {
    await this.#connection.all(removeAll, { arn: resourceArn })
  }

  async countOf(resourceArn: string): Promise<number> {
    return Number((await this.#connection.first(countOf, { arn: resourceArn }))?.count ?? 0)
  }
}
