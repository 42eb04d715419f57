/** Passwords, in SQL: the hash, and those before it. */

import type { UserId } from '@mayfly/identity-center/identifiers'
import type { PasswordRecord } from '@mayfly/identity-center/sign-in/password'
import { createCodec, type RowOf } from '../database/codec.ts'
import type { Connection } from '../database/connection.ts'
import { prepare, row } from '../database/query.ts'

const codec = createCodec<PasswordRecord>({
  userId: 'text',
  hash: 'text',
  previousHashes: 'json',
  updatedAt: 'time',
})

const find = prepare((db, { userId }: { userId: string }) =>
  db.selectFrom('passwords').selectAll().where('user_id', '=', userId),
)
const put = prepare((db, record: RowOf<PasswordRecord>) =>
  db
    .insertInto('passwords')
    .values(row(record, codec.columns))
    .onConflict((conflict) =>
      conflict.column('user_id').doUpdateSet(({ ref }) => ({
        hash: ref('excluded.hash'),
        previous_hashes: ref('excluded.previous_hashes'),
        updated_at: ref('excluded.updated_at'),
      })),
    ),
)

export class Passwords {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  async find(userId: UserId): Promise<PasswordRecord | undefined> {
    const found = await this.#connection.first(find, { userId })
    return found && codec.decode(found)
  }

  /** Sets the first one, or takes the place of the one before. */
  async put(record: PasswordRecord): Promise<void> {
    await this.#connection.all(put, codec.encode(record))
  }
}
