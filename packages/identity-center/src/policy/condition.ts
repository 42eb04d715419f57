/** One condition of a statement: an operator, a key, and the values that the policy names. */

import type { Operator } from './operators.ts'
import type { ConditionContext } from './request.ts'
import { compileResolved, type Template } from './template.ts'
import type { Wildcard } from './wildcard.ts'

/** True and false as usual; undefined when it hangs on a variable that has no value. */
export type Holds = boolean | undefined

export type Condition = (context: ConditionContext) => Holds

export interface WrittenCondition {
  readonly operator: Operator
  readonly quantifier?: 'ForAllValues' | 'ForAnyValue'
  readonly ifExists: boolean
  /** In lower case. */
  readonly key: string
  readonly values: readonly Template[]
}

/** `Null`: whether the key is absent, as the policy says it should be. */
export const compileNull =
  (key: string, absent: readonly boolean[]): Condition =>
  (context) =>
    absent.includes(!context.has(key))

/**
 * Several values of the policy are alternatives; under a negated operator none of them may compare. Without a value in
 * the request an operator does not hold, but a negated one, one with `IfExists`, and `ForAllValues` do.
 */
export function compileCondition({ operator, quantifier, ifExists, key, values }: WrittenCondition): Condition {
  const { negated } = operator
  const whenAbsent = ifExists || quantifier === 'ForAllValues' || (negated && quantifier === undefined)
  const matches = compileValues(operator, values)
  return (context) => {
    const requested = context.get(key)
    if (!requested || requested.length === 0) return whenAbsent
    let unresolved = false
    const holds = (text: string): boolean => {
      const match = matches(text, context)
      if (match === undefined) unresolved = true
      return (match === true) !== negated
    }
    const result =
      quantifier === 'ForAllValues' || (negated && !quantifier) ? requested.every(holds) : requested.some(holds)
    return unresolved && negated && result ? undefined : result
  }
}

const never: Wildcard = () => false

type Matches = (text: string, context: ConditionContext) => boolean | undefined

/** Whether one of the values compares; undefined when none does and one of them could not be known. */
function compileValues(operator: Operator, values: readonly Template[]): Matches {
  const compiled: Wildcard[] = []
  const open: ((context: ConditionContext) => Wildcard | undefined)[] = []
  for (const template of values) {
    const wildcard = template.fixed === undefined ? undefined : operator.compile(template.fixed)
    if (wildcard) compiled.push(wildcard)
    else open.push(compileResolved(template, (text) => operator.compile(text) ?? never))
  }
  return (text, context) => {
    if (compiled.some((wildcard) => wildcard(text))) return true
    let known = true
    for (const template of open) {
      const compares = template(context)
      if (compares === undefined) known = false
      else if (compares(text)) return true
    }
    return known ? false : undefined
  }
}
