/** Permission sets, in SQL. */

import type { PermissionSet } from '@mayfly/identity-center/account-access/permission-set'
import type { PermissionSetArn } from '@mayfly/identity-center/identifiers'
import { Refusal } from '@mayfly/identity-center/refusal'
import { createCodec, type RowOf } from '../database/codec.ts'
import type { Connection } from '../database/connection.ts'
import { keyOf, type Page, type PageRequest, pageOf } from '../database/page.ts'
import { prepare, row } from '../database/query.ts'

const codec = createCodec<PermissionSet>({
  arn: 'text',
  instanceArn: 'text',
  name: 'text',
  description: 'text?',
  sessionDuration: 'number',
  relayState: 'text?',
  managedPolicies: 'json',
  customerManagedPolicies: 'json',
  inlinePolicy: 'text?',
  createdAt: 'time',
})

const find = prepare((db, { arn }: { arn: string }) =>
  db.selectFrom('permission_sets').selectAll().where('arn', '=', arn),
)
const findByName = prepare((db, { name }: { name: string }) =>
  db.selectFrom('permission_sets').selectAll().where('name', '=', name).limit(1),
)
const list = prepare((db, { arn, limit }: { arn: string; limit: number }) =>
  db.selectFrom('permission_sets').selectAll().where('arn', '>', arn).orderBy('arn').limit(limit),
)
const insert = prepare((db, permissionSet: RowOf<PermissionSet>) =>
  db.insertInto('permission_sets').values(row(permissionSet, codec.columns)),
)
const update = prepare((db, permissionSet: RowOf<PermissionSet>) =>
  db
    .updateTable('permission_sets')
    .set(row(permissionSet, codec.columns))
    .where('arn', '=', permissionSet.arn)
    .returning('arn'),
)
const remove = prepare((db, { arn }: { arn: string }) =>
  db.deleteFrom('permission_sets').where('arn', '=', arn).returning('arn'),
)

export class PermissionSets {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  async find(arn: PermissionSetArn): Promise<PermissionSet | undefined> {
    const found = await this.#connection.first(find, { arn })
    return found && codec.decode(found)
  }

  async get(arn: PermissionSetArn): Promise<PermissionSet> {
    return (await this.find(arn)) ?? refuse(arn)
  }

  /** Names are compared letter by letter. */
  async findByName(name: string): Promise<PermissionSet | undefined> {
    const found = await this.#connection.first(findByName, { name })
    return found && codec.decode(found)
  }

  /** Refuses with `conflict` when the name is taken. */
  async insert(permissionSet: PermissionSet): Promise<void> {
    await this.#connection.all(insert, codec.encode(permissionSet))
  }

  async update(permissionSet: PermissionSet): Promise<void> {
    if ((await this.#connection.all(update, codec.encode(permissionSet))).length === 0) refuse(permissionSet.arn)
  }

  /** Refuses with `conflict` while it is assigned. */
  async delete(arn: PermissionSetArn): Promise<void> {
    if ((await this.#connection.all(remove, { arn })).length === 0) refuse(arn)
  }

  /** By ARN. */
  async list(page: PageRequest): Promise<Page<PermissionSet>> {
    const [arn = ''] = keyOf(page, 1)
    const rows = await this.#connection.all(list, { arn, limit: page.limit + 1 })
    return pageOf(rows, page, { decode: codec.decode, keyOf: (last) => [last.arn] })
  }
}

function refuse(arn: PermissionSetArn): never {
  throw new Refusal('not-found', `There is no permission set ${arn}.`, {
    resourceType: 'PERMISSION_SET',
    resourceId: arn,
  })
}
