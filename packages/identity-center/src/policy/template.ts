/** A policy's text with its variables: `arn:aws:s3:::home/${aws:username}/*`. */

import type { ConditionContext } from './request.ts'
import { asText, readWildcards } from './wildcard.ts'

interface Variable {
  /** The condition key, in lower case. */
  readonly key: string
  readonly otherwise?: string
}

export interface Template {
  /** The whole text, where it has no variable. */
  readonly fixed?: string
  readonly parts: readonly (string | Variable)[]
}

export interface TemplateRules {
  /** Variables came with version 2012-10-17; before it `${` is just text. */
  readonly variables: boolean
  /** Whether `*` and `?` are wildcards here. */
  readonly wildcards: boolean
}

const VARIABLE = /\$\{\s*([^{},]*?)\s*(?:,\s*'([^'{}]*)'\s*)?\}/y

/** Reads a text; undefined when a `${` begins no variable. */
export function parseTemplate(text: string, { variables, wildcards }: TemplateRules): Template | undefined {
  const plain = wildcards ? readWildcards : asText
  if (!variables || !text.includes('${')) return { fixed: plain(text), parts: [] }
  const parts: (string | Variable)[] = []
  let literal = ''
  let at = 0
  while (true) {
    const next = text.indexOf('${', at)
    literal += plain(text.slice(at, next < 0 ? undefined : next))
    if (next < 0) break
    VARIABLE.lastIndex = next
    const match = VARIABLE.exec(text)
    if (!match) return undefined
    at = VARIABLE.lastIndex
    const [, name = '', otherwise] = match
    if (/^[*?$]$/.test(name)) {
      literal += name
      continue
    }
    if (!/^[\w.-]+:./.test(name)) return undefined
    parts.push(literal, { key: name.toLowerCase(), ...(otherwise === undefined ? {} : { otherwise }) })
    literal = ''
  }
  return parts.length === 0 ? { fixed: literal, parts } : { parts: [...parts, literal] }
}

/**
 * The text with the request's values, whose wildcards are none. Undefined when a variable has no value and no default,
 * or several values: such a text stands for nothing.
 */
function resolveTemplate({ fixed, parts }: Template, context: ConditionContext): string | undefined {
  if (fixed !== undefined) return fixed
  let text = ''
  for (const part of parts) {
    if (typeof part === 'string') {
      text += part
      continue
    }
    const values = context.get(part.key)
    if (values && values.length > 1) return undefined
    const value = values?.[0] ?? part.otherwise
    if (value === undefined) return undefined
    text += asText(value)
  }
  return text
}

/** Compiles a resolved text once, as long as it stays the same: most callers ask several times in a row. */
export function compileResolved<Compiled>(
  template: Template,
  compile: (text: string) => Compiled,
): (context: ConditionContext) => Compiled | undefined {
  let last: { readonly text: string; readonly compiled: Compiled } | undefined
  return (context) => {
    const text = resolveTemplate(template, context)
    if (text === undefined) return undefined
    if (last?.text !== text) last = { text, compiled: compile(text) }
    return last.compiled
  }
}
