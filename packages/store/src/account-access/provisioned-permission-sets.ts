/** Provisioned permission sets, in SQL. Only account assignments make and remove them. */

import type { ProvisionedPermissionSet } from '@mayfly/identity-center/account-access/provisioned-permission-set'
import type { AccountId, PermissionSetArn } from '@mayfly/identity-center/identifiers'
import { createCodec } from '../database/codec.ts'
import type { Connection } from '../database/connection.ts'
import { prepare } from '../database/query.ts'

export const provisionedCodec = createCodec<ProvisionedPermissionSet>({
  accountId: 'text',
  permissionSetArn: 'text',
  roleName: 'text',
  roleId: 'text',
  provisionedAt: 'time',
  version: 'number',
})

const find = prepare((db, { accountId, arn }: { accountId: string; arn: string }) =>
  db
    .selectFrom('provisioned_permission_sets')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('permission_set_arn', '=', arn),
)
const findByRoleName = prepare((db, { accountId, roleName }: { accountId: string; roleName: string }) =>
  db
    .selectFrom('provisioned_permission_sets')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('role_name', '=', roleName),
)
const listOfAccount = prepare((db, { accountId }: { accountId: string }) =>
  db.selectFrom('provisioned_permission_sets').selectAll().where('account_id', '=', accountId).orderBy('role_name'),
)

export class ProvisionedPermissionSets {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  async find(accountId: AccountId, arn: PermissionSetArn): Promise<ProvisionedPermissionSet | undefined> {
    const found = await this.#connection.first(find, { accountId, arn })
    return found && provisionedCodec.decode(found)
  }

  async findByRoleName(accountId: AccountId, roleName: string): Promise<ProvisionedPermissionSet | undefined> {
    const found = await this.#connection.first(findByRoleName, { accountId, roleName })
    return found && provisionedCodec.decode(found)
  }

  /** By role name. */
  async listOfAccount(accountId: AccountId): Promise<ProvisionedPermissionSet[]> {
    return (await this.#connection.all(listOfAccount, { accountId })).map(provisionedCodec.decode)
  }
}
