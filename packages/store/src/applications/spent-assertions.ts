/** Assertions that were redeemed, in SQL. */

import type { SpentAssertion } from '@mayfly/identity-center/applications/spent-assertion'
import { createCodec, type RowOf, timeText } from '../database/codec.ts'
import type { Connection } from '../database/connection.ts'
import { prepare, row } from '../database/query.ts'

const codec = createCodec<SpentAssertion>({ trustedTokenIssuerArn: 'text', tokenIdHash: 'text', expiresAt: 'time' })

const insert = prepare((db, assertion: RowOf<SpentAssertion>) =>
  db
    .insertInto('spent_assertions')
    .values(row(assertion, codec.columns))
    .onConflict((conflict) => conflict.doNothing())
    .returning('token_id_hash'),
)
const deleteExpired = prepare((db, { now }: { now: string }) =>
  db.deleteFrom('spent_assertions').where('expires_at', '<=', now).returning('token_id_hash'),
)

export class SpentAssertions {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /** True for the one who came first; false for everyone after. */
  async insert(assertion: SpentAssertion): Promise<boolean> {
    return (await this.#connection.all(insert, codec.encode(assertion))).length > 0
  }

  async deleteExpired(now: Date): Promise<number> {
    return (await this.#connection.all(deleteExpired, { now: timeText(now) })).length
  }
}
