/** Puts together what retiring a key means: what AWS says of it, what takes its place, which files change. */

import type { Machine } from '../../machine/machine.ts'
import type { FoundKey } from '../key/found-key.ts'
import type { PlanOptions, RetirementPlan } from './retirement-plan.ts'

/** Writes nothing. `found`: the places of this key and of its secret. */
export async function planRetirement(
  _machine: Machine,
  key: { readonly accessKeyId: string; readonly found: readonly FoundKey[] },
  _options: PlanOptions,
): Promise<RetirementPlan> {
  throw new Error(`not yet: ${key.accessKeyId}`)
}
