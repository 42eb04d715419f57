/** Signing keys, in SQL. */

import type { SigningKey } from '@mayfly/identity-center/signing-key'
import { createCodec, type RowOf, timeText } from './database/codec.ts'
import type { Connection } from './database/connection.ts'
import { prepare, row } from './database/query.ts'

const codec = createCodec<SigningKey>({
  id: 'text',
  purpose: 'text',
  sealedSecret: 'text',
  createdAt: 'time',
  retiredAt: 'time?',
})

const list = prepare((db, _: object) => db.selectFrom('signing_keys').selectAll().orderBy('created_at').orderBy('id'))
const insert = prepare((db, key: RowOf<SigningKey>) => db.insertInto('signing_keys').values(row(key, codec.columns)))
const retire = prepare((db, { id, at }: { id: string; at: string }) =>
  db
    .updateTable('signing_keys')
    .set({ retired_at: at })
    .where('id', '=', id)
    .where('retired_at', 'is', null)
    .returning('id'),
)

const replaceSecret = prepare((db, { id, from, to }: { id: string; from: string; to: string }) =>
  db
    .updateTable('signing_keys')
    .set({ sealed_secret: to })
    .where('id', '=', id)
    .where('sealed_secret', '=', from)
    .returning('id'),
)
const remove = prepare((db, { id }: { id: string }) =>
  db.deleteFrom('signing_keys').where('id', '=', id).where('retired_at', 'is not', null).returning('id'),
)

export class SigningKeys {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /** All of them, oldest first, the retired ones too. */
  async list(): Promise<SigningKey[]> {
    return (await this.#connection.all(list, {})).map(codec.decode)
  }

  async insert(key: SigningKey): Promise<void> {
    await this.#connection.all(insert, codec.encode(key))
  }

  /** False when it is retired already, or unknown. */
  async retire(id: string, at: Date): Promise<boolean> {
    return (await this.#connection.all(retire, { id, at: timeText(at) })).length > 0
  }

  /** Puts a secret, sealed anew, in the place of what was read; false when it is another one by now. */
  async replaceSecret({ id, sealedSecret }: SigningKey, to: string): Promise<boolean> {
    return (await this.#connection.all(replaceSecret, { id, from: sealedSecret, to })).length > 0
  }

  /** False when it is not retired, or unknown. */
  async delete(id: string): Promise<boolean> {
    return (await this.#connection.all(remove, { id })).length > 0
  }
}
