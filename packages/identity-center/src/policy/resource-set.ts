/** The resources of a statement. */

import { compileResource } from './arn-pattern.ts'
import type { ResourceSet } from './policy.ts'
import { resolveTemplate, type Template } from './template.ts'
import { ANY_TEXT, type Wildcard } from './wildcard.ts'

/** Whether one of the patterns covers a resource. */
export function compileResources(patterns: readonly Template[]): ResourceSet {
  const wildcards: Wildcard[] = []
  const open: Template[] = []
  for (const pattern of patterns) {
    if (pattern.fixed === ANY_TEXT) return () => true
    if (pattern.fixed === undefined) open.push(pattern)
    else wildcards.push(compileResource(pattern.fixed))
  }
  return (resource, context) => {
    if (wildcards.some((matches) => matches(resource))) return true
    let known = true
    for (const pattern of open) {
      const resolved = resolveTemplate(pattern, context)
      if (resolved === undefined) known = false
      else if (compileResource(resolved)(resource)) return true
    }
    return known ? false : undefined
  }
}
