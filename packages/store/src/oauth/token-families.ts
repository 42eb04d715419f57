/** Token families, in SQL. */

import type { SessionId, TokenFamilyId, UserId } from '@mayfly/identity-center/identifiers'
import type { TokenFamily } from '@mayfly/identity-center/oauth/access-token'
import { createCodec, type RowOf, timeText } from '../database/codec.ts'
import type { Connection } from '../database/connection.ts'
import { prepare, row } from '../database/query.ts'

export const familyCodec = createCodec<TokenFamily>({
  id: 'text',
  userId: 'text',
  sessionId: 'text',
  clientId: 'text',
  clientName: 'text',
  scopes: 'json',
  grant: 'text',
  requester: 'json',
  createdAt: 'time',
  expiresAt: 'time',
  lastUsedAt: 'time',
  revokedAt: 'time?',
})

const insert = prepare((db, family: RowOf<TokenFamily>) =>
  db.insertInto('token_families').values(row(family, familyCodec.columns)),
)
const find = prepare((db, { id }: { id: string }) => db.selectFrom('token_families').selectAll().where('id', '=', id))
const listOfUser = prepare((db, { id }: { id: string }) =>
  db.selectFrom('token_families').selectAll().where('user_id', '=', id).orderBy('created_at').orderBy('id'),
)
const listOfSession = prepare((db, { id }: { id: string }) =>
  db.selectFrom('token_families').selectAll().where('session_id', '=', id).orderBy('created_at').orderBy('id'),
)
const touch = prepare((db, { id, now }: { id: string; now: string }) =>
  db
    .updateTable('token_families')
    .set(({ eb }) => ({
      last_used_at: eb.case().when('last_used_at', '<', now).then(now).else(eb.ref('last_used_at')).end(),
    }))
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .returning('id'),
)
const revoke = prepare((db, { id, now }: { id: string; now: string }) =>
  db
    .updateTable('token_families')
    .set({ revoked_at: now })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .returning('id'),
)
const revokeOfSession = prepare((db, { id, now }: { id: string; now: string }) =>
  db
    .updateTable('token_families')
    .set({ revoked_at: now })
    .where('session_id', '=', id)
    .where('revoked_at', 'is', null)
    .returning('id'),
)
const revokeOfUser = prepare((db, { id, now }: { id: string; now: string }) =>
  db
    .updateTable('token_families')
    .set({ revoked_at: now })
    .where('user_id', '=', id)
    .where('revoked_at', 'is', null)
    .returning('id'),
)
const deleteExpired = prepare((db, { now }: { now: string }) =>
  db.deleteFrom('token_families').where('expires_at', '<=', now).returning('id'),
)

export class TokenFamilies {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  async insert(family: TokenFamily): Promise<void> {
    await this.#connection.all(insert, familyCodec.encode(family))
  }

  async find(id: TokenFamilyId): Promise<TokenFamily | undefined> {
    const found = await this.#connection.first(find, { id })
    return found && familyCodec.decode(found)
  }

  /** Oldest first, the revoked and expired ones too, until housekeeping takes them. */
  async listOfUser(id: UserId): Promise<TokenFamily[]> {
    return (await this.#connection.all(listOfUser, { id })).map(familyCodec.decode)
  }

  /** Likewise. */
  async listOfSession(id: SessionId): Promise<TokenFamily[]> {
    return (await this.#connection.all(listOfSession, { id })).map(familyCodec.decode)
  }

  /**
   * Notes that it was used; a clock that went back changes nothing. False when it has been revoked or has gone: then
   * nothing may be issued for it.
   */
  async touch(id: TokenFamilyId, now: Date): Promise<boolean> {
    return (await this.#connection.all(touch, { id, now: timeText(now) })).length > 0
  }

  /** True for the one who revoked it. */
  async revoke(id: TokenFamilyId, now: Date): Promise<boolean> {
    return (await this.#connection.all(revoke, { id, now: timeText(now) })).length > 0
  }

  /** How many were revoked. */
  async revokeOfSession(id: SessionId, now: Date): Promise<number> {
    return (await this.#connection.all(revokeOfSession, { id, now: timeText(now) })).length
  }

  /** How many were revoked. */
  async revokeOfUser(id: UserId, now: Date): Promise<number> {
    return (await this.#connection.all(revokeOfUser, { id, now: timeText(now) })).length
  }

  /** Takes their tokens along. */
  async deleteExpired(now: Date): Promise<number> {
    return (await this.#connection.all(deleteExpired, { now: timeText(now) })).length
  }
}
