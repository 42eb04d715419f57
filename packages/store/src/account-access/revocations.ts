/** What was withdrawn before its time, in SQL. */

import type { Revocation } from '@mayfly/identity-center/revocation'
import { createCodec, type RowOf, timeText } from '../database/codec.ts'
import type { Connection } from '../database/connection.ts'
import { prepare, row } from '../database/query.ts'

const codec = createCodec<Revocation>({ subject: 'text', issuedUntil: 'time', expiresAt: 'time' })

const list = prepare((db, { since }: { since: string }) =>
  db.selectFrom('revocations').selectAll().where('issued_until', '>=', since).orderBy('issued_until'),
)
/** The later one wins, so that two nodes may write in either order. */
const insert = prepare((db, revocation: RowOf<Revocation>) =>
  db
    .insertInto('revocations')
    .values(row(revocation, codec.columns))
    .onConflict((conflict) =>
      conflict
        .column('subject')
        .doUpdateSet(({ ref }) => ({
          issued_until: ref('excluded.issued_until'),
          expires_at: ref('excluded.expires_at'),
        }))
        .whereRef('excluded.issued_until', '>', 'revocations.issued_until'),
    ),
)
const deleteExpired = prepare((db, { now }: { now: string }) =>
  db.deleteFrom('revocations').where('expires_at', '<=', now).returning('subject'),
)

export class Revocations {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /** Those that void what was issued until `since` or later; all of them without it. */
  async list(since?: Date): Promise<Revocation[]> {
    const rows = await this.#connection.all(list, { since: since === undefined ? '' : timeText(since) })
    return rows.map(codec.decode)
  }

  /** One a subject: a later moment replaces an earlier one. */
  async insert(revocation: Revocation): Promise<void> {
    await this.#connection.all(insert, codec.encode(revocation))
  }

  async deleteExpired(now: Date): Promise<number> {
    return (await this.#connection.all(deleteExpired, { now: timeText(now) })).length
  }
}
