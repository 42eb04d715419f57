/** Policy documents as patterns: what stands in them, not what they would answer. */

import type { UserPolicy } from '../inquiry/key-facts.ts'

/** `Action` and `Resource`, or with `but` their opposites. */
export interface Patterns {
  readonly of: readonly string[]
  /** `NotAction`, `NotResource`: everything but these. */
  readonly but: boolean
}

export interface PolicyStatement {
  readonly effect: 'Allow' | 'Deny'
  /** In lower case. */
  readonly actions: Patterns
  /** As written. */
  readonly writtenActions: readonly string[]
  readonly resources: Patterns
  /** Keys of its conditions: `aws:SourceIp`. */
  readonly conditions: readonly string[]
}

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
    actions: { of: written.map(plainAction), but: NotAction !== undefined },
    writtenActions: written,
    resources: { of: listTexts(NotResource ?? Resource), but: NotResource !== undefined },
    conditions: listConditions(Condition),
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
