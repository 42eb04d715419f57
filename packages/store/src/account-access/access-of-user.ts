/** What a user may get into, and through which group, in SQL: for the page that shows it. */

import type { AccessPath, UserAccess } from '@mayfly/identity-center/account-access/effective-access'
import type { AccountId, GroupId, PermissionSetArn, UserId } from '@mayfly/identity-center/identifiers'
import type { Connection } from '../database/connection.ts'
import { keyOf, type Page, type PageRequest, pageOf } from '../database/page.ts'
import { type Builder, prepare } from '../database/query.ts'

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
        .innerJoin('account_assignments', 'account_assignments.principal_id', 'group_memberships.group_id')
        .where('group_memberships.user_id', '=', userId)
        .where('account_assignments.principal_type', '=', 'GROUP')
        .select([
          'account_assignments.account_id',
          'account_assignments.permission_set_arn',
          'account_assignments.principal_type',
          'account_assignments.principal_id',
        ]),
    )

interface Asked {
  readonly userId: string
  readonly accountName: string
  readonly accountId: string
  readonly setName: string
  readonly limit: number
}

const held = prepare((db, { userId, accountName, accountId, setName, limit }: Asked) =>
  db
    .selectFrom(waysOf(db, userId).as('way'))
    .innerJoin('accounts as account', 'account.id', 'way.account_id')
    .innerJoin('permission_sets as permission_set', 'permission_set.arn', 'way.permission_set_arn')
    .where('account.closed_at', 'is', null)
    .where(({ eb, refTuple, tuple }) =>
      eb(
        refTuple('account.name', 'account.id', 'permission_set.name'),
        '>',
        tuple(accountName, accountId as AccountId, setName),
      ),
    )
    .select([
      'account.name as account_name',
      'way.account_id',
      'permission_set.name as permission_set_name',
      'way.permission_set_arn',
    ])
    .distinct()
    .orderBy('account.name')
    .orderBy('way.account_id')
    .orderBy('permission_set.name')
    .limit(limit),
)

/** By name of the account and of the permission set, each once. */
export async function listAccessOfUser(
  connection: Connection,
  userId: UserId,
  page: PageRequest,
): Promise<Page<UserAccess>> {
  const [accountName = '', accountId = '', setName = ''] = keyOf(page, 3)
  const rows = await connection.all(held, { userId, accountName, accountId, setName, limit: page.limit + 1 })
  const ways = await waysInto(connection, userId, [...new Set(rows.map((found) => found.account_id))])
  return pageOf(rows, page, {
    decode: (found) => ({
      accountId: found.account_id as AccountId,
      accountName: found.account_name,
      permissionSetArn: found.permission_set_arn as PermissionSetArn,
      permissionSetName: found.permission_set_name,
      through: ways.get(`${found.account_id} ${found.permission_set_arn}`) ?? [],
    }),
    keyOf: (last) => [last.account_name, last.account_id, last.permission_set_name],
  })
}

async function waysInto(
  connection: Connection,
  userId: string,
  accountIds: readonly string[],
): Promise<Map<string, AccessPath[]>> {
  const ways = new Map<string, AccessPath[]>()
  if (accountIds.length === 0) return ways
  const rows = await connection.query((db) =>
    db
      .selectFrom(waysOf(db, userId).as('way'))
      .leftJoin('groups', 'groups.id', 'way.principal_id')
      .leftJoin('users', 'users.id', 'way.principal_id')
      .where('way.account_id', 'in', accountIds)
      .select([
        'way.account_id',
        'way.permission_set_arn',
        'way.principal_type',
        'way.principal_id',
        'groups.display_name',
        'users.user_name',
      ])
      .orderBy('way.principal_type', 'desc')
      .orderBy('groups.display_name'),
  )
  for (const row of rows) {
    const key = `${row.account_id} ${row.permission_set_arn}`
    const type = row.principal_type as AccessPath['type']
    const name = (type === 'USER' ? row.user_name : row.display_name) ?? row.principal_id
    const path: AccessPath = { type, id: row.principal_id as UserId | GroupId, name }
    ways.set(key, [...(ways.get(key) ?? []), path])
  }
  return ways
}
