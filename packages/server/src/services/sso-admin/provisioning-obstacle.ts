/** Why a permission set cannot be provisioned in an account: asked before anything is written (§3.4). */

import type { PermissionSet } from '@mayfly/identity-center/account-access/permission-set'
import { customerManagedPoliciesOf, findOversize } from '@mayfly/identity-center/account-access/permission-set-policies'
import { iamPolicyArn } from '@mayfly/identity-center/iam/policy'
import type { AccountId } from '@mayfly/identity-center/identifiers'
import type { Instance } from '@mayfly/identity-center/instance'
import { partitionOf } from '@mayfly/identity-center/partition'
import { Refusal } from '@mayfly/identity-center/refusal'
import type { Transaction } from '@mayfly/store'

/** The failure's reason; undefined when nothing is in the way. Refuses with `not-found` an unknown account. */
export async function findObstacle(
  set: PermissionSet,
  accountId: AccountId,
  instance: Instance,
  { store }: { readonly store: Pick<Transaction, 'accounts' | 'iamPolicies'> },
): Promise<string | undefined> {
  const account = await store.accounts.find(accountId)
  if (account === undefined) throw new Refusal('not-found', `Could not find AWS account with id ${accountId}`)
  if (account.closedAt !== undefined) return `Received a 403 status error: AWS account ${accountId} is closed.`
  const oversize = findOversize(set)
  if (oversize !== undefined) return oversize
  for (const policy of customerManagedPoliciesOf(set)) {
    const arn = iamPolicyArn(partitionOf(instance.region), { accountId, ...policy })
    if ((await store.iamPolicies.findByArn(arn)) === undefined) return missingPolicy(arn)
  }
  return undefined
}

/** In the words that IAM has for a policy that a role cannot be given. */
export const missingPolicy = (arn: string): string =>
  `Received a 404 status error: Policy ${arn} does not exist or is not attachable.`
