/** Which account administers which service in the organization's place, in SQL. */

import type { AccountId } from '@mayfly/identity-center/identifiers'
import type { DelegatedAdministrator } from '@mayfly/identity-center/organization/delegated-administrator'
import { createCodec, type RowOf } from '../database/codec.ts'
import type { Connection } from '../database/connection.ts'
import { keyOf, type Page, type PageRequest, pageOf } from '../database/page.ts'
import { prepare, row } from '../database/query.ts'

const codec = createCodec<DelegatedAdministrator>({ accountId: 'text', servicePrincipal: 'text', enabledAt: 'time' })

interface Key {
  readonly accountId: string
  readonly principal: string
}

const ofService = prepare((db, { accountId, principal, limit }: Key & { readonly limit: number }) =>
  db
    .selectFrom('delegated_administrators')
    .selectAll()
    .where('service_principal', '=', principal)
    .where('account_id', '>', accountId)
    .orderBy('account_id')
    .limit(limit),
)
const ofAccount = prepare((db, { accountId, principal, limit }: Key & { readonly limit: number }) =>
  db
    .selectFrom('delegated_administrators')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('service_principal', '>', principal)
    .orderBy('service_principal')
    .limit(limit),
)
/** Every account once, with its oldest date. */
const each = prepare((db, { accountId, limit }: { readonly accountId: string; readonly limit: number }) =>
  db
    .selectFrom('delegated_administrators')
    .select(({ fn }) => [
      'account_id',
      fn.min('service_principal').as('service_principal'),
      fn.min('enabled_at').as('enabled_at'),
    ])
    .where('account_id', '>', accountId)
    .groupBy('account_id')
    .orderBy('account_id')
    .limit(limit),
)
const insert = prepare((db, administrator: RowOf<DelegatedAdministrator>) =>
  db.insertInto('delegated_administrators').values(row(administrator, codec.columns)),
)
const remove = prepare((db, { accountId, principal }: Key) =>
  db
    .deleteFrom('delegated_administrators')
    .where('account_id', '=', accountId)
    .where('service_principal', '=', principal)
    .returning('account_id'),
)

export class DelegatedAdministrators {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /** Those of one service, or every account once, by number. */
  async list(servicePrincipal: string | undefined, page: PageRequest): Promise<Page<DelegatedAdministrator>> {
    const [accountId = ''] = keyOf(page, 1)
    const limit = page.limit + 1
    const rows =
      servicePrincipal === undefined
        ? await this.#connection.all(each, { accountId, limit })
        : await this.#connection.all(ofService, { accountId, principal: servicePrincipal, limit })
    return pageOf(rows, page, { decode: codec.decode, keyOf: (last) => [last.account_id] })
  }

  /** What one account administers, by service principal. */
  async listOfAccount(accountId: AccountId, page: PageRequest): Promise<Page<DelegatedAdministrator>> {
    const [principal = ''] = keyOf(page, 1)
    const rows = await this.#connection.all(ofAccount, { accountId, principal, limit: page.limit + 1 })
    return pageOf(rows, page, { decode: codec.decode, keyOf: (last) => [last.service_principal] })
  }

  /** Refuses with `conflict` when the account administers the service already. */
  async insert(administrator: DelegatedAdministrator): Promise<void> {
    await this.#connection.all(insert, codec.encode(administrator))
  }

  /** False when the account does not administer the service. */
  async delete(accountId: AccountId, servicePrincipal: string): Promise<boolean> {
    return (await this.#connection.all(remove, { accountId, principal: servicePrincipal })).length > 0
  }
}
