/** The organization, in SQL: one row, or none. */

import { IDENTITY_CENTER_PRINCIPAL } from '@mayfly/identity-center/organization/delegated-administrator'
import type { Organization } from '@mayfly/identity-center/organization/organization'
import { FULL_AWS_ACCESS } from '@mayfly/identity-center/organization/organization-policy'
import { createCodec, type RowOf } from '../database/codec.ts'
import type { Connection } from '../database/connection.ts'
import { prepare, row } from '../database/query.ts'
import { OrganizationPolicies } from './organization-policies.ts'
import { ServiceAccessTable } from './service-access.ts'

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
/** Everything that is the organization's own; its accounts and their roles stay. */
const OWN_TABLES = [
  'organizational_units',
  'policy_attachments',
  'organization_policies',
  'delegated_administrators',
  'service_access',
  'organizations',
] as const

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

  /** With AWS's own policy, and with trust in Identity Center, which is what it is for here. */
  async insert(organization: Organization): Promise<void> {
    const { createdAt } = organization
    await this.#connection.atomically(async (connection) => {
      await connection.all(insert, codec.encode(organization))
      await new OrganizationPolicies(connection).insert({ ...FULL_AWS_ACCESS, createdAt })
      const trusted = { servicePrincipal: IDENTITY_CENTER_PRINCIPAL, enabledAt: createdAt }
      await new ServiceAccessTable(connection).insert(trusted)
    })
  }

  async update(organization: Organization): Promise<void> {
    await this.#connection.all(update, codec.encode(organization))
  }

  /** With its units and policies, its trust and its delegated administrators. */
  async delete(): Promise<void> {
    await this.#connection.atomically(async (connection) => {
      for (const table of OWN_TABLES) await connection.query((db) => db.deleteFrom(table))
    })
  }
}
