/** Switches a key off and deletes it: noted before, asked for after, and only while the decision still stands. */

import { Refusal } from '@mayfly/identity-center/refusal'
import type { Machine } from '../../machine/machine.ts'
import { isDenied } from '../inquiry/key-state.ts'
import {
  type AccessPath,
  askStanding,
  getRetirement,
  mayUpdateKey,
  refuseWrongIdentity,
  wasMissing,
} from './access-path.ts'
import { noteChange, withRetirement } from './journal.ts'
import { type Look, lookInside } from './look.ts'
import type { Retirement } from './retirement.ts'

/** `handed-over`: this identity may not; an administrator has to. `changed`: something else comes next by now. */
export type ActOutcome =
  | { readonly is: 'done'; readonly retirement: Retirement }
  | { readonly is: 'handed-over'; readonly retirement: Retirement }
  | { readonly is: 'changed'; readonly look: Look }

/** Does what was decided, unless something else comes next by now: another terminal, or a use of the key, may have come first. */
export const act = (
  machine: Machine,
  accessKeyId: string,
  what: 'deactivate' | 'delete',
  path: AccessPath,
): Promise<ActOutcome> =>
  withRetirement(machine, accessKeyId, async () => {
    const found = await getRetirement(machine, accessKeyId)
    refuseWrongIdentity(found, path)
    const look = await lookInside(machine, found, path)
    if (look.next.do !== what) return { is: 'changed', look }
    return what === 'deactivate'
      ? deactivate(machine, look.retirement, path)
      : deleteKey(machine, look.retirement, path)
  })

async function deactivate(machine: Machine, soaked: Retirement, path: AccessPath): Promise<ActOutcome> {
  // Who could not switch it on again must not switch it off.
  if (!(await mayUpdateKey(path, soaked, 'Active'))) return handOver(machine, soaked, path)
  const begun = await noteChange(machine, soaked, { step: 'deactivating', deactivatedBy: 'us' })
  await path.iam.updateAccessKey(keyOf(begun), 'Inactive')
  await refuseUnless(machine, begun, path, 'Inactive')
  const retirement = await noteChange(machine, begun, {
    step: 'inactive',
    deactivatedAt: machine.clock.now(),
    isHandedOver: undefined,
    note: `Switched the key off as ${path.identity.arn}.`,
  })
  return { is: 'done', retirement }
}

async function deleteKey(machine: Machine, rested: Retirement, path: AccessPath): Promise<ActOutcome> {
  const begun = await noteChange(machine, rested, { step: 'deleting' })
  try {
    await path.iam.deleteAccessKey(keyOf(begun))
  } catch (error) {
    if (isDenied(error)) return handOver(machine, await noteChange(machine, begun, { step: 'inactive' }), path)
    if (!wasMissing(error)) throw error
  }
  await refuseUnless(machine, begun, path, 'gone')
  const { retirement } = await lookInside(machine, begun, path)
  return { is: 'done', retirement }
}

async function handOver(machine: Machine, retirement: Retirement, path: AccessPath): Promise<ActOutcome> {
  const note = `${path.identity.arn} may not do this: an administrator has to.`
  return { is: 'handed-over', retirement: await noteChange(machine, retirement, { isHandedOver: true, note }) }
}

/** What AWS says counts, not that a call went through. */
async function refuseUnless(
  machine: Machine,
  retirement: Retirement,
  path: AccessPath,
  expected: 'Inactive' | 'gone',
): Promise<void> {
  const { status } = await askStanding(machine, retirement, path)
  if (status === expected) return
  throw new Refusal('conflict', `IAM took the call, and says that ${retirement.accessKeyId} is ${status}.`, {
    hint: `IAM may be slow to tell. See in a minute: mayfly keys retire ${retirement.accessKeyId}`,
  })
}

const keyOf = ({ accessKeyId, userName }: Retirement): { accessKeyId: string; userName?: string | undefined } => ({
  accessKeyId,
  userName,
})
