/** Rights that go with a key: whoever gives them up without a question has to name the smaller permission set. */

import { Refusal } from '@mayfly/identity-center/refusal'
import type { RetirementPlan } from '../../../long-term-keys/planning/retirement-plan.ts'

/** A yes to everything is not a yes to less. What nobody could compare, or what hangs on conditions, is no known loss. */
export function refuseLoss({
  accessKeyId,
  replacement,
  edits,
}: Pick<RetirementPlan, 'accessKeyId' | 'replacement'> & {
  readonly edits: { readonly edits: readonly unknown[] }
}): void {
  if (replacement.none !== undefined || edits.edits.length === 0) return
  const { roleName, difference } = replacement
  if (difference.known !== 'both' || difference.lost.every(({ conditional }) => conditional !== undefined)) return
  throw new Refusal('conflict', `${roleName} does not allow all that ${accessKeyId} does, and nobody agreed to less.`, {
    hint: `What would be lost: mayfly keys plan ${accessKeyId}. To go on with it: mayfly keys retire ${accessKeyId} --permission-set ${roleName} --yes`,
  })
}
