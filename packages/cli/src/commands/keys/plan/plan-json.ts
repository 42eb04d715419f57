/** The plan of a retirement for programs. */

import type { RetirementPlan } from '../../../long-term-keys/planning/retirement-plan.ts'

/** Every member is there in every plan; null stands for what is not known, or is not to be. */
export function describePlan(plan: RetirementPlan) {
  const { accessKeyId, accountId, found, facts, replacement, edits, steps, obstacles, snippets = [] } = plan
  return {
    accessKeyId,
    accountId: accountId ?? null,
    state: facts.state,
    reason: facts.reason,
    isRoot: facts.isRoot,
    isCanary: facts.isCanary,
    arn: facts.arn ?? null,
    userName: facts.userName ?? null,
    createdAt: facts.createdAt ?? null,
    lastUsedAt: facts.lastUsed?.at ?? null,
    places: found.map(({ place, kind }) => ({ place, kind })),
    replacement:
      replacement.none === undefined
        ? {
            profile: replacement.profileName,
            roleName: replacement.roleName,
            accountId: replacement.role.accountId,
            session: replacement.role.sessionName ?? null,
            why: replacement.why,
            known: replacement.difference.known,
            lost: replacement.difference.lost,
            gained: replacement.difference.gained,
            alternatives: replacement.alternatives.map(({ roleName }) => roleName),
          }
        : null,
    edits: edits.edits.map(({ path, foundAs, kind, before, diff, notes }) => ({
      path,
      foundAs,
      kind,
      isNew: before === null,
      diff,
      notes,
    })),
    byHand: edits.byHand,
    steps,
    obstacles,
    snippets,
  }
}
