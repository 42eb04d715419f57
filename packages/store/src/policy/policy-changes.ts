/** How often what policies allow has changed, in SQL: one row, one number. */

import type { Connection } from '../database/connection.ts'
import { prepare } from '../database/query.ts'

const get = prepare((db) => db.selectFrom('policy_changes').select('count').where('id', '=', 'policies'))
const bump = prepare((db) =>
  db
    .updateTable('policy_changes')
    .set(({ eb }) => ({ count: eb('count', '+', 1) }))
    .where('id', '=', 'policies')
    .returning('count'),
)

export class PolicyChanges {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /** The number of changes so far. */
  async count(): Promise<number> {
    return Number((await this.#connection.first(get, {}))?.count ?? 0)
  }

  /** Belongs into each transaction that changes what somebody may do: every node then forgets what it has compiled. */
  async bump(): Promise<void> {
    await this.#connection.all(bump, {})
  }
}
