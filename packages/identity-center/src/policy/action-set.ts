/** The actions of a statement: `sso:Describe*`, `*`. Their case does not matter. */

import { compileWildcard, readWildcards, type Wildcard } from './wildcard.ts'

interface Names {
  readonly exact: Set<string>
  readonly patterns: Wildcard[]
}

/** An action of a request, in lower case and apart. */
export interface RequestedAction {
  readonly service: string
  readonly name: string
}

export type ActionSet = (action: RequestedAction) => boolean

export function readAction(action: string): RequestedAction {
  const lower = action.toLowerCase()
  const colon = lower.indexOf(':')
  return { service: lower.slice(0, colon), name: lower.slice(colon + 1) }
}

/** Looks a service's names up at once, so that a policy of thousands of actions costs no more than one of ten. */
export function compileActions(actions: readonly string[]): ActionSet {
  const services = new Map<string, Names>()
  for (const action of actions) {
    if (action === '*' || action === '*:*') return () => true
    const { service, name } = readAction(action)
    const names = services.get(service) ?? { exact: new Set(), patterns: [] }
    services.set(service, names)
    if (/[*?]/.test(name)) names.patterns.push(compileWildcard(readWildcards(name)))
    else names.exact.add(name)
  }
  return ({ service, name }) => {
    const names = services.get(service)
    if (!names) return false
    return names.exact.has(name) || names.patterns.some((matches) => matches(name))
  }
}
