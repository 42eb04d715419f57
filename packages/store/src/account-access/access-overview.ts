/** Who gets in where, in SQL: for the pages that show it. */

import type {
  AccountAccess,
  AssignmentCount,
  UserAccess,
} from '@mayfly/identity-center/account-access/effective-access'
import type { AccountId, PermissionSetArn, UserId } from '@mayfly/identity-center/identifiers'
import { sql } from 'kysely'
import type { Connection } from '../database/connection.ts'
import type { Page, PageRequest } from '../database/page.ts'
import { prepare } from '../database/query.ts'
import { listAccessOfUser } from './access-of-user.ts'
import { listAccessToAccount } from './access-to-account.ts'

/** So many pairs in one statement: whoever else waits for the database has his turn in between. */
const COUNTED_AT_ONCE = 2000

interface CountedPart {
  readonly accountId: string
  readonly arn: string
  readonly limit: number
}

/** By account and permission set, behind a pair. */
const counts = prepare((db, { accountId, arn, limit }: CountedPart) =>
  db
    .selectFrom('account_assignments')
    .select(['account_id', 'permission_set_arn'])
    .select(({ fn }) => fn.countAll<number>().as('principals'))
    .select(sql<number>`sum(case when principal_type = 'USER' then 1 else 0 end)`.as('users'))
    .where(({ eb, refTuple, tuple }) => eb(refTuple('account_id', 'permission_set_arn'), '>', tuple(accountId, arn)))
    .groupBy(['account_id', 'permission_set_arn'])
    .orderBy('account_id')
    .orderBy('permission_set_arn')
    .limit(limit),
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
    const overview = {
      accounts: (await this.#connection.all(accounts, {})).map(({ id, name, parent_id }) => ({
        id: id as AccountId,
        name,
        organizationalUnitPath: paths.get(parent_id) ?? '',
      })),
      permissionSets: (await this.#connection.all(permissionSets, {})).map(({ arn, name }) => ({
        arn: arn as PermissionSetArn,
        name,
      })),
    }
    return { ...overview, counts: await this.#countPrincipals(overview) }
  }

  async #countPrincipals(overview: Omit<AccessMatrix, 'counts'>): Promise<AssignmentCount[]> {
    const accountAt = new Map<string, number>(overview.accounts.map(({ id }, index) => [id, index]))
    const permissionSetAt = new Map<string, number>(overview.permissionSets.map(({ arn }, index) => [arn, index]))
    const counted: AssignmentCount[] = []
    for (let after = { accountId: '', arn: '' }; ; ) {
      const rows = await this.#connection.all(counts, { ...after, limit: COUNTED_AT_ONCE })
      for (const row of rows) {
        const accountIndex = accountAt.get(row.account_id)
        const permissionSetIndex = permissionSetAt.get(row.permission_set_arn)
        if (accountIndex === undefined || permissionSetIndex === undefined) continue
        const users = Number(row.users)
        counted.push({ accountIndex, permissionSetIndex, users, groups: Number(row.principals) - users })
      }
      const last = rows.at(-1)
      if (last === undefined || rows.length < COUNTED_AT_ONCE) return counted
      after = { accountId: last.account_id, arn: last.permission_set_arn }
      await new Promise((resolve) => setImmediate(resolve))
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
