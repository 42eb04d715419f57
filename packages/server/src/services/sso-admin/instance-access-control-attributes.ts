/** Attributes for access control: which attributes of a user become tags of its role sessions (§4.4). */

import {
  type AccessControlAttribute,
  type AccessControlAttributeConfiguration,
  checkAccessControlAttributes,
} from '@mayfly/identity-center/account-access/access-control-attributes'
import { Refusal } from '@mayfly/identity-center/refusal'
import type { Operations } from '@mayfly/wire/model/operations'
import type { OperationContext } from '../../operation/operation-context.ts'
import { getInstance } from './instance.ts'

type SsoAdmin = Operations<typeof import('@aws-sdk/client-sso-admin'), OperationContext>

export const instanceAccessControlAttributes = {
  async CreateInstanceAccessControlAttributeConfiguration(input, context) {
    const configuration = await readConfiguration(input, context)
    await context.store.transaction(async (tx) => {
      if ((await tx.accessControlAttributes.find(configuration.instanceArn)) !== undefined) {
        const words = 'Attributes for access control are turned on already for this instance.'
        throw new Refusal('conflict', words)
      }
      await tx.accessControlAttributes.insert(configuration)
      await context.record(tx, {})
    })
    return {}
  },

  async UpdateInstanceAccessControlAttributeConfiguration(input, context) {
    const configuration = await readConfiguration(input, context)
    await context.store.transaction(async (tx) => {
      await tx.accessControlAttributes.update(configuration)
      await context.record(tx, {})
    })
    return {}
  },

  async DescribeInstanceAccessControlAttributeConfiguration({ InstanceArn }, context) {
    const { arn } = await getInstance(InstanceArn, context)
    const configuration = await context.store.accessControlAttributes.find(arn)
    if (configuration === undefined) {
      throw new Refusal('not-found', 'Attributes for access control are not turned on for this instance.')
    }
    const AccessControlAttributes = configuration.attributes.map(({ key, source }) => ({
      Key: key,
      Value: { Source: [source] },
    }))
    return {
      Status: 'ENABLED' as const,
      InstanceAccessControlAttributeConfiguration: { AccessControlAttributes },
    }
  },

  async DeleteInstanceAccessControlAttributeConfiguration({ InstanceArn }, context) {
    const { arn } = await getInstance(InstanceArn, context)
    await context.store.transaction(async (tx) => {
      await tx.accessControlAttributes.delete(arn)
      await context.record(tx, {})
    })
    return {}
  },
} satisfies Partial<SsoAdmin>

type Input = Parameters<SsoAdmin['CreateInstanceAccessControlAttributeConfiguration']>[0]

async function readConfiguration(
  { InstanceArn, InstanceAccessControlAttributeConfiguration }: Input,
  context: OperationContext,
): Promise<AccessControlAttributeConfiguration> {
  const { arn } = await getInstance(InstanceArn, context)
  const given = InstanceAccessControlAttributeConfiguration.AccessControlAttributes ?? []
  const attributes: AccessControlAttribute[] = given.map(({ Key = '', Value }) => ({
    key: Key,
    source: Value?.Source?.[0] ?? '',
  }))
  checkAccessControlAttributes(attributes, context.config.quotas.accessControlAttributes)
  return { instanceArn: arn, attributes }
}
