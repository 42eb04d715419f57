/** Services that the organization trusts, in SQL. */

import type { ServiceAccess } from '@mayfly/identity-center/organization/delegated-administrator'
import { createCodec, type RowOf } from '../database/codec.ts'
import type { Connection } from '../database/connection.ts'
import { keyOf, type Page, type PageRequest, pageOf } from '../database/page.ts'
import { prepare, row } from '../database/query.ts'

const codec = createCodec<ServiceAccess>({ servicePrincipal: 'text', enabledAt: 'time' })

const find = prepare((db, { principal }: { principal: string }) =>
  db.selectFrom('service_access').selectAll().where('service_principal', '=', principal),
)
const list = prepare((db, { principal, limit }: { principal: string; limit: number }) =>
  db
    .selectFrom('service_access')
    .selectAll()
    .where('service_principal', '>', principal)
    .orderBy('service_principal')
    .limit(limit),
)
const insert = prepare((db, access: RowOf<ServiceAccess>) =>
  db
    .insertInto('service_access')
    .values(row(access, codec.columns))
    .onConflict((conflict) => conflict.doNothing()),
)
const remove = prepare((db, { principal }: { principal: string }) =>
  db.deleteFrom('service_access').where('service_principal', '=', principal),
)

export class ServiceAccessTable {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  async find(servicePrincipal: string): Promise<ServiceAccess | undefined> {
    const found = await this.#connection.first(find, { principal: servicePrincipal })
    return found && codec.decode(found)
  }

  /** By service principal. */
  async list(page: PageRequest): Promise<Page<ServiceAccess>> {
    const [principal = ''] = keyOf(page, 1)
    const rows = await this.#connection.all(list, { principal, limit: page.limit + 1 })
    return pageOf(rows, page, { decode: codec.decode, keyOf: (last) => [last.service_principal] })
  }

  /** Again is no error: the first one stays. */
  async insert(access: ServiceAccess): Promise<void> {
    await this.#connection.all(insert, codec.encode(access))
  }

  /** One that is not there is passed over. */
  async delete(servicePrincipal: string): Promise<void> {
    await this.#connection.all(remove, { principal: servicePrincipal })
  }
}
