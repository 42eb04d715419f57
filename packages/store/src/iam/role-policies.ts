/** What is on the roles of local accounts, in SQL: inline policies, and managed ones by their ARN. */

import type { RolePolicies as Policies } from '@mayfly/identity-center/iam/role'
import type { AccountId } from '@mayfly/identity-center/identifiers'
import { createCodec, type RowOf } from '../database/codec.ts'
import type { Connection } from '../database/connection.ts'
import { prepare, row } from '../database/query.ts'
import type { FlatRoleAttachment, FlatRolePolicy } from '../database/schema/iam.ts'
import { iamNameKey } from './roles.ts'

const inlineCodec = createCodec<FlatRolePolicy>({ accountId: 'text', roleKey: 'text', name: 'text', document: 'text' })
const attachmentCodec = createCodec<FlatRoleAttachment>({ accountId: 'text', roleKey: 'text', policyArn: 'text' })

type Key = { readonly accountId: string; readonly key: string }

const inlineOf = prepare((db, { accountId, key }: Key) =>
  db
    .selectFrom('iam_role_policies')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('role_key', '=', key)
    .orderBy('name'),
)
const attachedTo = prepare((db, { accountId, key }: Key) =>
  db
    .selectFrom('iam_role_attachments')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('role_key', '=', key)
    .orderBy('policy_arn'),
)
const put = prepare((db, policy: RowOf<FlatRolePolicy>) =>
  db
    .insertInto('iam_role_policies')
    .values(row(policy, inlineCodec.columns))
    .onConflict((conflict) =>
      conflict
        .columns(['account_id', 'role_key', 'name'])
        .doUpdateSet(({ ref }) => ({ document: ref('excluded.document') })),
    ),
)
const remove = prepare((db, { accountId, key, name }: Key & { readonly name: string }) =>
  db
    .deleteFrom('iam_role_policies')
    .where('account_id', '=', accountId)
    .where('role_key', '=', key)
    .where('name', '=', name)
    .returning('name'),
)
const attach = prepare((db, attachment: RowOf<FlatRoleAttachment>) =>
  db
    .insertInto('iam_role_attachments')
    .values(row(attachment, attachmentCodec.columns))
    .onConflict((conflict) => conflict.doNothing()),
)
const detach = prepare((db, { account_id, role_key, policy_arn }: RowOf<FlatRoleAttachment>) =>
  db
    .deleteFrom('iam_role_attachments')
    .where('account_id', '=', account_id)
    .where('role_key', '=', role_key)
    .where('policy_arn', '=', policy_arn)
    .returning('policy_arn'),
)
const attachments = prepare((db, { accountId }: { accountId: string }) =>
  db
    .selectFrom('iam_role_attachments')
    .select(({ fn }) => ['policy_arn', fn.countAll<number>().as('count')])
    .where('account_id', '=', accountId)
    .groupBy('policy_arn'),
)

export class RolePolicies {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /** Everything on a role, by name and by ARN; empty when there is no such role. */
  async ofRole(accountId: AccountId, name: string): Promise<Policies> {
    const key = { accountId, key: iamNameKey(name) }
    const inline = await this.#connection.all(inlineOf, key)
    const attached = await this.#connection.all(attachedTo, key)
    return {
      inline: inline.map(({ name, document }) => ({ name, document })),
      attached: attached.map(({ policy_arn }) => policy_arn),
    }
  }

  /** Adds an inline policy; one of that name gets the new document. */
  async put(accountId: AccountId, roleName: string, policy: { name: string; document: string }): Promise<void> {
    await this.#connection.all(put, inlineCodec.encode({ accountId, roleKey: iamNameKey(roleName), ...policy }))
  }

  /** Takes an inline policy away. False when there is none of that name. */
  async delete(accountId: AccountId, roleName: string, name: string): Promise<boolean> {
    return (await this.#connection.all(remove, { accountId, key: iamNameKey(roleName), name })).length > 0
  }

  /** Again is no error. */
  async attach(accountId: AccountId, roleName: string, policyArn: string): Promise<void> {
    const roleKey = iamNameKey(roleName)
    await this.#connection.all(attach, attachmentCodec.encode({ accountId, roleKey, policyArn }))
  }

  /** False when it is not attached. */
  async detach(accountId: AccountId, roleName: string, policyArn: string): Promise<boolean> {
    const attachment = attachmentCodec.encode({ accountId, roleKey: iamNameKey(roleName), policyArn })
    return (await this.#connection.all(detach, attachment)).length > 0
  }

  /** How many roles of an account have which managed policy, by its ARN. */
  async attachmentsOf(accountId: AccountId): Promise<Map<string, number>> {
    const rows = await this.#connection.all(attachments, { accountId })
    return new Map(rows.map((found) => [found.policy_arn, Number(found.count)]))
  }
}
