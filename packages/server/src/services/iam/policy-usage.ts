/** Where the managed policies of an account are used: on its own roles, and on those of permission sets. */

import type { AccountId } from '@mayfly/identity-center/identifiers'
import type { Transaction } from '@mayfly/store'
import { attachedArns, boundaryArn } from './account-roles.ts'

export interface PolicyUsage {
  /** On how many roles, by ARN. */
  readonly attachments: ReadonlyMap<string, number>
  /** How many roles they bound, by ARN. */
  readonly boundaries: ReadonlyMap<string, number>
}

export async function findUsage(
  accountId: AccountId,
  partition: string,
  { rolePolicies, roles, reservedRoles }: Pick<Transaction, 'rolePolicies' | 'roles' | 'reservedRoles'>,
): Promise<PolicyUsage> {
  const attachments = await rolePolicies.attachmentsOf(accountId)
  const boundaries = await roles.boundariesOf(accountId)
  for (const policies of await reservedRoles.policiesOf(accountId)) {
    for (const arn of attachedArns(policies, accountId, partition)) count(attachments, arn)
    const boundary = boundaryArn(policies, accountId, partition)
    if (boundary !== undefined) count(boundaries, boundary)
  }
  return { attachments, boundaries }
}

function count(counts: Map<string, number>, arn: string): void {
  counts.set(arn, (counts.get(arn) ?? 0) + 1)
}
