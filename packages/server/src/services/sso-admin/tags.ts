/** Tags of instances, permission sets, applications and trusted token issuers: add, remove, list. */

import type { ApplicationArn, PermissionSetArn, TrustedTokenIssuerArn } from '@mayfly/identity-center/identifiers'
import type { Quotas } from '@mayfly/identity-center/quotas'
import { checkTagCount, checkTags, type Tag } from '@mayfly/identity-center/tag'
import type { Transaction } from '@mayfly/store'
import type { Operations } from '@mayfly/wire/model/operations'
import { listPage } from '../../operation/list-page.ts'
import type { OperationContext } from '../../operation/operation-context.ts'
import { getInstance } from './instance.ts'

type SsoAdmin = Operations<typeof import('@aws-sdk/client-sso-admin'), OperationContext>

/** As the model has it. */
const LARGEST_PAGE = 75

export const tags = {
  async TagResource({ InstanceArn, ResourceArn, Tags }, context) {
    const { tagsPerResource } = context.config.quotas
    const added = checkedTags(Tags, context.config.quotas)
    await checkInstance(InstanceArn, context)
    await context.store.transaction(async (tx) => {
      await getResource(ResourceArn, tx, context)
      await tx.tags.put(ResourceArn, added)
      checkTagCount(await tx.tags.countOf(ResourceArn), tagsPerResource)
      checkTags((await tx.tags.list(ResourceArn, { limit: tagsPerResource })).items)
      await context.record(tx, {})
    })
    return {}
  },

  async UntagResource({ InstanceArn, ResourceArn, TagKeys }, context) {
    await checkInstance(InstanceArn, context)
    await context.store.transaction(async (tx) => {
      await getResource(ResourceArn, tx, context)
      await tx.tags.delete(ResourceArn, TagKeys)
      await context.record(tx, {})
    })
    return {}
  },

  async ListTagsForResource(input, context) {
    await checkInstance(input.InstanceArn, context)
    await getResource(input.ResourceArn, context.store, context)
    const { operation, filters } = { operation: 'ListTagsForResource', filters: [input.ResourceArn] }
    const listing = { operation, filters, input: { NextToken: input.NextToken }, largestPage: LARGEST_PAGE }
    const { items, next } = await listPage(listing, context, (page) => context.store.tags.list(input.ResourceArn, page))
    return { Tags: items.map(({ key, value }) => ({ Key: key, Value: value })), ...next }
  },
} satisfies Partial<SsoAdmin>

type WireTags = readonly { readonly Key: string | undefined; readonly Value: string | undefined }[]

/** For every operation that takes tags. Refuses with `invalid` a key given twice, with `quota-exceeded` too many. */
export function checkedTags(wireTags: WireTags | undefined, { tagsPerResource }: Quotas): readonly Tag[] {
  const read = (wireTags ?? []).map(({ Key = '', Value = '' }) => ({ key: Key, value: Value }))
  checkTags(read)
  checkTagCount(read.length, tagsPerResource)
  return read
}

async function checkInstance(arn: string | undefined, context: OperationContext): Promise<void> {
  if (arn !== undefined) await getInstance(arn, context)
}

/** Refuses with `not-found` a resource that is not there: its tags would wait for it. */
async function getResource(
  arn: string,
  tx: Pick<Transaction, 'permissionSets' | 'applications' | 'trustedTokenIssuers'>,
  context: OperationContext,
): Promise<void> {
  if (arn.includes(':permissionSet/')) await tx.permissionSets.get(arn as PermissionSetArn)
  else if (arn.includes(':application/')) await tx.applications.get(arn as ApplicationArn)
  else if (arn.includes(':trustedTokenIssuer/')) await tx.trustedTokenIssuers.get(arn as TrustedTokenIssuerArn)
  else await getInstance(arn, context)
}
