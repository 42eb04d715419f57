/** Leases, in SQL: what one node does for all, until its time is over. */

import { timeText } from './database/codec.ts'
import type { Connection } from './database/connection.ts'
import { prepare } from './database/query.ts'
import type { Lease } from './database/schema/administration.ts'

interface Asked {
  readonly name: string
  readonly holder: string
  readonly expires_at: string
  readonly now: string
  /** No lease of a clock that is right ends later. */
  readonly latest: string
}

const take = prepare((db, { name, holder, expires_at, now, latest }: Asked) =>
  db
    .insertInto('leases')
    .values({ name, holder, expires_at })
    .onConflict((conflict) =>
      conflict
        .column('name')
        .doUpdateSet({ holder, expires_at })
        .where(({ or, eb }) =>
          or([
            eb('leases.holder', '=', holder),
            eb('leases.expires_at', '<=', now),
            eb('leases.expires_at', '>', latest),
          ]),
        ),
    )
    .returning('holder'),
)
const find = prepare((db, { name }: { name: string }) => db.selectFrom('leases').selectAll().where('name', '=', name))

export class Leases {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /**
   * Whether `holder` has it from now on: it had it already, or nobody has. One that would last twice as long as what is
   * asked for was taken by a clock that has been corrected since, and is nobody's.
   */
  async take({ name, holder, expiresAt }: Lease, now: Date): Promise<boolean> {
    const latest = timeText(new Date(2 * expiresAt.getTime() - now.getTime()))
    const asked = { name, holder, expires_at: timeText(expiresAt), now: timeText(now), latest }
    return (await this.#connection.all(take, asked)).length > 0
  }

  async find(name: string): Promise<Lease | undefined> {
    const found = await this.#connection.first(find, { name })
    return found && { name: found.name, holder: found.holder, expiresAt: new Date(found.expires_at) }
  }
}
