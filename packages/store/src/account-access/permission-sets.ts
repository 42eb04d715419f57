/** Permission sets, in SQL; every change leaves a version behind. */

import type { PermissionSet } from '@mayfly/identity-center/account-access/permission-set'
import type { PermissionSetArn } from '@mayfly/identity-center/identifiers'
import { Refusal } from '@mayfly/identity-center/refusal'
import { createCodec, type RowOf } from '../database/codec.ts'
import type { Connection } from '../database/connection.ts'
import { keyOf, type Page, type PageRequest, pageOf } from '../database/page.ts'
import { prepare, row } from '../database/query.ts'
import { PermissionSetVersions } from './permission-set-versions.ts'

const codec = createCodec<PermissionSet>({
  arn: 'text',
  instanceArn: 'text',
  name: 'text',
  description: 'text?',
  sessionDuration: 'number',
  sessionDurationText: 'text?',
  relayState: 'text?',
  managedPolicies: 'json',
  customerManagedPolicies: 'json',
  inlinePolicy: 'text?',
  permissionsBoundary: 'json?',
  createdAt: 'time',
  version: 'number',
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
    .where('version', '<', permissionSet.version)
    .returning('arn'),
)
const remove = prepare((db, { arn }: { arn: string }) =>
  db.deleteFrom('permission_sets').where('arn', '=', arn).returning('arn'),
)

const count = prepare((db, _: object) =>
  db.selectFrom('permission_sets').select(({ fn }) => fn.countAll<number>().as('count')),
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
    await this.#connection.atomically(async (connection) => {
      await connection.all(insert, codec.encode(permissionSet))
      await new PermissionSetVersions(connection).insert(permissionSet)
    })
  }

  /**
   * Keeps what the set was for the accounts that still go by it. `permissionSet.version` is one more than what was read:
   * refuses with `conflict` when somebody else has changed the set since, with `not-found` when it is gone.
   */
  async update(permissionSet: PermissionSet): Promise<void> {
    await this.#connection.atomically(async (connection) => {
      const updated = await connection.all(update, codec.encode(permissionSet))
      if (updated.length === 0) refuseUpdate(await new PermissionSets(connection).get(permissionSet.arn))
      await new PermissionSetVersions(connection).insert(permissionSet)
    })
  }

  /** Refuses with `conflict` while it is assigned. */
  async delete(arn: PermissionSetArn): Promise<void> {
    if ((await this.#connection.all(remove, { arn })).length === 0) refuse(arn)
  }

  async count(): Promise<number> {
    return Number((await this.#connection.first(count, {}))?.count ?? 0)
  }

  /** By ARN. */
  async list(page: PageRequest): Promise<Page<PermissionSet>> {
    const [arn = ''] = keyOf(page, 1)
    const rows = await this.#connection.all(list, { arn, limit: page.limit + 1 })
    return pageOf(rows, page, { decode: codec.decode, keyOf: (last) => [last.arn] })
  }
}

function refuse(arn: PermissionSetArn): never {
  throw new Refusal('not-found', `Could not find PermissionSet with id ${arn.slice(arn.lastIndexOf('/') + 1)}`, {
    resourceType: 'PERMISSION_SET',
    resourceId: arn,
  })
}

function refuseUpdate({ arn }: PermissionSet): never {
  throw new Refusal('conflict', 'The permission set is being changed by somebody else.', {
    resourceType: 'PERMISSION_SET',
    resourceId: arn,
  })
}
