/** E-mail that waits to be sent, in SQL. */

import type { OutboxMessage } from '@mayfly/identity-center/mail'
import { createCodec, type RowOf, timeText } from './database/codec.ts'
import type { Connection } from './database/connection.ts'
import { prepare, row } from './database/query.ts'

const codec = createCodec<OutboxMessage>({
  id: 'text',
  recipient: 'text',
  sealedMessage: 'text',
  createdAt: 'time',
  expiresAt: 'time',
  attempts: 'number',
  nextAttemptAt: 'time',
  lastError: 'text?',
})

const insert = prepare((db, message: RowOf<OutboxMessage>) =>
  db.insertInto('outbox').values(row(message, codec.columns)),
)
const due = prepare((db, { now, limit }: { now: string; limit: number }) =>
  db.selectFrom('outbox').selectAll().where('next_attempt_at', '<=', now).orderBy('next_attempt_at').limit(limit),
)
const claim = prepare(
  (db, { id, attempts, after, next }: { id: string; attempts: number; after: number; next: string }) =>
    db
      .updateTable('outbox')
      .set({ attempts: after, next_attempt_at: next })
      .where('id', '=', id)
      .where('attempts', '=', attempts)
      .returningAll(),
)
const note = prepare((db, { id, error }: { id: string; error: string }) =>
  db.updateTable('outbox').set({ last_error: error }).where('id', '=', id),
)
const remove = prepare((db, { id }: { id: string }) => db.deleteFrom('outbox').where('id', '=', id))
const count = prepare((db, _: object) => db.selectFrom('outbox').select(({ fn }) => fn.countAll<number>().as('count')))

export class Outbox {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  async insert(message: OutboxMessage): Promise<void> {
    await this.#connection.all(insert, codec.encode(message))
  }

  /** Those that may be tried now. */
  async listDue(now: Date, limit: number): Promise<OutboxMessage[]> {
    return (await this.#connection.all(due, { now: timeText(now), limit })).map(codec.decode)
  }

  /** Counts the try that is made now; undefined when another node makes it. */
  async claim({ id, attempts }: OutboxMessage, nextAttemptAt: Date): Promise<OutboxMessage | undefined> {
    const asked = { id, attempts, after: attempts + 1, next: timeText(nextAttemptAt) }
    const claimed = await this.#connection.first(claim, asked)
    return claimed && codec.decode(claimed)
  }

  /** Why a try came to nothing. */
  async noteError(id: string, error: string): Promise<void> {
    await this.#connection.all(note, { id, error })
  }

  async delete(id: string): Promise<void> {
    await this.#connection.all(remove, { id })
  }

  async count(): Promise<number> {
    return (await this.#connection.first(count, {}))?.count ?? 0
  }
}
