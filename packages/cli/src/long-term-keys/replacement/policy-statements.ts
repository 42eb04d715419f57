/** Policy documents as patterns: what stands in them, not what they would answer. */

import type { UserPolicy } from '../inquiry/key-facts.ts'

/** `Action` and `Resource`, or with `but` their opposites. */
export interface Patterns {
  readonly of: readonly string[]
  /** `NotAction`, `NotResource`: everything but these. */
  readonly but: boolean
  /** Those of `of` that may have anything in common with a pattern: of its service, or of any. */
  near(pattern: string): readonly string[]
}

/** Sorts the patterns by what stands before their first colon: a policy of thousands is held against another one fast. */
export function createPatterns(of: readonly string[], but: boolean): Patterns {
  const services = new Map<string, string[]>()
  const anywhere: string[] = []
  for (const pattern of of) {
    const service = serviceOf(pattern)
    if (service === undefined) anywhere.push(pattern)
    else {
      const others = services.get(service)
      if (others) others.push(pattern)
      else services.set(service, [pattern])
    }
  }
  return {
    of,
    but,
    near(pattern) {
      const service = serviceOf(pattern)
      return service === undefined ? of : [...anywhere, ...(services.get(service) ?? [])]
    },
  }
}

/** Nothing where it is a pattern itself. */
const serviceOf = (pattern: string): string | undefined => /^([^:*?$]*):/.exec(pattern)?.[1]

export interface PolicyStatement {
  readonly effect: 'Allow' | 'Deny'
  /** In lower case. */
  readonly actions: Patterns
  /** As written. */
  readonly writtenActions: readonly string[]
  readonly resources: Patterns
  /** Keys of its conditions: `aws:SourceIp`. */
  readonly conditions: readonly string[]
  /** Its conditions as written; the same text means the same. */
  readonly conditionText: string
}

/** Two statements of the same text say the same. */
export const textOfStatement = ({ effect, actions, resources, conditionText }: PolicyStatement): string =>
  JSON.stringify([effect, actions.but, actions.of, resources.but, resources.of, conditionText])

/** All that counts for a principal. */
export interface PrincipalPolicies {
  readonly statements: readonly PolicyStatement[]
  /** What at most is left of them; absent without a boundary. */
  readonly boundary?: readonly PolicyStatement[]
  /** Names of policies whose documents are not known. */
  readonly unread: readonly string[]
}

/** Splits policies into what they grant and the boundary. `find` has documents of policies that could not be read. */
export function parsePolicies(
  policies: readonly UserPolicy[],
  find: (arn: string) => string | undefined = () => undefined,
): PrincipalPolicies {
  const statements: PolicyStatement[] = []
  const unread: string[] = []
  let boundary: readonly PolicyStatement[] | undefined
  for (const { name, way, arn, document } of policies) {
    const text = document ?? (arn === undefined ? undefined : find(arn))
    const parsed = text === undefined ? undefined : parseDocument(text)
    if (!parsed) unread.push(name)
    else if (way === 'boundary') boundary = parsed
    else statements.push(...parsed)
  }
  return { statements, ...(boundary && { boundary }), unread }
}

/** The statements of a document; nothing where it is none. */
export function parseDocument(text: string): readonly PolicyStatement[] | undefined {
  try {
    const { Statement: written } = JSON.parse(text) as { Statement?: unknown }
    const items = Array.isArray(written) ? written : [written]
    return items.map(parseStatement)
  } catch {
    return undefined
  }
}

/** Throws where something else stands than IAM would have taken. */
function parseStatement(item: unknown): PolicyStatement {
  const { Effect, Action, NotAction, Resource, NotResource, Condition } = item as Record<string, unknown>
  if (Effect !== 'Allow' && Effect !== 'Deny') throw new TypeError('no effect')
  const written = listTexts(NotAction ?? Action)
  return {
    effect: Effect,
    actions: createPatterns(written.map(plainAction), NotAction !== undefined),
    writtenActions: written,
    resources: createPatterns(listTexts(NotResource ?? Resource), NotResource !== undefined),
    conditions: listConditions(Condition),
    conditionText: JSON.stringify(Condition ?? {}),
  }
}

/** `*:*` is `*`; their case does not matter. */
const plainAction = (action: string): string => (action === '*:*' ? '*' : action.toLowerCase())

function listTexts(value: unknown): readonly string[] {
  const texts = Array.isArray(value) ? value : [value]
  if (texts.length === 0 || texts.some((text) => typeof text !== 'string')) throw new TypeError('no texts')
  return texts as string[]
}

const listConditions = (condition: unknown): readonly string[] =>
  typeof condition === 'object' && condition !== null
    ? [...new Set(Object.values(condition).flatMap((keys) => Object.keys((keys ?? {}) as object)))]
    : []
