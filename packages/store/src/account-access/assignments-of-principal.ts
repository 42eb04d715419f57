/** What one principal holds, page by page along the index: of a user its own assignments, then group by group. */

import type { AccountAssignment, Principal } from '@mayfly/identity-center/account-access/account-assignment'
import type { AccountId } from '@mayfly/identity-center/identifiers'
import type { RowOf } from '../database/codec.ts'
import type { Connection } from '../database/connection.ts'
import { keyOf, type Page, type PageRequest, pageOf } from '../database/page.ts'
import type { FlatAssignment } from '../database/schema.ts'
import { decodeAssignment } from './flat-assignment.ts'

interface Asked {
  readonly principal: Principal
  readonly accountId?: AccountId
}

type Row = RowOf<FlatAssignment>

/** The members of the cursor. Without a group it lies among the principal's own assignments. */
interface Place {
  readonly group: string
  readonly account: string
  readonly set: string
}

export async function listForPrincipal(
  connection: Connection,
  asked: Asked,
  page: PageRequest,
): Promise<Page<AccountAssignment>> {
  const [group = '', account = '', set = ''] = keyOf(page, 3)
  const place = { group, account, set }
  const limit = page.limit + 1
  const rows = group === '' ? await listOwn(connection, asked, { place, limit }) : []
  if (asked.principal.type === 'USER' && rows.length < limit) {
    const start = group === '' ? { group, account: '', set: '' } : place
    rows.push(...(await listOfGroups(connection, asked, { place: start, limit: limit - rows.length })))
  }
  return pageOf(rows, page, {
    decode: decodeAssignment,
    keyOf: (last) => [groupOf(last), last.account_id, last.permission_set_arn],
  })
}

/** A group that is asked for itself holds its own. */
const groupOf = (row: Row & { readonly own?: true }): string => (row.own === true ? '' : row.principal_id)

interface Part {
  readonly place: Place
  readonly limit: number
}

async function listOwn(
  connection: Connection,
  { principal, accountId }: Asked,
  { place, limit }: Part,
): Promise<(Row & { own?: true })[]> {
  const rows = await connection.query((db) => {
    const query = db
      .selectFrom('account_assignments')
      .selectAll()
      .where('principal_id', '=', principal.id)
      .where('principal_type', '=', principal.type)
      .where(({ eb, refTuple, tuple }) =>
        eb(refTuple('account_id', 'permission_set_arn'), '>', tuple(place.account, place.set)),
      )
      .orderBy('account_id')
      .orderBy('permission_set_arn')
      .limit(limit)
    return accountId === undefined ? query : query.where('account_id', '=', accountId)
  })
  return rows.map((found) => ({ ...found, own: true }))
}

async function listOfGroups(
  connection: Connection,
  { principal, accountId }: Asked,
  { place, limit }: Part,
): Promise<Row[]> {
  return await connection.query((db) => {
    const query = db
      .selectFrom('group_memberships as membership')
      .innerJoin('account_assignments as held', 'held.principal_id', 'membership.group_id')
      .selectAll('held')
      .where('membership.user_id', '=', principal.id)
      .where('membership.group_id', '>=', place.group)
      .where('held.principal_type', '=', 'GROUP')
      .where(({ eb, or, refTuple, tuple }) =>
        or([
          eb('membership.group_id', '>', place.group),
          eb(refTuple('held.account_id', 'held.permission_set_arn'), '>', tuple(place.account, place.set)),
        ]),
      )
      .orderBy('membership.group_id')
      .orderBy('held.account_id')
      .orderBy('held.permission_set_arn')
      .limit(limit)
    return accountId === undefined ? query : query.where('held.account_id', '=', accountId)
  })
}
