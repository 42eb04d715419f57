/** How much a right is, and what to say of very many of them. */

import type { Rights } from './replacement.ts'

const SERVICES_SHOWN = 6
const VERBS_SHOWN = 3
const ACTIONS_SHOWN = 4

/** A rough measure, for ranking: everything, a service, the actions of a verb, one action. */
export function breadthOf(rights: readonly Rights[]): number {
  let sum = 0
  for (const { actions, resources } of rights) {
    const wide = resources.some((resource) => resource === '*' || resource.startsWith('all but ')) ? 2 : 1
    for (const action of actions) sum += breadthOfAction(action) * wide
  }
  return sum
}

function breadthOfAction(action: string): number {
  if (action === '*' || action === '*:*') return 1_000_000
  if (action.startsWith('all but ')) return 900_000
  const name = action.slice(action.indexOf(':') + 1)
  if (name === '*') return 200
  return /[*?]/.test(name) ? 10 : 1
}

/** Rights by service, the broadest first; what is too much to be read is counted. */
export function summarizeRights(rights: readonly Rights[]): readonly Rights[] {
  const whole = rights.filter(({ actions }) =>
    actions.some((action) => action === '*' || action.startsWith('all but ')),
  )
  if (whole.length > 0) return whole.map(({ actions, resources }) => ({ actions, resources }))
  const services = new Map<string, { actions: Set<string>; resources: Set<string> }>()
  for (const { actions, resources } of rights) {
    for (const action of actions) {
      const service = action.split(':')[0]?.toLowerCase() ?? ''
      const found = services.get(service) ?? { actions: new Set(), resources: new Set() }
      found.actions.add(action)
      for (const resource of resources) found.resources.add(resource)
      services.set(service, found)
    }
  }
  const broadest = [...services]
    .map(([service, { actions, resources }]) => ({ service, actions: [...actions], resources: [...resources] }))
    .toSorted((one, other) => breadthOf([other]) - breadthOf([one]) || (one.service < other.service ? -1 : 1))
  const few = broadest.length <= SERVICES_SHOWN
  const shown = broadest.slice(0, few ? SERVICES_SHOWN : VERBS_SHOWN).map(({ actions, resources }) => ({
    actions: shorten(actions),
    resources: resources.includes('*') ? ['*'] : shorten(resources),
  }))
  if (few) return shown
  const verbs = commonVerbs(broadest.flatMap(({ actions }) => actions)).join(', ')
  return [{ actions: [`rights in ${broadest.length} services, most of them ${verbs}`], resources: ['*'] }, ...shown]
}

/** `Describe*`, `Get*`, `List*`: with what the most actions begin. */
function commonVerbs(actions: readonly string[]): readonly string[] {
  const verbs = actions.flatMap((action) => /:([A-Z][a-z]+)/.exec(action)?.[1] ?? [])
  return [...Map.groupBy(verbs, (verb) => verb)]
    .toSorted(([one, first], [other, second]) => second.length - first.length || (one < other ? -1 : 1))
    .slice(0, VERBS_SHOWN)
    .map(([verb]) => `${verb}*`)
}

function shorten(texts: readonly string[]): readonly string[] {
  const more = texts.length - ACTIONS_SHOWN
  return more <= 0 ? texts : [...texts.slice(0, ACTIONS_SHOWN), `and ${more} more`]
}
