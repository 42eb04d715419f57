/** Invitations of accounts, in SQL. */

import type { Handshake } from '@mayfly/identity-center/organization/handshake'
import { createCodec, type RowOf } from '../database/codec.ts'
import type { Connection } from '../database/connection.ts'
import { prepare, row } from '../database/query.ts'

const codec = createCodec<Handshake>({
  id: 'text',
  accountId: 'text',
  notes: 'text?',
  createdAt: 'time',
  expiresAt: 'time',
})

const find = prepare((db, { id }: { id: string }) => db.selectFrom('handshakes').selectAll().where('id', '=', id))
const insert = prepare((db, handshake: RowOf<Handshake>) =>
  db.insertInto('handshakes').values(row(handshake, codec.columns)),
)

export class Handshakes {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  async find(id: string): Promise<Handshake | undefined> {
    const found = await this.#connection.first(find, { id })
    return found && codec.decode(found)
  }

  async insert(handshake: Handshake): Promise<void> {
    await this.#connection.all(insert, codec.encode(handshake))
  }
}
