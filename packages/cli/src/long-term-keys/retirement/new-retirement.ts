/** A retirement at its beginning, from the plan that a person has agreed to. */

import type { FileEdit } from '../edits/file-edit.ts'
import type { ReplacingProfile } from '../edits/plan-edits.ts'
import type { KeyFacts } from '../inquiry/key-facts.ts'
import type { Retirement, RetirementNote } from './retirement.ts'

export interface AgreedPlan {
  readonly accessKeyId: string
  readonly accountId?: string | undefined
  readonly facts?: KeyFacts | undefined
  readonly profile: ReplacingProfile
  readonly edits: readonly FileEdit[]
  readonly asProfile: string
  readonly soakDays: number
  readonly restDays: number
}

/** `former`: an earlier one of the same key, which was undone: what happened then is still told. */
export function createRetirement(plan: AgreedPlan, former: Retirement | undefined, now: Date): Retirement {
  const { accessKeyId, facts, profile, edits, asProfile, soakDays } = plan
  const accountId = facts?.accountId ?? plan.accountId
  // A key that was off before anybody touched it has rested already.
  const restDays = facts?.state === 'inactive' ? 0 : plan.restDays
  const history: readonly RetirementNote[] = former?.history ?? []
  return {
    version: 1,
    accessKeyId,
    ...(accountId !== undefined && { accountId }),
    ...(facts?.userName !== undefined && { userName: facts.userName }),
    step: 'planned',
    since: now,
    createdAt: now,
    notedAt: now,
    profile,
    asProfile,
    soakDays,
    restDays,
    edits: edits.map((edit) => ({ edit, state: 'planned' })),
    ...(facts?.state === 'dead' && { isDead: true }),
    // Its files went back alone, and it stayed as we had left it: an undo still switches it on.
    ...(facts?.state === 'inactive' && former?.deactivatedBy === 'us' && { deactivatedBy: 'us' }),
    stragglers: [],
    ownUses: facts?.ownUses ?? [],
    history: [...history, { at: now, what: `Planned: ${profile.profileName} takes the key's place.` }],
  }
}
