/** Client tokens, in SQL: what each first create has made. */

import type { ClientToken } from '@mayfly/identity-center/client-token'
import { createCodec, type RowOf, timeText } from './database/codec.ts'
import type { Connection } from './database/connection.ts'
import { prepare, row } from './database/query.ts'

const codec = createCodec<ClientToken>({
  scope: 'text',
  token: 'text',
  inputHash: 'text',
  answer: 'text',
  expiresAt: 'time',
})

const find = prepare((db, { scope, token, now }: { scope: string; token: string; now: string }) =>
  db
    .selectFrom('client_tokens')
    .selectAll()
    .where('scope', '=', scope)
    .where('token', '=', token)
    .where('expires_at', '>', now),
)
/** Takes the place of an expired one only; else the primary key refuses it. */
const deleteStale = prepare((db, { scope, token, now }: { scope: string; token: string; now: string }) =>
  db.deleteFrom('client_tokens').where('scope', '=', scope).where('token', '=', token).where('expires_at', '<=', now),
)
const insert = prepare((db, token: RowOf<ClientToken>) =>
  db.insertInto('client_tokens').values(row(token, codec.columns)),
)
const deleteExpired = prepare((db, { now }: { now: string }) =>
  db.deleteFrom('client_tokens').where('expires_at', '<=', now).returning('token'),
)

export class ClientTokens {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /** The record of an earlier create with the same token, while it lives. */
  async find(scope: string, token: string, now: Date): Promise<ClientToken | undefined> {
    const found = await this.#connection.first(find, { scope, token, now: timeText(now) })
    return found && codec.decode(found)
  }

  /** Refuses with `conflict` when another create with the same token came in between. */
  async insert(token: ClientToken, now: Date): Promise<void> {
    await this.#connection.all(deleteStale, { scope: token.scope, token: token.token, now: timeText(now) })
    await this.#connection.all(insert, codec.encode(token))
  }

  async deleteExpired(now: Date): Promise<number> {
    return (await this.#connection.all(deleteExpired, { now: timeText(now) })).length
  }
}
