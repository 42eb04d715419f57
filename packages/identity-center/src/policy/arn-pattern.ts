/** An ARN with wildcards, compared segment by segment. */

import { ANY_TEXT, compileWildcard, type Wildcard } from './wildcard.ts'

/** An ARN has six segments; the colons of a resource belong to the last. */
const SEGMENTS = 6

/** More parts than this are told apart by nobody; whoever sends thousands of colons shall not keep us busy. */
const MOST_PARTS = 12

/** The first segments and what follows; fewer where the text has fewer colons. */
function segmentsOf(arn: string, most = SEGMENTS): string[] {
  const segments: string[] = []
  let from = 0
  while (segments.length < most - 1) {
    const colon = arn.indexOf(':', from)
    if (colon < 0) break
    segments.push(arn.slice(from, colon))
    from = colon + 1
  }
  segments.push(arn.slice(from))
  return segments
}

/**
 * For the Resource element: a wildcard stays within its segment, but for a `*` at a segment's end, which may reach over
 * the colons behind it (IAM User Guide, "IAM JSON policy elements: Resource").
 */
export function compileResource(pattern: string): Wildcard {
  if (pattern === ANY_TEXT || !pattern.includes(ANY_TEXT)) return compileWildcard(pattern)
  const segments = segmentsOf(pattern)
  const wildcards = segments.map((segment) => compileWildcard(segment))
  const reach = segments.map((segment, index) => segment.endsWith(ANY_TEXT) && index < SEGMENTS - 1)
  const mayReach = reach.includes(true)
  return (arn) => {
    const parts = segmentsOf(arn)
    if (matchesEach(wildcards, parts)) return true
    return mayReach && matchesReaching({ wildcards, reach }, segmentsOf(arn, MOST_PARTS))
  }
}

/** For the Arn… operators: each of the six segments by itself, and no wildcard beyond its segment. */
export function compileArn(pattern: string): Wildcard {
  const wildcards = segmentsOf(pattern).map((segment) => compileWildcard(segment))
  return (arn) => matchesEach(wildcards, segmentsOf(arn))
}

function matchesEach(wildcards: readonly Wildcard[], parts: readonly string[]): boolean {
  if (parts.length !== wildcards.length) return false
  for (const [index, wildcard] of wildcards.entries()) if (!wildcard(parts[index] ?? '')) return false
  return true
}

interface Reaching {
  readonly wildcards: readonly Wildcard[]
  readonly reach: readonly boolean[]
}

/** Which numbers of parts the segments so far can have taken, segment after segment: no way is tried twice. */
function matchesReaching({ wildcards, reach }: Reaching, parts: readonly string[]): boolean {
  let taken = new Set([0])
  for (const [index, wildcard] of wildcards.entries()) {
    const last = index === wildcards.length - 1
    const next = new Set<number>()
    for (const from of taken) {
      if (from >= parts.length) continue
      const furthest = last || reach[index] ? parts.length : from + 1
      for (let to = last ? parts.length : from + 1; to <= furthest; to += 1) {
        if (!next.has(to) && wildcard(parts.slice(from, to).join(':'))) next.add(to)
      }
    }
    taken = next
  }
  return taken.has(parts.length)
}
