/** The organization, in SQL: one row, or none. */

import type { Organization } from '@mayfly/identity-center/organization/organization'
import { createCodec, type RowOf } from '../database/codec.ts'
import type { Connection } from '../database/connection.ts'
import { prepare, row } from '../database/query.ts'

const codec = createCodec<Organization>({
  id: 'text',
  arn: 'text',
  rootId: 'text',
  managementAccountId: 'text',
  featureSet: 'text',
  serviceControlPolicies: 'boolean',
  createdAt: 'time',
})

const find = prepare((db) => db.selectFrom('organizations').selectAll().limit(1))
const lock = prepare((db) =>
  db
    .updateTable('organizations')
    .set(({ ref }) => ({ arn: ref('arn') }))
    .returningAll(),
)
const insert = prepare((db, organization: RowOf<Organization>) =>
  db.insertInto('organizations').values(row(organization, codec.columns)),
)
const update = prepare((db, organization: RowOf<Organization>) =>
  db.updateTable('organizations').set(row(organization, codec.columns)).where('id', '=', organization.id),
)
const remove = prepare((db) => db.deleteFrom('organizations'))

export class Organizations {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  async find(): Promise<Organization | undefined> {
    const found = await this.#connection.first(find, {})
    return found && codec.decode(found)
  }

  /** Reads it, and lets nobody else who locks it go on before this transaction ends. */
  async lock(): Promise<Organization | undefined> {
    const found = await this.#connection.first(lock, {})
    return found && codec.decode(found)
  }

  async insert(organization: Organization): Promise<void> {
    await this.#connection.all(insert, codec.encode(organization))
  }

  async update(organization: Organization): Promise<void> {
    await this.#connection.all(update, codec.encode(organization))
  }

  async delete(): Promise<void> {
    await this.#connection.all(remove, {})
  }
}
