/** Reads where accounts lie, and what they may do at most. */

import { parsePolicy } from '@mayfly/identity-center/policy/parse-policy'
import { Refusal } from '@mayfly/identity-center/refusal'
import { listIn, readAccountName, textIn, uniquely } from './document-reading.ts'
import type { OrganizationAccount, OrganizationServiceControlPolicy, OrganizationUnit } from './organization.ts'
import type { Place } from './place.ts'

/** What policies call the root. */
export const ROOT = 'Root'

/** Those above stand before those below. */
export function readUnits(places: Place[]): OrganizationUnit[] {
  const units = uniquely(
    places,
    (place) => ({ path: textIn(place, 'path') }),
    ({ path }) => path,
  )
  const paths = units.map(({ path }) => path)
  for (const [index, path] of paths.entries()) {
    const parent = parentOf(path)
    if (parent === undefined || paths.includes(parent)) continue
    places[index]?.get('path').refuse(`lies in ${parent}, which is not in the list`, `Add "- { path: ${parent} }".`)
  }
  return units.sort((one, other) => depthOf(one) - depthOf(other))
}

/** The path of the unit above; undefined when that is the root. */
export function parentOf(path: string): string | undefined {
  const slash = path.lastIndexOf('/')
  return slash < 0 ? undefined : path.slice(0, slash)
}

const depthOf = ({ path }: OrganizationUnit): number => path.split('/').length

interface Targets {
  readonly accounts: readonly OrganizationAccount[]
  readonly unitPaths: readonly string[]
}

export function readServiceControlPolicy(
  place: Place,
  { accounts, unitPaths }: Targets,
): OrganizationServiceControlPolicy {
  const units = [ROOT, ...unitPaths]
  return {
    name: textIn(place, 'name'),
    description: place.find('description')?.text() ?? '',
    policy: readPolicy(place.get('policy')),
    organizationalUnits: listIn(place, 'organizationalUnits').map((unit) =>
      unit.nameAmong(units, 'organizationalUnits'),
    ),
    accounts: listIn(place, 'accounts').map((account) => readAccountName(account, accounts)),
  }
}

function readPolicy(place: Place): string {
  const policy = place.policy()
  try {
    parsePolicy(policy, 'service-control')
    return policy
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return place.refuse(`cannot be followed: ${error.message.replace(/\.$/, '')}`, error.hint)
  }
}
