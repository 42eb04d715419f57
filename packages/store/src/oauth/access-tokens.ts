/** Access tokens, in SQL: their hashes, and the family that each belongs to. */

import type { SecretHash } from '@mayfly/identity-center/identifiers'
import type { AccessToken, TokenFamily } from '@mayfly/identity-center/oauth/access-token'
import { createCodec, type RowOf, timeText } from '../database/codec.ts'
import type { Connection } from '../database/connection.ts'
import { prepare, row } from '../database/query.ts'
import { familyCodec } from './token-families.ts'

const codec = createCodec<AccessToken>({ tokenHash: 'text', familyId: 'text', issuedAt: 'time', expiresAt: 'time' })

const insert = prepare((db, token: RowOf<AccessToken>) =>
  db.insertInto('access_tokens').values(row(token, codec.columns)),
)
const findWithFamily = prepare((db, { hash }: { hash: string }) =>
  db
    .selectFrom('access_tokens as token')
    .innerJoin('token_families as family', 'family.id', 'token.family_id')
    .where('token.token_hash', '=', hash)
    .selectAll('family')
    .select(['token.token_hash', 'token.family_id', 'token.issued_at', 'token.expires_at as token_expires_at']),
)
const deleteExpired = prepare((db, { now }: { now: string }) =>
  db.deleteFrom('access_tokens').where('expires_at', '<=', now).returning('token_hash'),
)

export class AccessTokens {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  async insert(token: AccessToken): Promise<void> {
    await this.#connection.all(insert, codec.encode(token))
  }

  /** The token and its family, expired or revoked as they may be. */
  async findWithFamily(
    hash: SecretHash,
  ): Promise<{ readonly token: AccessToken; readonly family: TokenFamily } | undefined> {
    const found = await this.#connection.first(findWithFamily, { hash })
    if (found === undefined) return undefined
    return {
      token: codec.decode({ ...found, expires_at: found.token_expires_at }),
      family: familyCodec.decode(found),
    }
  }

  async deleteExpired(now: Date): Promise<number> {
    return (await this.#connection.all(deleteExpired, { now: timeText(now) })).length
  }
}
