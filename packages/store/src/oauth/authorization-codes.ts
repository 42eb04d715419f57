/** Authorization codes, in SQL. Each works once. */

import type { SecretHash, TokenFamilyId } from '@mayfly/identity-center/identifiers'
import type { AuthorizationCode } from '@mayfly/identity-center/oauth/authorization-code'
import { createCodec, type RowOf, timeText } from '../database/codec.ts'
import type { Connection } from '../database/connection.ts'
import { prepare, row } from '../database/query.ts'

const codec = createCodec<AuthorizationCode>({
  codeHash: 'text',
  clientId: 'text',
  userId: 'text',
  sessionId: 'text',
  redirectUri: 'text',
  codeChallenge: 'text',
  scopes: 'json',
  createdAt: 'time',
  expiresAt: 'time',
  consumedAt: 'time?',
  tokenFamilyId: 'text?',
})

const insert = prepare((db, code: RowOf<AuthorizationCode>) =>
  db.insertInto('authorization_codes').values(row(code, codec.columns)),
)
const find = prepare((db, { hash }: { hash: string }) =>
  db.selectFrom('authorization_codes').selectAll().where('code_hash', '=', hash),
)
const consume = prepare((db, { hash, now }: { hash: string; now: string }) =>
  db
    .updateTable('authorization_codes')
    .set({ consumed_at: now })
    .where('code_hash', '=', hash)
    .where('consumed_at', 'is', null)
    .returningAll(),
)
const recordFamily = prepare((db, { hash, familyId }: { hash: string; familyId: string }) =>
  db.updateTable('authorization_codes').set({ token_family_id: familyId }).where('code_hash', '=', hash),
)
const deleteExpired = prepare((db, { now }: { now: string }) =>
  db.deleteFrom('authorization_codes').where('expires_at', '<=', now).returning('code_hash'),
)

export class AuthorizationCodes {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  async insert(code: AuthorizationCode): Promise<void> {
    await this.#connection.all(insert, codec.encode(code))
  }

  async find(hash: SecretHash): Promise<AuthorizationCode | undefined> {
    const found = await this.#connection.first(find, { hash })
    return found && codec.decode(found)
  }

  /** The code, for the one who came first; undefined for everyone after. */
  async consume(hash: SecretHash, now: Date): Promise<AuthorizationCode | undefined> {
    const found = await this.#connection.first(consume, { hash, now: timeText(now) })
    return found && codec.decode(found)
  }

  /** Remembers what was issued for it, so that it can be revoked when the code comes again. */
  async recordFamily(hash: SecretHash, familyId: TokenFamilyId): Promise<void> {
    await this.#connection.all(recordFamily, { hash, familyId })
  }

  async deleteExpired(now: Date): Promise<number> {
    return (await this.#connection.all(deleteExpired, { now: timeText(now) })).length
  }
}
