/** Instances, in SQL. A store holds one. */

import type { Instance } from '@mayfly/identity-center/instance'
import { Refusal } from '@mayfly/identity-center/refusal'
import { createCodec, type RowOf } from './database/codec.ts'
import type { Connection } from './database/connection.ts'
import { prepare, row } from './database/query.ts'

const codec = createCodec<Instance>({
  arn: 'text',
  identityStoreId: 'text',
  region: 'text',
  name: 'text',
  ownerAccountId: 'text',
  startUrlAliases: 'json',
  sessionDuration: 'number',
  mfaPrompt: 'text',
  mfaWithoutDevice: 'text',
  deviceGrantEnabled: 'boolean',
  settings: 'json?',
  createdAt: 'time',
})

const find = prepare((db, _: object) => db.selectFrom('instances').selectAll().orderBy('created_at').limit(1))
const insert = prepare((db, instance: RowOf<Instance>) =>
  db.insertInto('instances').values(row(instance, codec.columns)),
)
const update = prepare((db, instance: RowOf<Instance>) =>
  db.updateTable('instances').set(row(instance, codec.columns)).where('arn', '=', instance.arn).returning('arn'),
)

export class Instances {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  async find(): Promise<Instance | undefined> {
    const found = await this.#connection.first(find, {})
    return found && codec.decode(found)
  }

  /** Refuses with `not-found` before the first start has made the instance. */
  async get(): Promise<Instance> {
    const instance = await this.find()
    if (instance === undefined) throw new Refusal('not-found', 'There is no instance yet.')
    return instance
  }

  async insert(instance: Instance): Promise<void> {
    await this.#connection.all(insert, codec.encode(instance))
  }

  async update(instance: Instance): Promise<void> {
    if ((await this.#connection.all(update, codec.encode(instance))).length === 0)
      throw new Refusal('not-found', `There is no instance ${instance.arn}.`)
  }
}
