/** The instance that an operation of sso-admin names, and who of its administrators may touch what. */

import type { PermissionSetArn } from '@mayfly/identity-center/identifiers'
import type { Instance } from '@mayfly/identity-center/instance'
import { Refusal } from '@mayfly/identity-center/refusal'
import type { Transaction } from '@mayfly/store'
import { getRoleCaller, type OperationContext } from '../../operation/operation-context.ts'

/** Refuses with `forbidden` any other: what is not the caller's own does not show whether it exists (§1.10). */
export async function getInstance(arn: string, context: OperationContext): Promise<Instance> {
  const instance = await context.instance()
  if (instance.arn !== arn) throw new Refusal('forbidden', 'You do not have sufficient access to perform this action.')
  return instance
}

/** A delegated administrator does not touch what the management account carries (§1.10). */
export function refuseForDelegate(accountId: string, { ownerAccountId }: Instance, context: OperationContext): void {
  if (accountId !== ownerAccountId || getRoleCaller(context).accountId === ownerAccountId) return
  throw new Refusal('forbidden', 'A delegated administrator cannot manage access to the management account.')
}

/** The same for a permission set: it is the management account's as soon as it is provisioned there. */
export async function refuseSetForDelegate(
  arn: PermissionSetArn,
  instance: Instance,
  tx: Pick<Transaction, 'provisionedPermissionSets'>,
  context: OperationContext,
): Promise<void> {
  if (getRoleCaller(context).accountId === instance.ownerAccountId) return
  if ((await tx.provisionedPermissionSets.find(instance.ownerAccountId, arn)) === undefined) return
  refuseForDelegate(instance.ownerAccountId, instance, context)
}
