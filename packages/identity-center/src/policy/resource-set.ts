/** The resources of a statement. */

import { compileResource } from './arn-pattern.ts'
import type { ResourceSet } from './policy.ts'
import type { ConditionContext } from './request.ts'
import { compileResolved, type Template } from './template.ts'
import { ANY_TEXT, type Wildcard } from './wildcard.ts'

/** Whether one of the patterns covers a resource. */
export function compileResources(patterns: readonly Template[]): ResourceSet {
  const wildcards: Wildcard[] = []
  const open: ((context: ConditionContext) => Wildcard | undefined)[] = []
  for (const pattern of patterns) {
    if (pattern.fixed === ANY_TEXT) return () => true
    if (pattern.fixed === undefined) open.push(compileResolved(pattern, compileResource))
    else wildcards.push(compileResource(pattern.fixed))
  }
  return (resource, context) => {
    if (wildcards.some((matches) => matches(resource))) return true
    let known = true
    for (const pattern of open) {
      const matches = pattern(context)
      if (matches === undefined) known = false
      else if (matches(resource)) return true
    }
    return known ? false : undefined
  }
}
