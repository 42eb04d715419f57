/** Sessions, in SQL. */

import type { SecretHash, SessionId, UserId } from '@mayfly/identity-center/identifiers'
import type { Session } from '@mayfly/identity-center/sign-in/session'
import { createCodec, type RowOf, timeText } from '../database/codec.ts'
import type { Connection } from '../database/connection.ts'
import { prepare, row } from '../database/query.ts'

const codec = createCodec<Session>({
  id: 'text',
  cookieHash: 'text',
  userId: 'text',
  requester: 'json',
  mfa: 'boolean',
  createdAt: 'time',
  expiresAt: 'time',
  endedAt: 'time?',
})

const insert = prepare((db, session: RowOf<Session>) => db.insertInto('sessions').values(row(session, codec.columns)))
const findByCookie = prepare((db, { hash }: { hash: string }) =>
  db.selectFrom('sessions').selectAll().where('cookie_hash', '=', hash),
)
const find = prepare((db, { id }: { id: string }) => db.selectFrom('sessions').selectAll().where('id', '=', id))
const listOfUser = prepare((db, { userId, now }: { userId: string; now: string }) =>
  db
    .selectFrom('sessions')
    .selectAll()
    .where('user_id', '=', userId)
    .where('ended_at', 'is', null)
    .where('expires_at', '>', now)
    .orderBy('created_at')
    .orderBy('id'),
)
const end = prepare((db, { id, now }: { id: string; now: string }) =>
  db.updateTable('sessions').set({ ended_at: now }).where('id', '=', id).where('ended_at', 'is', null).returning('id'),
)
const endOfUser = prepare((db, { userId, now }: { userId: string; now: string }) =>
  db
    .updateTable('sessions')
    .set({ ended_at: now })
    .where('user_id', '=', userId)
    .where('ended_at', 'is', null)
    .returning('id'),
)
const recordSecondFactor = prepare((db, { id, mfa }: { id: string; mfa: number }) =>
  db.updateTable('sessions').set({ mfa }).where('id', '=', id),
)
const deleteExpired = prepare((db, { now }: { now: string }) =>
  db.deleteFrom('sessions').where('expires_at', '<=', now).returning('id'),
)

const countLive = prepare((db, { now }: { now: string }) =>
  db
    .selectFrom('sessions')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('expires_at', '>', now)
    .where('ended_at', 'is', null),
)

export class Sessions {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  async insert(session: Session): Promise<void> {
    await this.#connection.all(insert, codec.encode(session))
  }

  /** Ended or expired as it may be. */
  async findByCookie(hash: SecretHash): Promise<Session | undefined> {
    const found = await this.#connection.first(findByCookie, { hash })
    return found && codec.decode(found)
  }

  /** Likewise. */
  async find(id: SessionId): Promise<Session | undefined> {
    const found = await this.#connection.first(find, { id })
    return found && codec.decode(found)
  }

  /** Those that are alive, oldest first. */
  async listOfUser(userId: UserId, now: Date): Promise<Session[]> {
    return (await this.#connection.all(listOfUser, { userId, now: timeText(now) })).map(codec.decode)
  }

  /** True for the one who ended it. */
  async end(id: SessionId, now: Date): Promise<boolean> {
    return (await this.#connection.all(end, { id, now: timeText(now) })).length > 0
  }

  /** The ids of those that were ended. */
  async endOfUser(userId: UserId, now: Date): Promise<SessionId[]> {
    return (await this.#connection.all(endOfUser, { userId, now: timeText(now) })).map(({ id }) => id as SessionId)
  }

  /** A second factor was shown after the session had begun. */
  async recordSecondFactor(id: SessionId): Promise<void> {
    await this.#connection.all(recordSecondFactor, { id, mfa: 1 })
  }

  async deleteExpired(now: Date): Promise<number> {
    return (await this.#connection.all(deleteExpired, { now: timeText(now) })).length
  }

  /** How many browsers are signed in. */
  async countLive(now: Date): Promise<number> {
    return (await this.#connection.first(countLive, { now: timeText(now) }))?.count ?? 0
  }
}
