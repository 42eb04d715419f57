/** One-time links, in SQL. */

import type { SecretHash, UserId } from '@mayfly/identity-center/identifiers'
import type { OneTimeLink, OneTimeLinkPurpose } from '@mayfly/identity-center/sign-in/one-time-link'
import { createCodec, type RowOf, timeText } from '../database/codec.ts'
import type { Connection } from '../database/connection.ts'
import { prepare, row } from '../database/query.ts'

const codec = createCodec<OneTimeLink>({
  tokenHash: 'text',
  purpose: 'text',
  userId: 'text?',
  createdAt: 'time',
  expiresAt: 'time',
  consumedAt: 'time?',
})

const insert = prepare((db, link: RowOf<OneTimeLink>) =>
  db.insertInto('one_time_links').values(row(link, codec.columns)),
)
const find = prepare((db, { hash }: { hash: string }) =>
  db.selectFrom('one_time_links').selectAll().where('token_hash', '=', hash),
)
const consume = prepare((db, { hash, now }: { hash: string; now: string }) =>
  db
    .updateTable('one_time_links')
    .set({ consumed_at: now })
    .where('token_hash', '=', hash)
    .where('consumed_at', 'is', null)
    .where('expires_at', '>', now)
    .returningAll(),
)
const deleteOfPurpose = prepare((db, { purpose }: { purpose: string }) =>
  db.deleteFrom('one_time_links').where('purpose', '=', purpose).returning('token_hash'),
)
const findOfUser = prepare((db, { userId, now }: { userId: string; now: string }) =>
  db
    .selectFrom('one_time_links')
    .selectAll()
    .where('user_id', '=', userId)
    .where('consumed_at', 'is', null)
    .where('expires_at', '>', now)
    .orderBy('expires_at', 'desc')
    .limit(1),
)
const deleteOfUser = prepare((db, { userId }: { userId: string }) =>
  db.deleteFrom('one_time_links').where('user_id', '=', userId),
)
const deleteExpired = prepare((db, { now }: { now: string }) =>
  db.deleteFrom('one_time_links').where('expires_at', '<=', now).returning('token_hash'),
)

export class OneTimeLinks {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  async insert(link: OneTimeLink): Promise<void> {
    await this.#connection.all(insert, codec.encode(link))
  }

  /** Used or expired as it may be. */
  async find(hash: SecretHash): Promise<OneTimeLink | undefined> {
    const found = await this.#connection.first(find, { hash })
    return found && codec.decode(found)
  }

  /** The one that may be followed for the longest time, while it may. */
  async findOfUser(userId: UserId, now: Date): Promise<OneTimeLink | undefined> {
    const found = await this.#connection.first(findOfUser, { userId, now: timeText(now) })
    return found && codec.decode(found)
  }

  /** The link, for the one who came first and in time. */
  async consume(hash: SecretHash, now: Date): Promise<OneTimeLink | undefined> {
    const found = await this.#connection.first(consume, { hash, now: timeText(now) })
    return found && codec.decode(found)
  }

  async deleteOfPurpose(purpose: OneTimeLinkPurpose): Promise<number> {
    return (await this.#connection.all(deleteOfPurpose, { purpose })).length
  }

  async deleteOfUser(userId: UserId): Promise<void> {
    await this.#connection.all(deleteOfUser, { userId })
  }

  async deleteExpired(now: Date): Promise<number> {
    return (await this.#connection.all(deleteExpired, { now: timeText(now) })).length
  }
}
