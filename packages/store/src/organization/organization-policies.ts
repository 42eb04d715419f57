/** Policies of the organization and what they are attached to, in SQL. */

import type { AccountId, OrganizationPolicyId } from '@mayfly/identity-center/identifiers'
import {
  FULL_AWS_ACCESS,
  type OrganizationPolicy,
  type PolicyAttachment,
  type PolicyTargetId,
} from '@mayfly/identity-center/organization/organization-policy'
import { parentIdsOn, rootPath } from '@mayfly/identity-center/organization/organizational-unit'
import { createCodec, type RowOf } from '../database/codec.ts'
import type { Connection } from '../database/connection.ts'
import { keyOf, type Page, type PageRequest, pageOf } from '../database/page.ts'
import { prepare, row } from '../database/query.ts'

const codec = createCodec<OrganizationPolicy>({
  id: 'text',
  name: 'text',
  description: 'text',
  content: 'text',
  createdAt: 'time',
})
const attachmentCodec = createCodec<PolicyAttachment>({ targetId: 'text', policyId: 'text' })

const find = prepare((db, { id }: { id: string }) =>
  db.selectFrom('organization_policies').selectAll().where('id', '=', id),
)
const findByName = prepare((db, { name }: { name: string }) =>
  db.selectFrom('organization_policies').selectAll().where('name', '=', name),
)
const list = prepare((db, { id, limit }: { id: string; limit: number }) =>
  db.selectFrom('organization_policies').selectAll().where('id', '>', id).orderBy('id').limit(limit),
)
const count = prepare((db) =>
  db.selectFrom('organization_policies').select(({ fn }) => fn.countAll<number>().as('count')),
)
const insert = prepare((db, policy: RowOf<OrganizationPolicy>) =>
  db.insertInto('organization_policies').values(row(policy, codec.columns)),
)
const update = prepare((db, policy: RowOf<OrganizationPolicy>) =>
  db.updateTable('organization_policies').set(row(policy, codec.columns)).where('id', '=', policy.id),
)
const remove = prepare((db, { id }: { id: string }) => db.deleteFrom('organization_policies').where('id', '=', id))
const attach = prepare((db, attachment: RowOf<PolicyAttachment>) =>
  db
    .insertInto('policy_attachments')
    .values(row(attachment, attachmentCodec.columns))
    .onConflict((conflict) => conflict.doNothing())
    .returning('policy_id'),
)
const detach = prepare((db, { target_id, policy_id }: RowOf<PolicyAttachment>) =>
  db
    .deleteFrom('policy_attachments')
    .where('target_id', '=', target_id)
    .where('policy_id', '=', policy_id)
    .returning('policy_id'),
)
const ofTarget = prepare((db, { targetId }: { targetId: string }) =>
  db
    .selectFrom('policy_attachments')
    .selectAll()
    .where('target_id', '=', targetId as PolicyTargetId)
    .orderBy('policy_id'),
)
const targetsOf = prepare((db, { policyId, targetId, limit }: { policyId: string; targetId: string; limit: number }) =>
  db
    .selectFrom('policy_attachments')
    .selectAll()
    .where('policy_id', '=', policyId)
    .where('target_id', '>', targetId as PolicyTargetId)
    .orderBy('target_id')
    .limit(limit),
)
const detachTarget = prepare((db, { targetId }: { targetId: string }) =>
  db.deleteFrom('policy_attachments').where('target_id', '=', targetId as PolicyTargetId),
)
const detachAll = prepare((db) => db.deleteFrom('policy_attachments'))
const pathOfAccount = prepare((db, { accountId }: { accountId: string }) =>
  db
    .selectFrom('accounts')
    .innerJoin('organizations', (join) => join.onTrue())
    .leftJoin('organizational_units', 'organizational_units.id', 'accounts.parent_id')
    .select(['organizations.id', 'organizations.root_id', 'organizational_units.path'])
    .where('accounts.id', '=', accountId)
    .where('organizations.service_control_policies', '=', 1),
)

export class OrganizationPolicies {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  async find(id: OrganizationPolicyId): Promise<OrganizationPolicy | undefined> {
    const found = await this.#connection.first(find, { id })
    return found && codec.decode(found)
  }

