/** Managed policies as IAM shows them: the account's own, and AWS's, of which some have a document here. */

import { createHash } from 'node:crypto'
import type { IamPolicy } from '@mayfly/identity-center/iam/policy'
import type { AccountId } from '@mayfly/identity-center/identifiers'
import {
  findPredefinedPolicy,
  listPredefinedPolicies,
  nameOfManagedPolicy,
} from '@mayfly/identity-center/policy/predefined-policies'
import type { Page, PageRequest, Transaction } from '@mayfly/store'
import type { OperationContext } from '../../operation/operation-context.ts'
import { accountOf } from './change.ts'
import { noPolicy, refused } from './exceptions.ts'

/** A managed policy of either kind. */
export type ManagedPolicy = Omit<IamPolicy, 'accountId'>

export const isOfAws = (arn: string): boolean => /^arn:[\w-]+:iam::aws:policy\/./.test(arn)

/** Throws `InvalidInput` for what is no ARN of a policy. */
export function checkArn(arn: string): void {
  if (/^arn:[\w-]+:iam::(aws|\d{12}):policy\/./.test(arn)) return
  throw refused('InvalidInput', `ARN ${arn} is not valid.`)
}

/**
 * Any of AWS's, also one that has no document here, and those of the account, which then stay until `tx` ends.
 * Throws `NoSuchEntity`.
 */
export async function checkAttachable(
  arn: string,
  accountId: AccountId,
  { iamPolicies }: Pick<Transaction, 'iamPolicies'>,
): Promise<void> {
  checkArn(arn)
  if (isOfAws(arn)) return
  if ((await iamPolicies.lock(arn))?.accountId !== accountId) throw noPolicy(arn)
}

/** Throws `NoSuchEntity`, also for one of another account and for one of AWS's that has no document here. */
export async function getManagedPolicy(arn: string, context: OperationContext): Promise<ManagedPolicy> {
  checkArn(arn)
  const policy = isOfAws(arn) ? await findPolicyOfAws(arn, context) : await context.store.iamPolicies.findByArn(arn)
  if (policy === undefined) throw noPolicy(arn)
  if ('accountId' in policy && policy.accountId !== accountOf(context)) throw noPolicy(arn)
  return policy
}

async function findPolicyOfAws(arn: string, context: OperationContext): Promise<ManagedPolicy | undefined> {
  const { createdAt } = await context.instance()
  const imported = await context.store.managedPolicies.find(partitionless(arn))
  if (imported) return describeAws(arn, imported.document, imported.importedAt)
  const predefined = findPredefinedPolicy(arn)
  return predefined && describeAws(arn, predefined.document, createdAt)
}

/** Theirs are named the same in every partition. */
const partitionless = (arn: string): string => arn.replace(/^arn:[\w-]+:/, 'arn:aws:')

const describeAws = (arn: string, document: string, createdAt: Date): ManagedPolicy => ({
  arn,
  ...nameOfManagedPolicy(arn),
  id: `ANPA${createHash('sha256').update(partitionless(arn)).digest('hex').slice(0, 17).toUpperCase()}`,
  document,
  tags: [],
  createdAt,
})

/** AWS's policies that have a document here, by ARN: those that an operator imported stand before our own. */
export async function listPoliciesOfAws(
  pathPrefix: string,
  { limit, after = '' }: PageRequest,
  { context, partition }: { readonly context: OperationContext; readonly partition: string },
): Promise<Page<ManagedPolicy>> {
  const { createdAt } = await context.instance()
  const predefined = new Map(listPredefinedPolicies().map(({ arn, document }) => [arn, document]))
  const found = new Map<string, ManagedPolicy>()
  const inPartition = (arn: string): string => arn.replace(/^arn:aws:/, `arn:${partition}:`)
  for (const [arn, document] of predefined) {
    if (arn > after) found.set(arn, describeAws(inPartition(arn), document, createdAt))
  }
  let next: string | undefined = JSON.stringify([after])
  let read = 0
  // As many as a page can show beyond those of our own.
  while (next !== undefined && read <= limit) {
    const page: Page<{ arn: string; document: string; importedAt: Date }> = await context.store.managedPolicies.list({
      limit: limit + 1,
      after: next,
    })
    for (const { arn, document, importedAt } of page.items) {
      found.set(arn, describeAws(inPartition(arn), document, importedAt))
      if (nameOfManagedPolicy(arn).path.startsWith(pathPrefix)) read += 1
    }
    next = page.nextToken
  }
  const arns = [...found.keys()].filter((arn) => nameOfManagedPolicy(arn).path.startsWith(pathPrefix)).sort()
  const shown = arns.slice(0, limit)
  const items = shown.flatMap((arn) => found.get(arn) ?? [])
  const last = shown.at(-1)
  return { items, ...(arns.length > limit && last !== undefined ? { nextToken: last } : {}) }
}
