/** What permission sets bring to the roles of an account, in SQL: which managed policies they use there. */

import type { PermissionSetPolicies } from '@mayfly/identity-center/account-access/permission-set'
import type { AccountId } from '@mayfly/identity-center/identifiers'
import { createCodec } from '../database/codec.ts'
import type { Connection } from '../database/connection.ts'
import { prepare } from '../database/query.ts'

const codec = createCodec<PermissionSetPolicies>({
  managedPolicies: 'json',
  customerManagedPolicies: 'json',
  inlinePolicy: 'text?',
  permissionsBoundary: 'json?',
})

const ofAccount = prepare((db, { accountId }: { accountId: string }) =>
  db
    .selectFrom('provisioned_permission_sets as provisioned')
    .innerJoin('permission_set_versions as version', (join) =>
      join
        .onRef('version.permission_set_arn', '=', 'provisioned.permission_set_arn')
        .onRef('version.version', '=', 'provisioned.version'),
    )
    .select([
      'version.managed_policies',
      'version.customer_managed_policies',
      'version.inline_policy',
      'version.permissions_boundary',
    ])
    .where('provisioned.account_id', '=', accountId),
)

export class ReservedRoles {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /** What each permission set is in the account, as it was provisioned there; at most a few hundred. */
  async policiesOf(accountId: AccountId): Promise<PermissionSetPolicies[]> {
    return (await this.#connection.all(ofAccount, { accountId })).map(codec.decode)
  }
}
