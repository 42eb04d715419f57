/** What a user may get into, and through which group, in SQL: for the page that shows it. */

import type { AccessPath, UserAccess } from '@mayfly/identity-center/account-access/effective-access'
import type { AccountId, GroupId, PermissionSetArn, UserId } from '@mayfly/identity-center/identifiers'
import type { Connection } from '../database/connection.ts'
import { keyOf, type Page, type PageRequest, pageOf } from '../database/page.ts'
import type { Builder } from '../database/query.ts'
import { EffectiveAccess } from './effective-access.ts'

/** The user's own assignments, and those of the user's groups. */
const waysOf = (db: Builder, userId: string) =>
  db
    .selectFrom('account_assignments')
    .where('principal_id', '=', userId)
    .where('principal_type', '=', 'USER')
    .select(['account_id', 'permission_set_arn', 'principal_type', 'principal_id'])
    .unionAll(
      db
        .selectFrom('group_memberships')
        // SQLite joins in this order then: from the few groups of a user, not from all that is assigned in an account.
        .crossJoin('account_assignments')
        .whereRef('account_assignments.principal_id', '=', 'group_memberships.group_id')
        .where('group_memberships.user_id', '=', userId)
        .where('account_assignments.principal_type', '=', 'GROUP')
        .select([
          'account_assignments.account_id',
          'account_assignments.permission_set_arn',
          'account_assignments.principal_type',
          'account_assignments.principal_id',
        ]),
    )

/**
 * By name of the account and of the permission set, each once. A page looks at no more accounts than it has items: each
 * account gives one at least.
 */
export async function listAccessOfUser(
  connection: Connection,
  userId: UserId,
  page: PageRequest,
): Promise<Page<UserAccess>> {
  const [accountName = '', accountId = '', setName = ''] = keyOf(page, 3)
  const begun = accountId === '' ? {} : { after: JSON.stringify([accountName, accountId]) }
  const next = await new EffectiveAccess(connection).accountsOf(userId, { limit: page.limit + 1, ...begun })
  const accountIds = next.items.map(({ id }): string => id)
  const found = await listWays(connection, userId, accountId === '' ? accountIds : [accountId, ...accountIds])
  const left = found.filter((one) => one.accountId !== accountId || one.permissionSetName > setName)
  return pageOf(left, page, {
    decode: (one) => one,
    keyOf: (last) => [last.accountName, last.accountId, last.permissionSetName],
  })
}

async function listWays(connection: Connection, userId: string, accountIds: readonly string[]): Promise<UserAccess[]> {
  if (accountIds.length === 0) return []
  const rows = await connection.query((db) =>
    db
      .selectFrom(waysOf(db, userId).as('way'))
      .innerJoin('accounts as account', 'account.id', 'way.account_id')
      .innerJoin('permission_sets as permission_set', 'permission_set.arn', 'way.permission_set_arn')
      .leftJoin('groups', 'groups.id', 'way.principal_id')
      .leftJoin('users', 'users.id', 'way.principal_id')
      .where('way.account_id', 'in', accountIds)
      .where('account.closed_at', 'is', null)
      .select([
        'way.account_id',
        'account.name as account_name',
        'way.permission_set_arn',
        'permission_set.name as permission_set_name',
        'way.principal_type',
        'way.principal_id',
        'groups.display_name',
        'users.user_name',
      ])
      .orderBy('account.name')
      .orderBy('way.account_id')
      .orderBy('permission_set.name')
      .orderBy('way.principal_type', 'desc')
      .orderBy('groups.display_name'),
  )
  const found = new Map<string, UserAccess & { readonly through: AccessPath[] }>()
  for (const row of rows) {
    const key = `${row.account_id} ${row.permission_set_arn}`
    const type = row.principal_type as AccessPath['type']
    const name = (type === 'USER' ? row.user_name : row.display_name) ?? row.principal_id
    const access = found.get(key) ?? {
      accountId: row.account_id as AccountId,
      accountName: row.account_name,
      permissionSetArn: row.permission_set_arn as PermissionSetArn,
      permissionSetName: row.permission_set_name,
      through: [],
    }
    access.through.push({ type, id: row.principal_id as UserId | GroupId, name })
    found.set(key, access)
  }
  return [...found.values()]
}
