/** What permission sets were after each change, in SQL: accounts go by it until they are provisioned again (§3.6). */

import type { PermissionSet, PermissionSetVersion } from '@mayfly/identity-center/account-access/permission-set'
import type { PermissionSetArn } from '@mayfly/identity-center/identifiers'
import { createCodec, type RowOf } from '../database/codec.ts'
import type { Connection } from '../database/connection.ts'
import { prepare, row } from '../database/query.ts'

/**
 * Versions that no account goes by are dropped, but not the last few: an assignment that read one a moment ago may be
 * about to provision it.
 */
const KEPT = 10

const codec = createCodec<PermissionSetVersion>({
  permissionSetArn: 'text',
  version: 'number',
  managedPolicies: 'json',
  customerManagedPolicies: 'json',
  inlinePolicy: 'text?',
  permissionsBoundary: 'json?',
})

const find = prepare((db, { arn, version }: { arn: string; version: number }) =>
  db
    .selectFrom('permission_set_versions')
    .selectAll()
    .where('permission_set_arn', '=', arn)
    .where('version', '=', version),
)
const insert = prepare((db, version: RowOf<PermissionSetVersion>) =>
  db.insertInto('permission_set_versions').values(row(version, codec.columns)),
)
const deleteUnused = prepare((db, { arn, before }: { arn: string; before: number }) =>
  db
    .deleteFrom('permission_set_versions')
    .where('permission_set_arn', '=', arn)
    .where('version', '<', before)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('provisioned_permission_sets as provisioned')
            .select('provisioned.account_id')
            .where('provisioned.permission_set_arn', '=', arn)
            .whereRef('provisioned.version', '=', 'permission_set_versions.version'),
        ),
      ),
    ),
)

export class PermissionSetVersions {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  async find(arn: PermissionSetArn, version: number): Promise<PermissionSetVersion | undefined> {
    const found = await this.#connection.first(find, { arn, version })
    return found && codec.decode(found)
  }

  /** Only `PermissionSets` calls it, in the transaction that changes the set. */
  async insert({ arn, version, ...set }: PermissionSet): Promise<void> {
    await this.#connection.all(insert, codec.encode({ ...set, permissionSetArn: arn, version }))
    if (version > KEPT) await this.#connection.all(deleteUnused, { arn, before: version - KEPT })
  }
}
