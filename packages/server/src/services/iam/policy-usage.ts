/** Where the managed policies of an account are used: on its own roles and users, and on the roles of permission sets. */

import type { AccountId } from '@mayfly/identity-center/identifiers'
import type { Transaction } from '@mayfly/store'
import { attachedArns, boundaryArn } from './account-roles.ts'

export interface PolicyUsage {
  /** On how many roles and users, by ARN. */
  readonly attachments: ReadonlyMap<string, number>
  /** How many roles and users they bound, by ARN. */
  readonly boundaries: ReadonlyMap<string, number>
}

export async function findUsage(
  accountId: AccountId,
  partition: string,
  tables: Pick<Transaction, 'rolePolicies' | 'roles' | 'iamUserPolicies' | 'iamUsers' | 'reservedRoles'>,
): Promise<PolicyUsage> {
  const attachments = await tables.rolePolicies.attachmentsOf(accountId)
  const boundaries = await tables.roles.boundariesOf(accountId)
  for (const [arn, number] of await tables.iamUserPolicies.attachmentsOf(accountId)) count(attachments, arn, number)
  for (const [arn, number] of await tables.iamUsers.boundariesOf(accountId)) count(boundaries, arn, number)
  for (const policies of await tables.reservedRoles.policiesOf(accountId)) {
    for (const arn of attachedArns(policies, accountId, partition)) count(attachments, arn)
    const boundary = boundaryArn(policies, accountId, partition)
    if (boundary !== undefined) count(boundaries, boundary)
  }
  return { attachments, boundaries }
}

function count(counts: Map<string, number>, arn: string, more = 1): void {
  counts.set(arn, (counts.get(arn) ?? 0) + more)
}
