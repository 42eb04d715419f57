/** What is about to be changed, shown before anybody is asked. */

import type { PlaceKind } from '../../../long-term-keys/key/key-place.ts'
import type { RetirementPlan } from '../../../long-term-keys/planning/retirement-plan.ts'
import type { Machine } from '../../../machine/machine.ts'
import { formatPlace } from '../find/place-words.ts'
import { formatPlan } from '../plan/plan-report.ts'
import { formatLines } from './tell.ts'

/** Kinds of places whose programs run elsewhere, where nobody can sign in. */
const OF_MACHINES: ReadonlySet<PlaceKind> = new Set<PlaceKind>(['ci', 'kubernetes', 'docker'])
const MOST_PLACES = 12

/** What a person has to agree to in words of their own (`--force`). Sentences. */
export function listObstacles({ edits, accessKeyId }: RetirementPlan, { home }: Machine): readonly string[] {
  const machines = edits.byHand.filter(({ kind }) => OF_MACHINES.has(kind))
  if (machines.length === 0) return []
  return [
    `Machines use ${accessKeyId}, and nobody signs in there:`,
    ...machines.slice(0, MOST_PLACES).map(({ place, advice }) => `  ${formatPlace(place, home)}: ${advice}`),
  ]
}

export function formatBeginning(plan: RetirementPlan, { clock, home, terminal }: Machine): string {
  const columns = terminal.shown ? terminal.size.columns : 80
  const where = { home, columns, styled: terminal.styled, now: clock.now() }
  const others = plan.facts.otherKeys.map(
    ({ accessKeyId, status }) =>
      `${plan.facts.userName ?? 'The user'} has another key, ${accessKeyId} (${status}): it is left alone.`,
  )
  return `${formatPlan(plan, where)}\n${formatLines(others)}`
}
