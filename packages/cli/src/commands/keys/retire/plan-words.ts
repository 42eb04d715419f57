/** What is about to be changed, shown before anybody is asked. */

import type { PlaceKind } from '../../../long-term-keys/key/key-place.ts'
import type { RetirementPlan } from '../../../long-term-keys/planning/retirement-plan.ts'
import type { Machine } from '../../../machine/machine.ts'
import { formatPlace } from '../check/checked-key.ts'
import { formatLastUse } from '../check/key-age.ts'
import { formatLines } from './tell.ts'
import { plural } from './words.ts'

/** Kinds of places whose programs run elsewhere, where nobody can sign in. */
const OF_MACHINES: ReadonlySet<PlaceKind> = new Set<PlaceKind>(['ci', 'kubernetes', 'docker'])
const MOST_LEFT = 12

/** What a person has to agree to in words of their own (`--force`). Sentences. */
export function listObstacles({ edits, accessKeyId }: RetirementPlan, { home }: Machine): readonly string[] {
  const machines = edits.byHand.filter(({ kind }) => OF_MACHINES.has(kind))
  if (machines.length === 0) return []
  return [
    `Machines use ${accessKeyId}, and nobody signs in there:`,
    ...machines.slice(0, MOST_LEFT).map(({ place, advice }) => `  ${formatPlace(place, home)}: ${advice}`),
  ]
}

export function formatBeginning(plan: RetirementPlan, { clock, home }: Machine): string {
  const { accessKeyId, accountId, facts, profile, replacement, edits } = plan
  const now = clock.now()
  const whose = [facts.userName, accountId === undefined ? undefined : `account ${accountId}`]
    .filter(Boolean)
    .join(', ')
  const lost = replacement.none === undefined ? replacement.difference.lost : []
  const lines = [
    `${accessKeyId} (${whose === '' ? 'not known whose' : whose}), ${facts.state}, last used: ${formatLastUse(facts.lastUsed, facts.ownUses, now)}`,
    `Its place takes ${profile?.role.roleName ?? ''}, as the profile ${profile?.profileName ?? ''}.`,
    ...(lost.length > 0 ? [`The key may do more than that: mayfly keys plan ${accessKeyId} says what.`] : []),
    ...facts.otherKeys.map(
      (other) =>
        `${facts.userName ?? 'The user'} has another key, ${other.accessKeyId} (${other.status}): it is left alone.`,
    ),
    ...formatEdits(edits.edits, home),
    ...formatLeft(edits.byHand, home),
    '',
  ]
  return formatLines(lines)
}

function formatEdits(edits: RetirementPlan['edits']['edits'], home: string): readonly string[] {
  return edits.flatMap(({ path, diff, notes }) => [
    '',
    formatPath(path, home),
    ...diff.map(({ sign, line, text }) => `  ${String(line).padStart(4)} ${sign} ${text}`),
    ...notes.map((note) => `  ${note}`),
  ])
}

function formatLeft(byHand: RetirementPlan['edits']['byHand'], home: string): readonly string[] {
  if (byHand.length === 0) return []
  const more = byHand.length - MOST_LEFT
  return [
    '',
    `${plural(byHand.length, 'place')} left for you, as long as the key works:`,
    ...byHand
      .slice(0, MOST_LEFT)
      .flatMap(({ place, why, advice }) => [`  ${formatPlace(place, home)}`, `    ${why} ${advice}`]),
    ...(more > 0 ? [`  and ${more} more`] : []),
  ]
}

const formatPath = (path: string, home: string): string =>
  path.startsWith(`${home}/`) ? `~${path.slice(home.length)}` : path
