/** What is on the IAM users of local accounts, in SQL: inline policies, and managed ones by their ARN. */

import type { IamUser, UserPolicies } from '@mayfly/identity-center/iam/user'
import type { AccountId } from '@mayfly/identity-center/identifiers'
import { createCodec, type RowOf } from '../database/codec.ts'
import type { Connection } from '../database/connection.ts'
import { prepare, row } from '../database/query.ts'
import type { FlatUserAttachment, FlatUserPolicy } from '../database/schema/iam.ts'

const inlineCodec = createCodec<FlatUserPolicy>({ userId: 'text', name: 'text', document: 'text' })
const attachmentCodec = createCodec<FlatUserAttachment>({ userId: 'text', accountId: 'text', policyArn: 'text' })

const inlineOf = prepare((db, { userId }: { userId: string }) =>
  db.selectFrom('iam_user_policies').selectAll().where('user_id', '=', userId).orderBy('name'),
)
const attachedTo = prepare((db, { userId }: { userId: string }) =>
  db.selectFrom('iam_user_attachments').selectAll().where('user_id', '=', userId).orderBy('policy_arn'),
)
const put = prepare((db, policy: RowOf<FlatUserPolicy>) =>
  db
    .insertInto('iam_user_policies')
    .values(row(policy, inlineCodec.columns))
    .onConflict((conflict) =>
      conflict.columns(['user_id', 'name']).doUpdateSet(({ ref }) => ({ document: ref('excluded.document') })),
    ),
)
const remove = prepare((db, { userId, name }: { userId: string; name: string }) =>
  db.deleteFrom('iam_user_policies').where('user_id', '=', userId).where('name', '=', name).returning('name'),
)
const attach = prepare((db, attachment: RowOf<FlatUserAttachment>) =>
  db
    .insertInto('iam_user_attachments')
    .values(row(attachment, attachmentCodec.columns))
    .onConflict((conflict) => conflict.doNothing()),
)
const detach = prepare((db, { userId, policyArn }: { userId: string; policyArn: string }) =>
  db
    .deleteFrom('iam_user_attachments')
    .where('user_id', '=', userId)
    .where('policy_arn', '=', policyArn)
    .returning('policy_arn'),
)
const attachments = prepare((db, { accountId }: { accountId: string }) =>
  db
    .selectFrom('iam_user_attachments')
    .select(({ fn }) => ['policy_arn', fn.countAll<number>().as('count')])
    .where('account_id', '=', accountId)
    .groupBy('policy_arn'),
)

export class IamUserPolicies {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /** Everything on a user, by name and by ARN; empty when there is no such user. */
  async ofUser(userId: string): Promise<UserPolicies> {
    const inline = await this.#connection.all(inlineOf, { userId })
    const attached = await this.#connection.all(attachedTo, { userId })
    return {
      inline: inline.map(({ name, document }) => ({ name, document })),
      attached: attached.map(({ policy_arn }) => policy_arn),
    }
  }

  /** Adds an inline policy; one of that name gets the new document. */
  async put(userId: string, policy: { name: string; document: string }): Promise<void> {
    await this.#connection.all(put, inlineCodec.encode({ userId, ...policy }))
  }

  /** Takes an inline policy away. False when there is none of that name. */
  async delete(userId: string, name: string): Promise<boolean> {
    return (await this.#connection.all(remove, { userId, name })).length > 0
  }

  /** Again is no error. */
  async attach({ id: userId, accountId }: Pick<IamUser, 'id' | 'accountId'>, policyArn: string): Promise<void> {
    await this.#connection.all(attach, attachmentCodec.encode({ userId, accountId, policyArn }))
  }

  /** False when it is not attached. */
  async detach(userId: string, policyArn: string): Promise<boolean> {
    return (await this.#connection.all(detach, { userId, policyArn })).length > 0
  }

  /** How many users of an account have which managed policy, by its ARN. */
  async attachmentsOf(accountId: AccountId): Promise<Map<string, number>> {
    const rows = await this.#connection.all(attachments, { accountId })
    return new Map(rows.map((found) => [found.policy_arn, Number(found.count)]))
  }
}
