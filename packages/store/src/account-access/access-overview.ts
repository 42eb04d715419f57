/** Who gets in where, in SQL: for the pages that show it. */

import type {
  AccountAccess,
  AssignmentCount,
  UserAccess,
} from '@mayfly/identity-center/account-access/effective-access'
import type { AccountId, PermissionSetArn, UserId } from '@mayfly/identity-center/identifiers'
import type { Connection } from '../database/connection.ts'
import type { Page, PageRequest } from '../database/page.ts'
import { prepare } from '../database/query.ts'
import { listAccessOfUser } from './access-of-user.ts'
import { listAccessToAccount } from './access-to-account.ts'

const counts = prepare((db, _: object) =>
  db
    .selectFrom('account_assignments')
    .select(['account_id', 'permission_set_arn', 'principal_type'])
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .groupBy(['account_id', 'permission_set_arn', 'principal_type'])
    .orderBy('account_id')
    .orderBy('permission_set_arn'),
)
const accounts = prepare((db, _: object) =>
  db.selectFrom('accounts').where('closed_at', 'is', null).select(['id', 'name', 'parent_id']).orderBy('id'),
)
const permissionSets = prepare((db, _: object) =>
  db.selectFrom('permission_sets').select(['arn', 'name']).orderBy('name'),
)
const units = prepare((db, _: object) => db.selectFrom('organizational_units').select(['id', 'parent_id', 'name']))

export interface OverviewAccount {
  readonly id: AccountId
  readonly name: string
  /** `Workloads/Production`; empty right under the root. */
  readonly organizationalUnitPath: string
}

export interface AccessMatrix {
  /** By number; closed ones are left out. */
  readonly accounts: readonly OverviewAccount[]
  /** By name. */
  readonly permissionSets: readonly { readonly arn: PermissionSetArn; readonly name: string }[]
  /** One for each pair that somebody is assigned to. */
  readonly counts: readonly AssignmentCount[]
}

export class AccessOverview {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /** What a user may get into: by name of the account and of the permission set, each once. */
  async listOfUser(userId: UserId, page: PageRequest): Promise<Page<UserAccess>> {
    return await listAccessOfUser(this.#connection, userId, page)
  }

  /** Which users may get into an account: by permission set and user, each once. Disabled users may not. */
  async listOfAccount(accountId: AccountId, page: PageRequest): Promise<Page<AccountAccess>> {
    return await listAccessToAccount(this.#connection, accountId, page)
  }

  /** The whole organization at a glance: costs as much as reading every assignment once. */
  async matrix(): Promise<AccessMatrix> {
    const paths = pathsOf(await this.#connection.all(units, {}))
    const cells = new Map<
      string,
      { accountId: AccountId; permissionSetArn: PermissionSetArn; users: number; groups: number }
    >()
    for (const row of await this.#connection.all(counts, {})) {
      const { account_id: accountId, permission_set_arn: permissionSetArn } = row
      const key = `${accountId} ${permissionSetArn}`
      const cell = cells.get(key) ?? {
        accountId: accountId as AccountId,
        permissionSetArn: permissionSetArn as PermissionSetArn,
        users: 0,
        groups: 0,
      }
      cell[row.principal_type === 'USER' ? 'users' : 'groups'] = Number(row.count)
      cells.set(key, cell)
    }
    return {
      accounts: (await this.#connection.all(accounts, {})).map(({ id, name, parent_id }) => ({
        id: id as AccountId,
        name,
        organizationalUnitPath: paths.get(parent_id) ?? '',
      })),
      permissionSets: (await this.#connection.all(permissionSets, {})).map(({ arn, name }) => ({
        arn: arn as PermissionSetArn,
        name,
      })),
      counts: [...cells.values()],
    }
  }
}

/** The names on the way to each unit. */
function pathsOf(all: readonly { id: string; parent_id: string; name: string }[]): Map<string, string> {
  const byId = new Map(all.map((unit) => [unit.id, unit]))
  const pathTo = (id: string): string => {
    const unit = byId.get(id)
    if (unit === undefined) return ''
    const above = pathTo(unit.parent_id)
    return above === '' ? unit.name : `${above}/${unit.name}`
  }
  return new Map(all.map(({ id }) => [id, pathTo(id)]))
}
