/** Recovery codes, in SQL: their hashes. */

import type { SecretHash, UserId } from '@mayfly/identity-center/identifiers'
import type { RecoveryCode } from '@mayfly/identity-center/sign-in/mfa-device'
import { createCodec, type RowOf, timeText } from '../database/codec.ts'
import type { Connection } from '../database/connection.ts'
import { prepare, row } from '../database/query.ts'

const codec = createCodec<RecoveryCode>({ userId: 'text', codeHash: 'text', createdAt: 'time', usedAt: 'time?' })

const deleteOfUser = prepare((db, { userId }: { userId: string }) =>
  db.deleteFrom('recovery_codes').where('user_id', '=', userId),
)
const insert = prepare((db, code: RowOf<RecoveryCode>) =>
  db.insertInto('recovery_codes').values(row(code, codec.columns)),
)
const consume = prepare((db, { userId, hash, now }: { userId: string; hash: string; now: string }) =>
  db
    .updateTable('recovery_codes')
    .set({ used_at: now })
    .where('user_id', '=', userId)
    .where('code_hash', '=', hash)
    .where('used_at', 'is', null)
    .returning('user_id'),
)
const countUnused = prepare((db, { userId }: { userId: string }) =>
  db
    .selectFrom('recovery_codes')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('user_id', '=', userId)
    .where('used_at', 'is', null),
)

export class RecoveryCodes {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /** The new ones take the place of all before, used or not. */
  async replaceOfUser(userId: UserId, codes: readonly RecoveryCode[]): Promise<void> {
    await this.#connection.atomically(async (connection) => {
      await connection.all(deleteOfUser, { userId })
      for (const code of codes) await connection.all(insert, codec.encode(code))
    })
  }

  /** True for the one who used it first. */
  async consume(userId: UserId, hash: SecretHash, now: Date): Promise<boolean> {
    return (await this.#connection.all(consume, { userId, hash, now: timeText(now) })).length > 0
  }

  async countUnused(userId: UserId): Promise<number> {
    return (await this.#connection.first(countUnused, { userId }))?.count ?? 0
  }
}
