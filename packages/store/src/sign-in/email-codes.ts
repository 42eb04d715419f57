/** Codes sent by e-mail, in SQL. */

import type { SecretHash } from '@mayfly/identity-center/identifiers'
import type { EmailCode } from '@mayfly/identity-center/sign-in/email-code'
import { createCodec, type RowOf, timeText } from '../database/codec.ts'
import type { Connection } from '../database/connection.ts'
import { prepare, row } from '../database/query.ts'

const codec = createCodec<EmailCode>({
  workflowId: 'text',
  userId: 'text',
  codeHash: 'text',
  createdAt: 'time',
  expiresAt: 'time',
  tries: 'number',
  consumedAt: 'time?',
})

const put = prepare((db, code: RowOf<EmailCode>) =>
  db
    .insertInto('email_codes')
    .values(row(code, codec.columns))
    .onConflict((conflict) =>
      conflict
        .column('workflow_id')
        .doUpdateSet({ code_hash: code.code_hash })
        .where('email_codes.consumed_at', 'is', null),
    ),
)
const countTry = prepare((db, { workflowId, now, most }: { workflowId: string; now: string; most: number }) =>
  db
    .updateTable('email_codes')
    .set(({ eb }) => ({ tries: eb('tries', '+', 1) }))
    .where('workflow_id', '=', workflowId)
    .where('tries', '<', most)
    .where('consumed_at', 'is', null)
    .where('expires_at', '>', now)
    .returningAll(),
)
const consume = prepare((db, { workflowId, hash, now }: { workflowId: string; hash: string; now: string }) =>
  db
    .updateTable('email_codes')
    .set({ consumed_at: now })
    .where('workflow_id', '=', workflowId)
    .where('code_hash', '=', hash)
    .where('consumed_at', 'is', null)
    .returning('user_id'),
)
const deleteExpired = prepare((db, { now }: { now: string }) =>
  db.deleteFrom('email_codes').where('expires_at', '<=', now).returning('workflow_id'),
)

export class EmailCodes {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /** A sign-in has one code: when its mail is written anew, the new code counts, and the tries stay counted. */
  async insert(code: EmailCode): Promise<void> {
    await this.#connection.all(put, codec.encode(code))
  }

  /** Counts a try before it is looked at; undefined when there is no code to try, or no try left. */
  async countTry(workflowId: string, now: Date, most: number): Promise<EmailCode | undefined> {
    const found = await this.#connection.first(countTry, { workflowId, now: timeText(now), most })
    return found && codec.decode(found)
  }

  /** True for the one who came first with the right code. */
  async consume(workflowId: string, hash: SecretHash, now: Date): Promise<boolean> {
    return (await this.#connection.all(consume, { workflowId, hash, now: timeText(now) })).length > 0
  }

  async deleteExpired(now: Date): Promise<number> {
    return (await this.#connection.all(deleteExpired, { now: timeText(now) })).length
  }
}
