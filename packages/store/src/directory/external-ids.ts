/** What other directories call users and groups, in SQL: for finding them. */

import type { ExternalId } from '@mayfly/identity-center/directory/user-profile'
import { createCodec, type RowOf } from '../database/codec.ts'
import type { Connection } from '../database/connection.ts'
import { prepare, row } from '../database/query.ts'
import type { FlatExternalId } from '../database/schema/directory.ts'

const codec = createCodec<FlatExternalId>({ principalType: 'text', issuer: 'text', id: 'text', principalId: 'text' })

const find = prepare((db, { type, issuer, id }: { type: string; issuer: string; id: string }) =>
  db
    .selectFrom('external_ids')
    .select('principal_id')
    .where('principal_type', '=', type as 'USER')
    .where('issuer', '=', issuer)
    .where('id', '=', id),
)
const listOfId = prepare((db, { type, id }: { type: string; id: string }) =>
  db
    .selectFrom('external_ids')
    .select('principal_id')
    .where('id', '=', id)
    .where('principal_type', '=', type as 'USER')
    .limit(2),
)
const insert = prepare((db, externalId: RowOf<FlatExternalId>) =>
  db.insertInto('external_ids').values(row(externalId, codec.columns)),
)
const removeOfPrincipal = prepare((db, { principalId }: { principalId: string }) =>
  db.deleteFrom('external_ids').where('principal_id', '=', principalId),
)

type PrincipalType = FlatExternalId['principalType']

export async function findByExternalId(
  connection: Connection,
  type: PrincipalType,
  { issuer, id }: ExternalId,
): Promise<string | undefined> {
  return (await connection.first(find, { type, issuer, id }))?.principal_id
}

/** Whoever is called so by any other directory; no more than two, which is one too many. */
export async function listByExternalId(connection: Connection, type: PrincipalType, id: string): Promise<string[]> {
  return (await connection.all(listOfId, { type, id })).map(({ principal_id }) => principal_id)
}

/** Refuses with `conflict` when one of them is another's. */
export async function insertExternalIds(
  connection: Connection,
  principal: { readonly type: PrincipalType; readonly id: string },
  externalIds: readonly ExternalId[],
): Promise<void> {
  for (const { issuer, id } of externalIds) {
    const flat: FlatExternalId = { principalType: principal.type, issuer, id, principalId: principal.id }
    await connection.all(insert, codec.encode(flat))
  }
}

export async function deleteExternalIds(connection: Connection, principalId: string): Promise<void> {
  await connection.all(removeOfPrincipal, { principalId })
}
