/** The one kind of pattern that there is: `prod-*`, `dev-?`, `{dev,test}-*`. */

/** One character, `*`, `?`, or what `{a,b}` lets choose from. */
type Part = string | readonly (readonly Part[])[]

/**
 * Whether texts match a pattern whole: `*` is any text, `?` one character, `{a,b}` either, in which the other two count
 * too. Capital and small letters are alike. Without a regular expression: a pattern of stars would keep one busy for years.
 */
export function compileGlob(glob: string): (text: string) => boolean {
  const parts = parse(glob.toLowerCase())
  return (text) => {
    const characters = [...text.toLowerCase()]
    return walk(parts, characters, new Set([0])).has(characters.length)
  }
}

const parse = (glob: string): readonly Part[] =>
  Array.from(glob.matchAll(/\{([^{}]*)\}|./gsu), ([sign, choices]) => choices?.split(',').map(parse) ?? sign)

/** Where in the text one may stand behind the parts, having stood at `places` before them. */
function walk(parts: readonly Part[], text: readonly string[], places: ReadonlySet<number>): ReadonlySet<number> {
  let reached = places
  for (const part of parts) {
    const next = new Set<number>()
    if (part === '*') {
      // Without a place, Infinity: it begins nowhere.
      for (let place = Math.min(...reached); place <= text.length; place += 1) next.add(place)
    } else if (typeof part === 'string') {
      for (const place of reached)
        if (place < text.length && (part === '?' || text[place] === part)) next.add(place + 1)
    } else {
      for (const choice of part) for (const place of walk(choice, text, reached)) next.add(place)
    }
    reached = next
  }
  return reached
}
