/** Provisioned permission sets, in SQL. Only account assignments make and remove them. */

import type { CustomerManagedPolicyReference } from '@mayfly/identity-center/account-access/permission-set'
import type { ProvisionedPermissionSet } from '@mayfly/identity-center/account-access/provisioned-permission-set'
import type { AccountId, PermissionSetArn } from '@mayfly/identity-center/identifiers'
import { createCodec, timeText } from '../database/codec.ts'
import type { Connection } from '../database/connection.ts'
import { keyOf, type Page, type PageRequest, pageOf } from '../database/page.ts'
import { type Builder, prepare } from '../database/query.ts'
import { iamNameKey } from '../iam/roles.ts'

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
const countOfAccount = prepare((db, { accountId }: { accountId: string }) =>
  db
    .selectFrom('provisioned_permission_sets')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('account_id', '=', accountId),
)

const accountsOf = prepare((db, { arn, after, limit }: { arn: string; after: string; limit: number }) =>
  db
    .selectFrom('provisioned_permission_sets')
    .select('account_id')
    .where('permission_set_arn', '=', arn)
    .where('account_id', '>', after)
    .orderBy('account_id')
    .limit(limit),
)

interface VersionRange {
  readonly arn: string
  readonly least: number
  readonly most: number
  readonly version: number
  readonly account: string
  readonly limit: number
}

const accountsAt = prepare((db, { arn, least, most, version, account, limit }: VersionRange) =>
  db
    .selectFrom('provisioned_permission_sets')
    .select(['version', 'account_id'])
    .where('permission_set_arn', '=', arn)
    .where('version', '>=', least)
    .where('version', '<=', most)
    .where(({ eb, refTuple, tuple }) => eb(refTuple('version', 'account_id'), '>', tuple(version, account)))
    .orderBy('version')
    .orderBy('account_id')
    .limit(limit),
)

/** Whether an account goes by the permission set as it is now. */
export type Provisioned = 'latest' | 'not-latest'

export interface Provisioning {
  readonly permissionSetArn: PermissionSetArn
  readonly version: number
  readonly provisionedAt: Date
  /** One account, or every one that carries the set. */
  readonly accountId?: AccountId
  /** What an account must have to be among them. */
  readonly needs: readonly CustomerManagedPolicyReference[]
}

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

  async countOfAccount(accountId: AccountId): Promise<number> {
    return Number((await this.#connection.first(countOfAccount, { accountId }))?.count ?? 0)
  }

  /** The accounts that carry a permission set; with `current`, those that go by that version of it, or do not. */
  async listAccounts(
    arn: PermissionSetArn,
    page: PageRequest,
    current?: { readonly version: number; readonly are: Provisioned },
  ): Promise<Page<AccountId>> {
    const decode = ({ account_id }: { account_id: string }): AccountId => account_id as AccountId
    const limit = page.limit + 1
    if (current === undefined) {
      const [after = ''] = keyOf(page, 1)
      const rows = await this.#connection.all(accountsOf, { arn, after, limit })
      return pageOf(rows, page, { decode, keyOf: (last) => [last.account_id] })
    }
    const [version, account = ''] = keyOf(page, 2)
    const [least, most] = current.are === 'latest' ? [current.version, current.version] : [0, current.version - 1]
    const rows = await this.#connection.all(accountsAt, { arn, least, most, version: Number(version), account, limit })
    return pageOf(rows, page, { decode, keyOf: (last) => [String(last.version), last.account_id] })
  }

  /** The permission sets that an account carries, by ARN. */
  async listPermissionSets(
    accountId: AccountId,
    page: PageRequest,
    are?: Provisioned,
  ): Promise<Page<PermissionSetArn>> {
    const [after = ''] = keyOf(page, 1)
    const rows = await this.#connection.query((db) => {
      const query = db
        .selectFrom('provisioned_permission_sets as provisioned')
        .select('provisioned.permission_set_arn')
        .where('provisioned.account_id', '=', accountId)
        .where('provisioned.permission_set_arn', '>', after)
        .orderBy('provisioned.permission_set_arn')
        .limit(page.limit + 1)
      if (are === undefined) return query
      return query
        .innerJoin('permission_sets', 'permission_sets.arn', 'provisioned.permission_set_arn')
        .whereRef('provisioned.version', are === 'latest' ? '>=' : '<', 'permission_sets.version')
    })
    const decode = (row: { permission_set_arn: string }): PermissionSetArn => row.permission_set_arn as PermissionSetArn
    return pageOf(rows, page, { decode, keyOf: (last) => [last.permission_set_arn] })
  }

  /** Lets accounts go by that version of the set, all in one statement; those that lack a policy it needs stay behind. */
  async provision({ permissionSetArn, version, provisionedAt, accountId, needs }: Provisioning): Promise<void> {
    await this.#connection.query((db) => {
      let query = db
        .updateTable('provisioned_permission_sets')
        .set({ version, provisioned_at: timeText(provisionedAt) })
        .where('permission_set_arn', '=', permissionSetArn)
        .where('version', '<', version)
      if (accountId !== undefined) query = query.where('account_id', '=', accountId)
      for (const policy of needs) query = query.where(({ exists }) => exists(policyInAccount(db, policy)))
      return query
    })
  }

  /** An account that carries the set and lacks this policy; undefined when none does. */
  async findAccountWithout(
    arn: PermissionSetArn,
    policy: CustomerManagedPolicyReference,
  ): Promise<AccountId | undefined> {
    const [row] = await this.#connection.query((db) =>
      db
        .selectFrom('provisioned_permission_sets')
        .select('account_id')
        .where('permission_set_arn', '=', arn)
        .where(({ not, exists }) => not(exists(policyInAccount(db, policy))))
        .orderBy('account_id')
        .limit(1),
    )
    return row?.account_id as AccountId | undefined
  }
}

const policyInAccount = (db: Builder, { name, path }: CustomerManagedPolicyReference) =>
  db
    .selectFrom('iam_policies')
    .select('iam_policies.arn')
    .whereRef(
      'iam_policies.account_id',
      '=',
      db.dynamic.ref<'iam_policies.account_id'>('provisioned_permission_sets.account_id'),
    )
    .where('iam_policies.name_key', '=', iamNameKey(name))
    .where('iam_policies.path', '=', path)
    .where('iam_policies.name', '=', name)
