/** A pattern of paths: `*` within a name, `**` across folders, `?` for one character. Takes time in proportion to both. */

/** A character, or `?`, `*`, `**`, `**` with the slash behind it. */
export type PathPattern = readonly string[]

/** From the folder of the repository; a pattern that is longer names nothing that anybody has. */
const LONGEST = 500

export const parsePathPattern = (text: string): PathPattern =>
  text
    .replace(/^\.?\//, '')
    .slice(0, LONGEST)
    .match(/\*\*\/|\*\*|[\s\S]/gu) ?? []

/**
 * Goes through the path once, with every place of the pattern that it may have come to. Within `**` and its slash a place is
 * told from its beginning by its sign: only there it may be left out.
 */
export function matchesPath(pattern: PathPattern, path: string): boolean {
  let places = new Set<number>()
  enter(pattern, 1, places)
  for (const character of path) {
    const next = new Set<number>()
    for (const place of places) step(pattern, place, character, next)
    places = next
  }
  return places.has(pattern.length + 1)
}

/** Places count from 1, so that each has a sign. */
function enter(pattern: PathPattern, place: number, places: Set<number>): void {
  for (let at = place; ; at += 1) {
    places.add(at)
    if (!pattern[at - 1]?.startsWith('*')) return
  }
}

function step(pattern: PathPattern, place: number, character: string, next: Set<number>): void {
  const at = Math.abs(place)
  const token = pattern[at - 1]
  if (token === undefined) return
  if (token === '**/') {
    next.add(-at)
    if (character === '/') enter(pattern, at, next)
  } else if (token === '**' || (token === '*' && character !== '/')) enter(pattern, at, next)
  else if (token !== '*' && (token === character || (token === '?' && character !== '/'))) enter(pattern, at + 1, next)
}
