/** Refresh tokens, in SQL: their hashes, and when each had a successor. */

import type { SecretHash } from '@mayfly/identity-center/identifiers'
import type { RefreshToken, TokenFamily } from '@mayfly/identity-center/oauth/access-token'
import { createCodec, type RowOf, timeText } from '../database/codec.ts'
import type { Connection } from '../database/connection.ts'
import { prepare, row } from '../database/query.ts'
import { familyCodec } from './token-families.ts'

const codec = createCodec<RefreshToken>({
  tokenHash: 'text',
  familyId: 'text',
  issuedAt: 'time',
  expiresAt: 'time',
  rotatedAt: 'time?',
})

const insert = prepare((db, token: RowOf<RefreshToken>) =>
  db.insertInto('refresh_tokens').values(row(token, codec.columns)),
)
const findWithFamily = prepare((db, { hash }: { hash: string }) =>
  db
    .selectFrom('refresh_tokens as token')
    .innerJoin('token_families as family', 'family.id', 'token.family_id')
    .where('token.token_hash', '=', hash)
    .selectAll('family')
    .select([
      'token.token_hash',
      'token.family_id',
      'token.issued_at',
      'token.expires_at as token_expires_at',
      'token.rotated_at',
    ]),
)
const rotate = prepare((db, { hash, now }: { hash: string; now: string }) =>
  db
    .updateTable('refresh_tokens')
    .set({ rotated_at: now })
    .where('token_hash', '=', hash)
    .where('rotated_at', 'is', null)
    .returningAll(),
)
const deleteExpired = prepare((db, { now }: { now: string }) =>
  db.deleteFrom('refresh_tokens').where('expires_at', '<=', now).returning('token_hash'),
)

export class RefreshTokens {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  async insert(token: RefreshToken): Promise<void> {
    await this.#connection.all(insert, codec.encode(token))
  }

  /** The token and its family, expired, rotated or revoked as they may be. */
  async findWithFamily(
    hash: SecretHash,
  ): Promise<{ readonly token: RefreshToken; readonly family: TokenFamily } | undefined> {
    const found = await this.#connection.first(findWithFamily, { hash })
    if (found === undefined) return undefined
    return {
      token: codec.decode({ ...found, expires_at: found.token_expires_at }),
      family: familyCodec.decode(found),
    }
  }

  /** The token, for the one who came first; undefined for everyone after. */
  async rotate(hash: SecretHash, now: Date): Promise<RefreshToken | undefined> {
    const found = await this.#connection.first(rotate, { hash, now: timeText(now) })
    return found && codec.decode(found)
  }

  async deleteExpired(now: Date): Promise<number> {
    return (await this.#connection.all(deleteExpired, { now: timeText(now) })).length
  }
}
