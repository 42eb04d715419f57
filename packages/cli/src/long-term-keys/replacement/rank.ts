/** Which permission set is nearest to what a key may do. */

import type { KeyFacts } from '../inquiry/key-facts.ts'
import type { PermissionSetPolicies } from './permission-set-policies.ts'
import { findLostRights } from './policy-difference.ts'
import { type PrincipalPolicies, parsePolicies } from './policy-statements.ts'
import type { PolicyDifference } from './replacement.ts'
import { breadthOf, summarizeRights } from './right-summary.ts'

export interface RankedSet {
  readonly set: PermissionSetPolicies
  readonly difference: PolicyDifference
  readonly why: string
}

interface Compared extends RankedSet {
  /** 0: covers the key. 1: loses something. 2: nobody knows. */
  readonly tier: number
  readonly lostBreadth: number
  readonly gainedBreadth: number
}

/**
 * The nearest first: who covers everything with the least beyond it; then who loses least; then those of which nothing
 * is known. Ties go by name, so that the same is proposed each time.
 */
export function rankSets(
  facts: Pick<KeyFacts, 'policies' | 'userName' | 'isRoot'>,
  sets: readonly PermissionSetPolicies[],
  find: (arn: string) => string | undefined,
): readonly RankedSet[] {
  const key = keyPolicies(facts, find)
  return sets
    .map((set) => compare(key, set))
    .toSorted(
      (one, other) =>
        one.tier - other.tier ||
        one.lostBreadth - other.lostBreadth ||
        one.gainedBreadth - other.gainedBreadth ||
        (one.set.roleName < other.set.roleName ? -1 : 1),
    )
    .map(({ set, difference, why }) => ({ set, difference, why }))
}

/** Nothing where nobody could read them. */
function keyPolicies(
  { policies, userName }: Pick<KeyFacts, 'policies' | 'userName'>,
  find: (arn: string) => string | undefined,
): PrincipalPolicies | undefined {
  if (!policies) return undefined
  // The user of the key is known: this variable has a value.
  const known = policies.policies.map((policy) => ({
    ...policy,
    ...(policy.document !== undefined &&
      userName !== undefined && {
        document: policy.document.replaceAll(USER_NAME, JSON.stringify(userName).slice(1, -1)),
      }),
  }))
  const parsed = parsePolicies(known, find)
  return policies.isWhole || parsed.unread.length > 0 ? parsed : { ...parsed, unread: ['a policy'] }
}

const USER_NAME = /\$\{aws:username\}/gi

function compare(key: PrincipalPolicies | undefined, set: PermissionSetPolicies): Compared {
  const isKeyKnown = key !== undefined && key.unread.length === 0
  if (set.known === 'not' || key === undefined) return guess(key, set)
  const lost = findLostRights(key, set.policies)
  const gained = findLostRights(set.policies, { ...key, unread: [] })
  const assumed = set.known === 'name' ? ', going by its name' : ''
  const least = isKeyKnown ? '' : ` of what could be read (${key.unread.join(', ')} could not)`
  const why =
    lost.length === 0
      ? `allows all that the key allows${least}${assumed}`
      : `does not allow ${countOf(lost.length)} of what the key allows${least}${assumed}`
  return {
    set,
    difference: { known: isKeyKnown ? 'both' : 'set', lost, gained: summarizeRights(gained) },
    why,
    tier: lost.length === 0 ? 0 : 1,
    lostBreadth: breadthOf(lost),
    gainedBreadth: breadthOf(gained),
  }
}

const countOf = (count: number): string => (count === 1 ? 'a part' : `${count} parts`)

/** By name: who can work, and cannot administer, is likeliest to be meant. */
const LIKELY: readonly RegExp[] = [
  /power/i,
  /develop|engineer|deploy/i,
  /^administratoraccess$/i,
  /admin/i,
  /read|view|audit/i,
]

function guess(key: PrincipalPolicies | undefined, set: PermissionSetPolicies): Compared {
  const { roleName, known, why = '', policies } = set
  const place = LIKELY.findIndex((pattern) => pattern.test(roleName))
  const unknown =
    key === undefined ? 'what the key allows could not be read' : `what it allows could not be read (${why})`
  const gained = known === 'not' ? [] : findLostRights(policies, { statements: [], unread: [] })
  return {
    set,
    difference: {
      known: key === undefined ? (known === 'not' ? 'neither' : 'set') : 'key',
      lost: [],
      gained: summarizeRights(gained),
    },
    why: `a guess by its name: ${unknown}`,
    tier: 2,
    lostBreadth: place === -1 ? 2.5 : place,
    gainedBreadth: 0,
  }
}
