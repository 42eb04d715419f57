/** Customer managed policies: create, read, list beside AWS's own, delete. */

import { createPolicyId, type IamPolicy, iamPolicyArn } from '@mayfly/identity-center/iam/policy'
import { nameOfManagedPolicy } from '@mayfly/identity-center/policy/predefined-policies'
import type { Page, PageRequest, Transaction } from '@mayfly/store'
import { pageByKey } from '../../operation/list-page.ts'
import type { OperationContext } from '../../operation/operation-context.ts'
import { accountOf, changeIam, checkQuota, type IamApi } from './change.ts'
import { checkDocument, encodeDocument, sizeOf } from './documents.ts'
import { beyondQuota, noPolicy, refused } from './exceptions.ts'
import { checkArn, getManagedPolicy, isOfAws, listPoliciesOfAws, type ManagedPolicy } from './managed-policies.ts'
import { concatenated, listByMarker } from './marker-page.ts'
import { findUsage, type PolicyUsage } from './policy-usage.ts'
import { IAM_QUOTAS } from './quotas.ts'
import { partitionIn } from './roles.ts'
import { describeTags, mergeTags, readTags } from './tag-list.ts'

const { policySize: LARGEST_POLICY, policiesPerAccount: MOST_POLICIES } = IAM_QUOTAS
/** There is one version of each. */
const VERSION = 'v1'

export const policies = {
  async CreatePolicy(input, context) {
    const { PolicyName: name, Path: path = '/', PolicyDocument: document } = input
    checkDocument(document, 'identity')
    if (sizeOf(document) > LARGEST_POLICY) throw beyondQuota('PolicySize', LARGEST_POLICY)
    const accountId = accountOf(context)
    const policy: IamPolicy = {
      arn: iamPolicyArn(await partitionIn(context), { accountId, path, name }),
      accountId,
      name,
      path,
      id: createPolicyId(context.random),
      document,
      ...(input.Description === undefined ? {} : { description: input.Description }),
      tags: mergeTags([], readTags(input.Tags), context.config.quotas.tagsPerResource),
      createdAt: context.clock.now(),
    }
    return await changeIam(context, async (tx) => {
      await insertPolicy(policy, tx)
      return { Policy: describeWholePolicy(policy, UNUSED) }
    })
  },

  async GetPolicy({ PolicyArn }, context) {
    const policy = await getManagedPolicy(PolicyArn, context)
    const usage = await findUsage(accountOf(context), await partitionIn(context), context.store)
    return { Policy: describeWholePolicy(policy, usage) }
  },

  async GetPolicyVersion({ PolicyArn, VersionId }, context) {
    const { document, createdAt } = await getManagedPolicy(PolicyArn, context)
    if (VersionId !== VERSION) {
      const message = `Policy ${PolicyArn} version ${VersionId} does not exist or is not attachable.`
      throw refused('NoSuchEntity', message)
    }
    return {
      PolicyVersion: {
        Document: encodeDocument(document),
        VersionId: VERSION,
        IsDefaultVersion: true,
        CreateDate: createdAt,
      },
    }
  },

  async ListPolicies(input, context) {
    const { Scope = 'All', OnlyAttached = false, PathPrefix = '/', PolicyUsageFilter } = input
    const partition = await partitionIn(context)
    const usage = await findUsage(accountOf(context), partition, context.store)
    const filter = { scope: Scope, pathPrefix: PathPrefix }
    const used = OnlyAttached || PolicyUsageFilter !== undefined ? usedArns(usage, PolicyUsageFilter) : undefined
    const filters = [Scope, String(OnlyAttached), PathPrefix, PolicyUsageFilter]
    const { items, next } = await listByMarker({ operation: 'ListPolicies', input, filters }, context, (page) =>
      used === undefined ? listAll(filter, page, { context, partition }) : listUsed(used, filter, { page, context }),
    )
    return { Policies: items.map((policy) => describePolicy(policy, usage)), ...next }
  },

  async DeletePolicy({ PolicyArn }, context) {
    checkArn(PolicyArn)
    const accountId = accountOf(context)
    const partition = await partitionIn(context)
    return await changeIam(context, async (tx) => {
      const policy = isOfAws(PolicyArn) ? undefined : await tx.iamPolicies.lock(PolicyArn)
      if (policy?.accountId !== accountId) throw noPolicy(PolicyArn)
      const { attachments, boundaries } = await findUsage(accountId, partition, tx)
      if (attachments.has(PolicyArn) || boundaries.has(PolicyArn)) {
        throw refused('DeleteConflict', 'Cannot delete a policy attached to entities.')
      }
      await tx.iamPolicies.delete(PolicyArn)
      return {}
    })
  },
} satisfies Partial<IamApi>

