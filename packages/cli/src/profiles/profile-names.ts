/** One name for each role, none of them twice: the same names whenever the same is asked. */

import { formatSlug } from '../account-access/slug.ts'
import { formatName, type Grant, hasField, type NameTemplate, parseTemplate } from './name-template.ts'

/** What a role is known by within a session. */
export const keyOfGrant = ({ accountId, roleName }: Pick<Grant, 'accountId' | 'roleName'>): string =>
  `${accountId}/${roleName}`

export interface Naming {
  readonly template: NameTemplate
  readonly sessionName: string
  /** Names that a role has already: it keeps it. By `keyOfGrant`. */
  readonly kept: ReadonlyMap<string, string>
  /** Names that are somebody else's. */
  readonly taken: Iterable<string>
}

/** For tools, `Dev` and `dev` are two profiles; for people, and for files made of them on some systems, they are one. */
const fold = (name: string): string => name.toLowerCase()

/**
 * Names by the template. Where several roles would share one, each of them says more of itself: the role, the account
 * id, at last a number. Where a name is somebody else's, the session's name is added. Never `default`.
 */
export function nameProfiles(grants: readonly Grant[], naming: Naming): ReadonlyMap<string, string> {
  const { template, sessionName, kept } = naming
  const foreign = new Set(['default', ...[...naming.taken].map(fold)])
  const taken = new Set(foreign)
  const names = new Map<string, string>()
  const open: Grant[] = []
  for (const grant of grants.toSorted(byKey)) {
    const name = kept.get(keyOfGrant(grant))
    if (name === undefined) open.push(grant)
    else {
      names.set(keyOfGrant(grant), name)
      taken.add(fold(name))
    }
  }
  for (const [grant, candidates] of distinguish(open, ladderOf(template), sessionName)) {
    const [first = '', ...longer] = candidates
    const bySession =
      foreign.has(fold(first)) && !hasField(template, 'session') ? [`${first}-${slugOf(sessionName)}`] : []
    const name = findFree([first, ...bySession, ...longer], taken)
    names.set(keyOfGrant(grant), name)
    taken.add(fold(name))
  }
  return names
}

const byKey = (one: Grant, other: Grant): number => {
  const [first, second] = [keyOfGrant(one), keyOfGrant(other)]
  return first < second ? -1 : first > second ? 1 : 0
}

const slugOf = (sessionName: string): string => formatSlug(sessionName).toLowerCase() || 'session'

/** The template, and longer ones for roles that it does not tell apart. */
function ladderOf(template: NameTemplate): readonly NameTemplate[] {
  const withRole = hasField(template, 'role') ? template : [...template, ...parseTemplate('-{role}')]
  const withId = hasField(template, 'accountId') ? withRole : [...withRole, ...parseTemplate('-{accountId}')]
  return [...new Set([template, withRole, withId])]
}

/** Each role with its names by the first template by which it differs from all others, and by the longer ones. */
function distinguish(
  grants: readonly Grant[],
  ladder: readonly NameTemplate[],
  sessionName: string,
): readonly (readonly [Grant, readonly string[]])[] {
  const [template, ...longer] = ladder
  if (!template) return []
  const groups = Map.groupBy(grants, (grant) => fold(formatName(template, grant, sessionName)))
  return [...groups.values()].flatMap((group) =>
    group.length === 1 || longer.length === 0
      ? group.map((grant) => [grant, ladder.map((each) => formatName(each, grant, sessionName))] as const)
      : distinguish(group, longer, sessionName),
  )
}

/** The first name that is free, or the last with a number behind it. */
function findFree(names: readonly string[], taken: ReadonlySet<string>): string {
  const free = names.find((name) => !taken.has(fold(name)))
  if (free !== undefined) return free
  for (let number = 2; ; number += 1) {
    const name = `${names.at(-1) ?? ''}-${number}`
    if (!taken.has(fold(name))) return name
  }
}
