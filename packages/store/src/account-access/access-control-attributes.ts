/** The attributes for access control of the instance, in SQL. */

import type { AccessControlAttributeConfiguration } from '@mayfly/identity-center/account-access/access-control-attributes'
import type { InstanceArn } from '@mayfly/identity-center/identifiers'
import { Refusal } from '@mayfly/identity-center/refusal'
import { createCodec, type RowOf } from '../database/codec.ts'
import type { Connection } from '../database/connection.ts'
import { prepare, row } from '../database/query.ts'

const codec = createCodec<AccessControlAttributeConfiguration>({ instanceArn: 'text', attributes: 'json' })

const find = prepare((db, { arn }: { arn: string }) =>
  db.selectFrom('access_control_attribute_configurations').selectAll().where('instance_arn', '=', arn),
)
const insert = prepare((db, configuration: RowOf<AccessControlAttributeConfiguration>) =>
  db.insertInto('access_control_attribute_configurations').values(row(configuration, codec.columns)),
)
const update = prepare((db, { instance_arn, attributes }: RowOf<AccessControlAttributeConfiguration>) =>
  db
    .updateTable('access_control_attribute_configurations')
    .set({ attributes })
    .where('instance_arn', '=', instance_arn)
    .returning('instance_arn'),
)
const remove = prepare((db, { arn }: { arn: string }) =>
  db.deleteFrom('access_control_attribute_configurations').where('instance_arn', '=', arn).returning('instance_arn'),
)

export class AccessControlAttributes {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /** Undefined while they are not turned on. */
  async find(instanceArn: InstanceArn): Promise<AccessControlAttributeConfiguration | undefined> {
    const found = await this.#connection.first(find, { arn: instanceArn })
    return found && codec.decode(found)
  }

  /** Refuses with `conflict` when they are turned on already. */
  async insert(configuration: AccessControlAttributeConfiguration): Promise<void> {
    await this.#connection.all(insert, codec.encode(configuration))
  }

  /** Replaces the whole list. */
  async update(configuration: AccessControlAttributeConfiguration): Promise<void> {
    const updated = await this.#connection.all(update, codec.encode(configuration))
    if (updated.length === 0) refuse(configuration.instanceArn)
  }

  async delete(instanceArn: InstanceArn): Promise<void> {
    if ((await this.#connection.all(remove, { arn: instanceArn })).length === 0) refuse(instanceArn)
  }
}

function refuse(arn: InstanceArn): never {
  throw new Refusal('not-found', `Attributes for access control are not turned on for ${arn}.`)
}
