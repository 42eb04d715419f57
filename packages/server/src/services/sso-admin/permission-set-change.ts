/** One change to a permission set: read it, decide, write it, record it. Accounts go by it once it is provisioned. */

import type { PermissionSet } from '@mayfly/identity-center/account-access/permission-set'
import type { PermissionSetArn } from '@mayfly/identity-center/identifiers'
import type { OperationContext } from '../../operation/operation-context.ts'
import { getInstance, refuseSetForDelegate } from './instance.ts'

interface Named {
  readonly InstanceArn: string
  readonly PermissionSetArn: string
}

/** `decide` returns the set with its next version, or the very same set when there is nothing to change. */
export async function changePermissionSet(
  { InstanceArn, PermissionSetArn }: Named,
  context: OperationContext,
  decide: (permissionSet: PermissionSet) => PermissionSet,
): Promise<Record<never, never>> {
  const instance = await getInstance(InstanceArn, context)
  await context.store.transaction(async (tx) => {
    const permissionSet = await tx.permissionSets.get(PermissionSetArn as PermissionSetArn)
    await refuseSetForDelegate(permissionSet.arn, instance, tx, context)
    const changed = decide(permissionSet)
    if (changed !== permissionSet) await tx.permissionSets.update(changed)
    await context.record(tx, {})
  })
  return {}
}

/** Refuses with `not-found` an unknown permission set, with `forbidden` another instance. */
export async function getPermissionSet(
  { InstanceArn, PermissionSetArn }: Named,
  context: OperationContext,
): Promise<PermissionSet> {
  await getInstance(InstanceArn, context)
  return await context.store.permissionSets.get(PermissionSetArn as PermissionSetArn)
}