const UNUSED: PolicyUsage = { attachments: new Map(), boundaries: new Map() }

async function insertPolicy(policy: IamPolicy, tx: Transaction): Promise<void> {
  const { accountId, name } = policy
  if (await tx.iamPolicies.findByName(accountId, name)) {
    throw refused('EntityAlreadyExists', `A policy called ${name} already exists. Duplicate names are not allowed.`)
  }
  const count = () => tx.iamPolicies.countOf(accountId)
  await checkQuota({ quota: 'PoliciesPerAccount', most: MOST_POLICIES, count }, tx)
  await tx.iamPolicies.insert(policy)
}

const describePolicy = (
  { arn, name, path, id, createdAt }: ManagedPolicy,
  { attachments, boundaries }: PolicyUsage,
) => ({
  PolicyName: name,
  PolicyId: id,
  Arn: arn,
  Path: path,
  DefaultVersionId: VERSION,
  AttachmentCount: attachments.get(arn) ?? 0,
  PermissionsBoundaryUsageCount: boundaries.get(arn) ?? 0,
  IsAttachable: true,
  CreateDate: createdAt,
  UpdateDate: createdAt,
})

function describeWholePolicy(policy: ManagedPolicy, usage: PolicyUsage) {
  const { description, tags } = policy
  return {
    ...describePolicy(policy, usage),
    ...(description === undefined ? {} : { Description: description }),
    ...(tags.length === 0 ? {} : { Tags: describeTags(tags) }),
  }
}

interface PolicyFilter {
  readonly scope: string
  readonly pathPrefix: string
}

/** The account's own, then AWS's. */
async function listAll(
  { scope, pathPrefix }: PolicyFilter,
  page: PageRequest,
  { context, partition }: { readonly context: OperationContext; readonly partition: string },
): Promise<Page<ManagedPolicy>> {
  const none = async (): Promise<Page<ManagedPolicy>> => ({ items: [] })
  const own = (asked: PageRequest): Promise<Page<ManagedPolicy>> =>
    context.store.iamPolicies.list(accountOf(context), pathPrefix, asked)
  const ofAws = (asked: PageRequest): Promise<Page<ManagedPolicy>> =>
    listPoliciesOfAws(pathPrefix, asked, { context, partition })
  return await concatenated([scope === 'AWS' ? none : own, scope === 'Local' ? none : ofAws])(page)
}

const usedArns = ({ attachments, boundaries }: PolicyUsage, usage: string | undefined): string[] => [
  ...new Set([
    ...(usage === 'PermissionsBoundary' ? [] : attachments.keys()),
    ...(usage === 'PermissionsPolicy' ? [] : boundaries.keys()),
  ]),
]

/** Those of AWS's that have no document here are used and cannot be read: they are left out. */
async function listUsed(
  arns: readonly string[],
  { scope, pathPrefix }: PolicyFilter,
  { page, context }: { readonly page: PageRequest; readonly context: OperationContext },
): Promise<Page<ManagedPolicy>> {
  const inScope = (arn: string): boolean => scope === 'All' || isOfAws(arn) === (scope === 'AWS')
  const wanted = arns.filter((arn) => inScope(arn) && nameOfManagedPolicy(arn).path.startsWith(pathPrefix)).sort()
  const { items, ...rest } = pageByKey(wanted, (arn) => arn, page)
  const found = await Promise.all(items.map((arn) => getManagedPolicy(arn, context).catch(() => undefined)))
  return { items: found.filter((policy) => policy !== undefined), ...rest }
}