  async findByName(name: string): Promise<OrganizationPolicy | undefined> {
    const found = await this.#connection.first(findByName, { name })
    return found && codec.decode(found)
  }

  /** By id. */
  async list(page: PageRequest): Promise<Page<OrganizationPolicy>> {
    const [id = ''] = keyOf(page, 1)
    const rows = await this.#connection.all(list, { id, limit: page.limit + 1 })
    return pageOf(rows, page, { decode: codec.decode, keyOf: (last) => [last.id] })
  }

  async count(): Promise<number> {
    return Number((await this.#connection.first(count, {}))?.count ?? 0)
  }

  /** Refuses with `conflict` when the name is taken. */
  async insert(policy: OrganizationPolicy): Promise<void> {
    await this.#connection.all(insert, codec.encode(policy))
  }

  /** Refuses with `conflict` when another has the name. */
  async update(policy: OrganizationPolicy): Promise<void> {
    await this.#connection.all(update, codec.encode(policy))
  }

  async delete(id: OrganizationPolicyId): Promise<void> {
    await this.#connection.all(remove, { id })
  }

  /** False when it is attached already. */
  async attach(attachment: PolicyAttachment): Promise<boolean> {
    return (await this.#connection.all(attach, attachmentCodec.encode(attachment))).length > 0
  }

  /** False when it is not attached. */
  async detach(attachment: PolicyAttachment): Promise<boolean> {
    return (await this.#connection.all(detach, attachmentCodec.encode(attachment))).length > 0
  }

  /** The ids of what is attached to one target: at most five. */
  async attachedTo(targetId: PolicyTargetId): Promise<OrganizationPolicyId[]> {
    const rows = await this.#connection.all(ofTarget, { targetId })
    return rows.map((found) => attachmentCodec.decode(found).policyId)
  }

  /** What a policy is attached to, by the target's id. */
  async targetsOf(policyId: OrganizationPolicyId, page: PageRequest): Promise<Page<PolicyTargetId>> {
    const [targetId = ''] = keyOf(page, 1)
    const rows = await this.#connection.all(targetsOf, { policyId, targetId, limit: page.limit + 1 })
    return pageOf(rows, page, {
      decode: (found) => attachmentCodec.decode(found).targetId,
      keyOf: (last) => [last.target_id],
    })
  }

  /** Takes everything off a target that goes. */
  async detachFrom(targetId: PolicyTargetId): Promise<void> {
    await this.#connection.all(detachTarget, { targetId })
  }

  /** Takes every policy off everything. */
  async detachAll(): Promise<void> {
    await this.#connection.all(detachAll, {})
  }

  /** AWS's own policy onto the root, every unit and every account. */
  async attachFullAccess(): Promise<void> {
    const { id } = FULL_AWS_ACCESS
    for (const table of ['organizations', 'organizational_units', 'accounts'] as const) {
      await this.#connection.query((db) =>
        db
          .insertInto('policy_attachments')
          .columns(['target_id', 'policy_id'])
          .expression(
            db
              .selectFrom(table)
              .select(({ ref, val }) => [
                ref(table === 'organizations' ? 'organizations.root_id' : `${table}.id`).as('target_id'),
                val(id).as('policy_id'),
              ]),
          ),
      )
    }
  }

  /**
   * The documents of the service control policies that bound an account, level by level from the root down to the
   * account itself. Nothing when they are not enabled, or there is no such account.
   */
  async serviceControlPoliciesOf(accountId: AccountId): Promise<string[][]> {
    const found = await this.#connection.first(pathOfAccount, { accountId })
    if (found === undefined) return []
    const path = found.path ?? rootPath({ id: found.id, rootId: found.root_id } as Parameters<typeof rootPath>[0])
    const targets: PolicyTargetId[] = [...parentIdsOn(path), accountId]
    const attached = await this.#connection.query((db) =>
      db
        .selectFrom('policy_attachments')
        .innerJoin('organization_policies', 'organization_policies.id', 'policy_attachments.policy_id')
        .select(['policy_attachments.target_id', 'organization_policies.content'])
        .where('policy_attachments.target_id', 'in', targets)
        .orderBy('policy_attachments.policy_id'),
    )
    return targets.map((target) =>
      attached.filter(({ target_id }) => target_id === target).map(({ content }) => content),
    )
  }
}
