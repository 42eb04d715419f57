/** Sign-in attempts, in SQL: counted before they are checked, however many come at once. */

import {
  type AttemptCount,
  type AttemptRule,
  type AttemptSubject,
  type CountedAttempt,
  nextAttempt,
  SIGN_IN_RULE,
} from '@mayfly/identity-center/sign-in/sign-in-attempt'
import { createCodec, type RowOf, timeText } from '../database/codec.ts'
import type { Connection } from '../database/connection.ts'
import { prepare, row } from '../database/query.ts'

const codec = createCodec<AttemptCount>({
  subject: 'text',
  count: 'number',
  lastAttemptAt: 'time',
  blockedUntil: 'time?',
})

const find = prepare((db, { subject }: { subject: string }) =>
  db.selectFrom('sign_in_attempts').selectAll().where('subject', '=', subject),
)
/** Makes the row or writes it as it is: either way it is ours until the end of the transaction. */
const lock = prepare((db, attempt: RowOf<AttemptCount>) =>
  db
    .insertInto('sign_in_attempts')
    .values(row(attempt, codec.columns))
    .onConflict((conflict) =>
      conflict.column('subject').doUpdateSet((existing) => ({ count: existing.ref('sign_in_attempts.count') })),
    )
    .returningAll(),
)
const update = prepare((db, attempt: RowOf<AttemptCount>) =>
  db.updateTable('sign_in_attempts').set(row(attempt, codec.columns)).where('subject', '=', attempt.subject),
)
const clear = prepare((db, { subject }: { subject: string }) =>
  db.deleteFrom('sign_in_attempts').where('subject', '=', subject),
)
const deleteBefore = prepare((db, { moment }: { moment: string }) =>
  db.deleteFrom('sign_in_attempts').where('last_attempt_at', '<', moment).returning('subject'),
)

export class SignInAttempts {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /**
   * Counts one more attempt, to be called before it is checked. Ask `mayTry` whether
   * it may be.
   */
  async count(subject: AttemptSubject, now: Date, rule: AttemptRule = SIGN_IN_RULE): Promise<CountedAttempt> {
    return this.#connection.atomically(async (connection) => {
      const none = codec.encode({ subject, count: 0, lastAttemptAt: now })
      const found = await connection.first(lock, none)
      const previous = found !== undefined && found.count > 0 ? codec.decode(found) : undefined
      const attempt = nextAttempt(subject, previous, { now, rule })
      await connection.all(update, codec.encode(attempt))
      return attempt
    }, 'read-committed')
  }

  /** Forgets them, after a success. */
  async clear(subject: AttemptSubject): Promise<void> {
    await this.#connection.all(clear, { subject })
  }

  /** Takes some of the counted attempts back, after a success that was among them. */
  async takeBack(subject: AttemptSubject, attempts: number, rule: AttemptRule = SIGN_IN_RULE): Promise<void> {
    await this.#connection.atomically(async (connection) => {
      const found = await connection.first(find, { subject })
      if (found === undefined) return
      const { blockedUntil, ...attempt } = codec.decode(found)
      const count = Math.max(0, attempt.count - attempts)
      const pause = count >= rule.freeAttempts && blockedUntil ? { blockedUntil } : {}
      await connection.all(update, codec.encode({ ...attempt, count, ...pause }))
    })
  }

  async find(subject: AttemptSubject): Promise<AttemptCount | undefined> {
    const found = await this.#connection.first(find, { subject })
    return found && codec.decode(found)
  }

  /** For housekeeping. */
  async deleteBefore(moment: Date): Promise<number> {
    return (await this.#connection.all(deleteBefore, { moment: timeText(moment) })).length
  }
}
