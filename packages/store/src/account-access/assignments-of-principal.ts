/** What one principal holds, page by page along the index: of a user its own assignments, then group by group. */

import type { AccountAssignment, Principal } from '@mayfly/identity-center/account-access/account-assignment'
import type { AccountId, GroupId } from '@mayfly/identity-center/identifiers'
import type { RowOf } from '../database/codec.ts'
import type { Connection } from '../database/connection.ts'
import { keyOf, type Page, type PageRequest, pageOf } from '../database/page.ts'
import { type Builder, prepare } from '../database/query.ts'
import type { FlatAssignment } from '../database/schema.ts'
import { decodeAssignment } from './flat-assignment.ts'

interface Asked {
  readonly principal: Principal
  readonly accountId?: AccountId
}

type Row = RowOf<FlatAssignment>

/** The members of the cursor behind the group. Without a group it lies among the principal's own assignments. */
interface Place {
  readonly account: string
  readonly set: string
}

interface Holder extends Place {
  readonly id: string
  readonly type: Principal['type']
  readonly limit: number
}

const assignmentsOf = (db: Builder, { id, type, account, set, limit }: Holder) =>
  db
    .selectFrom('account_assignments')
    .selectAll()
    .where('principal_id', '=', id)
    .where('principal_type', '=', type)
    .where(({ eb, refTuple, tuple }) => eb(refTuple('account_id', 'permission_set_arn'), '>', tuple(account, set)))
    .orderBy('account_id')
    .orderBy('permission_set_arn')
    .limit(limit)

const heldBy = prepare((db, holder: Holder) => assignmentsOf(db, holder))
const heldByIn = prepare((db, holder: Holder & { readonly accountId: string }) =>
  assignmentsOf(db, holder).where('account_id', '=', holder.accountId),
)

export async function listForPrincipal(
  connection: Connection,
  asked: Asked,
  page: PageRequest,
): Promise<Page<AccountAssignment>> {
  const [group = '', account = '', set = ''] = keyOf(page, 3)
  const place = { account, set }
  const limit = page.limit + 1
  const { principal, accountId } = asked
  const found: { readonly row: Row; readonly group: string }[] = []
  const take = async (holder: Principal, from: Place): Promise<void> => {
    const rows = await listOwn(
      connection,
      { principal: holder, accountId },
      { place: from, limit: limit - found.length },
    )
    for (const row of rows) found.push({ row, group: holder === principal ? '' : holder.id })
  }
  if (group === '') await take(principal, place)
  const groups = principal.type === 'USER' ? await listGroups(connection, asked, { group, limit }) : []
  for (const id of groups) {
    if (found.length >= limit) break
    await take({ type: 'GROUP', id }, id === group ? place : { account: '', set: '' })
  }
  return pageOf(found, page, {
    decode: ({ row }) => decodeAssignment(row),
    keyOf: (last) => [last.group, last.row.account_id, last.row.permission_set_arn],
  })
}

interface Held {
  readonly principal: Principal
  readonly accountId: AccountId | undefined
}

async function listOwn(
  connection: Connection,
  { principal, accountId }: Held,
  { place, limit }: { readonly place: Place; readonly limit: number },
): Promise<Row[]> {
  const asked = { id: principal.id, type: principal.type, ...place, limit }
  return accountId === undefined
    ? await connection.all(heldBy, asked)
    : await connection.all(heldByIn, { ...asked, accountId })
}

/** The user's groups from `group` on that hold something. Each gives at least one item, so a page needs no more. */
async function listGroups(
  connection: Connection,
  { principal, accountId }: Asked,
  { group, limit }: { readonly group: string; readonly limit: number },
): Promise<GroupId[]> {
  const rows = await connection.query((db) =>
    db
      .selectFrom('group_memberships as membership')
      .select('membership.group_id')
      .where('membership.user_id', '=', principal.id)
      .where('membership.group_id', '>=', group)
      .where(({ exists, selectFrom }) => {
        const held = selectFrom('account_assignments as held')
          .whereRef('held.principal_id', '=', 'membership.group_id')
          .where('held.principal_type', '=', 'GROUP')
          .select('held.account_id')
        return exists(accountId === undefined ? held : held.where('held.account_id', '=', accountId))
      })
      .orderBy('membership.group_id')
      .limit(limit),
  )
  return rows.map(({ group_id }) => group_id as GroupId)
}
