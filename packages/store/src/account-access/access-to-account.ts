/** Who may get into an account, and through which group, in SQL: permission set by permission set, user by user. */

import type { AccessPath, AccountAccess } from '@mayfly/identity-center/account-access/effective-access'
import type { AccountId, GroupId, PermissionSetArn, UserId } from '@mayfly/identity-center/identifiers'
import type { Connection } from '../database/connection.ts'
import { keyOf, type Page, type PageRequest, pageOf } from '../database/page.ts'
import { prepare } from '../database/query.ts'

const setsIn = prepare((db, { accountId, arn }: { accountId: string; arn: string }) =>
  db
    .selectFrom('provisioned_permission_sets as role')
    .innerJoin('permission_sets as permission_set', 'permission_set.arn', 'role.permission_set_arn')
    .where('role.account_id', '=', accountId)
    .where('role.permission_set_arn', '>=', arn)
    .select(['permission_set.arn', 'permission_set.name'])
    .orderBy('role.permission_set_arn'),
)

interface Holders {
  readonly accountId: string
  readonly arn: string
  readonly after: string
  readonly limit: number
}

const usersOf = prepare((db, { accountId, arn, after, limit }: Holders) =>
  db
    .selectFrom('account_assignments as way')
    .innerJoin('users', 'users.id', 'way.principal_id')
    .where('way.account_id', '=', accountId)
    .where('way.permission_set_arn', '=', arn)
    .where('way.principal_type', '=', 'USER')
    .where('way.principal_id', '>', after)
    .where('users.status', '=', 'ENABLED')
    .select(['users.id', 'users.user_name'])
    .orderBy('way.principal_id')
    .limit(limit),
)
const groupsOf = prepare((db, { accountId, arn }: { accountId: string; arn: string }) =>
  db
    .selectFrom('account_assignments as way')
    .innerJoin('groups', 'groups.id', 'way.principal_id')
    .where('way.account_id', '=', accountId)
    .where('way.permission_set_arn', '=', arn)
    .where('way.principal_type', '=', 'GROUP')
    .select(['groups.id', 'groups.display_name'])
    .orderBy('groups.display_name'),
)
const membersOf = prepare((db, { groupId, after, limit }: { groupId: string; after: string; limit: number }) =>
  db
    .selectFrom('group_memberships as membership')
    .innerJoin('users', 'users.id', 'membership.user_id')
    .where('membership.group_id', '=', groupId)
    .where('membership.user_id', '>', after)
    .where('users.status', '=', 'ENABLED')
    .select(['users.id', 'users.user_name'])
    .orderBy('membership.user_id')
    .limit(limit),
)

/** By permission set and user, each once; a page costs as much however many members the groups have. */
export async function listAccessToAccount(
  connection: Connection,
  accountId: AccountId,
  page: PageRequest,
): Promise<Page<AccountAccess>> {
  const [arn = '', userId = ''] = keyOf(page, 2)
  const found: AccountAccess[] = []
  for (const set of await connection.all(setsIn, { accountId, arn })) {
    const after = set.arn === arn ? userId : ''
    const holders = { accountId, arn: set.arn, after, limit: page.limit + 1 - found.length }
    for (const holder of await listHolders(connection, holders)) {
      found.push({ ...holder, permissionSetArn: set.arn as PermissionSetArn, permissionSetName: set.name })
    }
    if (found.length > page.limit) break
  }
  return pageOf(found, page, { decode: (one) => one, keyOf: (last) => [last.permissionSetArn, last.userId] })
}

type Holder = Pick<AccountAccess, 'userId' | 'userName' | 'through'>

/** The next users that hold one permission set in one account, of all its ways merged. */
async function listHolders(connection: Connection, asked: Holders): Promise<Holder[]> {
  const names = new Map<string, string>()
  const direct = new Set<string>()
  for (const { id, user_name } of await connection.all(usersOf, asked)) {
    names.set(id, user_name)
    direct.add(id)
  }
  const groups = await connection.all(groupsOf, asked)
  for (const { id: groupId } of groups) {
    for (const member of await connection.all(membersOf, { ...asked, groupId })) names.set(member.id, member.user_name)
  }
  const ids = [...names.keys()].sort(byBytes).slice(0, asked.limit)
  const groupIds = groups.map(({ id }) => id)
  const memberships = await listMemberships(connection, groupIds, ids)
  return ids.map((id) => {
    const userName = names.get(id) ?? id
    const own: AccessPath[] = direct.has(id) ? [{ type: 'USER', id: id as UserId, name: userName }] : []
    const shared = groups
      .filter((group) => memberships.has(`${group.id} ${id}`))
      .map(
        ({ id: groupId, display_name }): AccessPath => ({ type: 'GROUP', id: groupId as GroupId, name: display_name }),
      )
    return { userId: id as UserId, userName, through: [...own, ...shared] }
  })
}

/** As the databases sort: ids are ASCII. */
const byBytes = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0)

async function listMemberships(
  connection: Connection,
  groupIds: readonly string[],
  userIds: readonly string[],
): Promise<Set<string>> {
  if (groupIds.length === 0 || userIds.length === 0) return new Set()
  const rows = await connection.query((db) =>
    db
      .selectFrom('group_memberships')
      .where('user_id', 'in', userIds)
      .where('group_id', 'in', groupIds)
      .select(['group_id', 'user_id']),
  )
  return new Set(rows.map(({ group_id, user_id }) => `${group_id} ${user_id}`))
}
