/** Tags of the root, of units, accounts and policies. */

import { changePolicies, getOrganization, listOrganization, type OrganizationsApi } from './change.ts'
import { notFound } from './exceptions.ts'
import { findTaggableArn } from './places.ts'
import { checkKey, checkTagCount, readTags } from './tag-list.ts'

/** The model has no number for it: all of a resource's tags, by AWS's quota. */
const TAGS_IN_A_PAGE = 50

export const tags = {
  async TagResource({ ResourceId, Tags }, context) {
    const added = readTags(Tags)
    return await changePolicies(context, async (tx, found) => {
      const arn = await findTaggableArn(ResourceId, tx, found)
      if (arn === undefined) throw notFound('TargetNotFound', ResourceId)
      await tx.tags.put(arn, added)
      const limit = context.config.quotas.tagsPerResource
      checkTagCount(await tx.tags.countOf(arn), limit)
      // Together with those that were there.
      readTags((await tx.tags.list(arn, { limit })).items.map(({ key, value }) => ({ Key: key, Value: value })))
      return {}
    })
  },

  async UntagResource({ ResourceId, TagKeys }, context) {
    for (const key of TagKeys) checkKey(key)
    return await changePolicies(context, async (tx, found) => {
      const arn = await findTaggableArn(ResourceId, tx, found)
      if (arn === undefined) throw notFound('TargetNotFound', ResourceId)
      await tx.tags.delete(arn, TagKeys)
      return {}
    })
  },

  async ListTagsForResource(input, context) {
    const found = await getOrganization(context)
    const arn = await findTaggableArn(input.ResourceId, context.store, found)
    if (arn === undefined) throw notFound('TargetNotFound', input.ResourceId)
    const listing = { operation: 'ListTagsForResource', input, filters: [arn], largestPage: TAGS_IN_A_PAGE }
    const { items, next } = await listOrganization(listing, context, (page) => context.store.tags.list(arn, page))
    return { Tags: items.map(({ key, value }) => ({ Key: key, Value: value })), ...next }
  },
} satisfies Partial<OrganizationsApi>
