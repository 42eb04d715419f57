/** Trusted token issuers, in SQL. */

import type { TrustedTokenIssuer } from '@mayfly/identity-center/applications/trusted-token-issuer'
import type { TrustedTokenIssuerArn } from '@mayfly/identity-center/identifiers'
import { Refusal } from '@mayfly/identity-center/refusal'
import { createCodec, type RowOf } from '../database/codec.ts'
import type { Connection } from '../database/connection.ts'
import { keyOf, type Page, type PageRequest, pageOf } from '../database/page.ts'
import { prepare, row } from '../database/query.ts'

const codec = createCodec<TrustedTokenIssuer>({
  arn: 'text',
  instanceArn: 'text',
  accountId: 'text',
  name: 'text',
  issuerUrl: 'text',
  claimAttributePath: 'text',
  identityStoreAttributePath: 'text',
  createdAt: 'time',
})

const find = prepare((db, { arn }: { arn: string }) =>
  db.selectFrom('trusted_token_issuers').selectAll().where('arn', '=', arn),
)
const list = prepare((db, { arn, limit }: { arn: string; limit: number }) =>
  db.selectFrom('trusted_token_issuers').selectAll().where('arn', '>', arn).orderBy('arn').limit(limit),
)
const insert = prepare((db, issuer: RowOf<TrustedTokenIssuer>) =>
  db.insertInto('trusted_token_issuers').values(row(issuer, codec.columns)),
)
const update = prepare((db, issuer: RowOf<TrustedTokenIssuer>) =>
  db
    .updateTable('trusted_token_issuers')
    .set(row(issuer, codec.columns))
    .where('arn', '=', issuer.arn)
    .returning('arn'),
)
const remove = prepare((db, { arn }: { arn: string }) =>
  db.deleteFrom('trusted_token_issuers').where('arn', '=', arn).returning('arn'),
)
const countAll = prepare((db, _: object) =>
  db.selectFrom('trusted_token_issuers').select(({ fn }) => fn.countAll<number>().as('count')),
)

export class TrustedTokenIssuers {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  async find(arn: TrustedTokenIssuerArn): Promise<TrustedTokenIssuer | undefined> {
    const found = await this.#connection.first(find, { arn })
    return found && codec.decode(found)
  }

  async get(arn: TrustedTokenIssuerArn): Promise<TrustedTokenIssuer> {
    return (await this.find(arn)) ?? refuse(arn)
  }

  async insert(issuer: TrustedTokenIssuer): Promise<void> {
    await this.#connection.all(insert, codec.encode(issuer))
  }

  async update(issuer: TrustedTokenIssuer): Promise<void> {
    if ((await this.#connection.all(update, codec.encode(issuer))).length === 0) refuse(issuer.arn)
  }

  /** Grants that name it stay, and let nobody in. */
  async delete(arn: TrustedTokenIssuerArn): Promise<void> {
    if ((await this.#connection.all(remove, { arn })).length === 0) refuse(arn)
  }

  /** How many there are. */
  async count(): Promise<number> {
    return Number((await this.#connection.first(countAll, {}))?.count ?? 0)
  }

  /** By ARN. */
  async list(page: PageRequest): Promise<Page<TrustedTokenIssuer>> {
    const [arn = ''] = keyOf(page, 1)
    const rows = await this.#connection.all(list, { arn, limit: page.limit + 1 })
    return pageOf(rows, page, { decode: codec.decode, keyOf: (last) => [last.arn] })
  }
}

function refuse(arn: TrustedTokenIssuerArn): never {
  throw new Refusal('not-found', `There is no trusted token issuer ${arn}.`, {
    resourceType: 'TRUSTED_TOKEN_ISSUER',
    resourceId: arn,
  })
}
