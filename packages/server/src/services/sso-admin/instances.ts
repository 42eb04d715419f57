/** Instances: list, describe, rename. There is one, of the organization; it is neither made nor deleted here. */

import type { Instance } from '@mayfly/identity-center/instance'
import { Refusal } from '@mayfly/identity-center/refusal'
import type { Operations } from '@mayfly/wire/model/operations'
import { listPage, pageByKey } from '../../operation/list-page.ts'
import { getRoleCaller, type OperationContext } from '../../operation/operation-context.ts'
import { getInstance } from './instance.ts'

type SsoAdmin = Operations<typeof import('@aws-sdk/client-sso-admin'), OperationContext>

/** As the model has it, whatever is asked (§1.4). */
const LARGEST_PAGE = 10

export const instances = {
  async ListInstances(input, context) {
    const listing = { operation: 'ListInstances', input, largestPage: LARGEST_PAGE }
    const all = [await currentInstance(context)]
    const { items, next } = await listPage(listing, context, async (page) => pageByKey(all, ({ arn }) => arn, page))
    return { Instances: items.map(describeInstance), ...next }
  },

  async DescribeInstance({ InstanceArn }, context) {
    await getInstance(InstanceArn, context)
    return {
      ...describeInstance(await currentInstance(context)),
      EncryptionConfigurationDetails: { KeyType: 'AWS_OWNED_KMS_KEY', EncryptionStatus: 'ENABLED' },
    }
  },

  async UpdateInstance({ InstanceArn, Name, EncryptionConfiguration }, context) {
    await getInstance(InstanceArn, context)
    if (EncryptionConfiguration?.KeyType === 'CUSTOMER_MANAGED_KEY') {
      throw new Refusal('invalid', 'This server encrypts with a key of its own; it takes no KMS key.')
    }
    await context.store.transaction(async (tx) => {
      const instance = await tx.instances.get()
      if (Name !== undefined) await tx.instances.update({ ...instance, name: Name })
      await context.record(tx, {})
    })
    return {}
  },

  async CreateInstance(_, context) {
    const { ownerAccountId } = await context.instance()
    if (getRoleCaller(context).accountId === ownerAccountId) {
      throw new Refusal('invalid', 'An account instance cannot be created in the management account.')
    }
    throw new Refusal('conflict', 'The organization has an instance of IAM Identity Center already.')
  },

  async DeleteInstance({ InstanceArn }, context) {
    await getInstance(InstanceArn, context)
    throw new Refusal('conflict', 'The organization instance cannot be deleted while the server runs on it.')
  },
} satisfies Partial<SsoAdmin>

/** From the store and not from memory: a name is read as soon as it is written. */
const currentInstance = ({ store }: OperationContext): Promise<Instance> => store.instances.get()

const describeInstance = ({ arn, identityStoreId, ownerAccountId, name, createdAt }: Instance) => ({
  InstanceArn: arn,
  IdentityStoreId: identityStoreId,
  OwnerAccountId: ownerAccountId,
  Name: name,
  CreatedDate: createdAt,
  Status: 'ACTIVE' as const,
})
