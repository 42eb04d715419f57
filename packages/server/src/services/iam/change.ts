/** How the roles, users and policies of the caller's own account are changed: with the record, and counting at once. */

import type { AccountId } from '@mayfly/identity-center/identifiers'
import type { Transaction } from '@mayfly/store'
import type { Operations } from '@mayfly/wire/model/operations'
import { getAccountCaller, type OperationContext } from '../../operation/operation-context.ts'
import { beyondQuota } from './exceptions.ts'

/** Of IAM the roles, users, access keys and policies of local accounts; what else IAM has is not answered. */
export type IamApi = Operations<typeof import('@aws-sdk/client-iam'), OperationContext>

/** IAM is asked about the caller's own account and no other. */
export const accountOf = (context: OperationContext): AccountId => getAccountCaller(context).accountId

/** As many as may be made at the same moment by those who do not see each other's yet. */
const AT_ONCE = 100

/** Throws `LimitExceeded`. Near the limit it waits for whoever changes something, so that many at once do not pass it. */
export async function checkQuota(
  { quota, most, count }: { readonly quota: string; readonly most: number; readonly count: () => Promise<number> },
  tx: Transaction,
): Promise<void> {
  let there = await count()
  if (there < most && there >= most - AT_ONCE) {
    await tx.policyChanges.bump()
    there = await count()
  }
  if (there >= most) throw beyondQuota(quota, most)
}

/**
 * Changes and records in one commit. What `work` locks stays as it is until then, on every node; lock a role
 * or a user before a policy. Who may do what is read anew from the next request on.
 */
export async function changeIam<Output extends object>(
  context: OperationContext,
  work: (tx: Transaction) => Promise<Output>,
): Promise<Output> {
  const output = await context.store.transaction(async (tx) => {
    const output = await work(tx)
    await context.record(tx, output)
    // Last: everybody who changes policies anywhere waits for this row.
    await tx.policyChanges.bump()
    return output
  }, 'read-committed')
  context.policies.changed()
  return output
}
