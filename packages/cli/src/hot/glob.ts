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
    return walk(parts, characters, [0]).includes(characters.length)
  }
}

const parse = (glob: string): readonly Part[] =>
  Array.from(glob.matchAll(/\{([^{}]*)\}|./gsu), ([sign, choices]) => choices?.split(',').map(parse) ?? sign)

/** Where in the text one may stand behind the parts, having stood at `from` before them; ascending. */
function walk(parts: readonly Part[], text: readonly string[], from: readonly number[]): readonly number[] {
  let places = from
  for (const part of parts) {
    const [first = text.length + 1] = places
    if (part === '*') places = [...text, ''].map((_, place) => place).slice(first)
    else if (typeof part === 'string')
      places = places.filter((place) => text[place] === part || (part === '?' && text[place])).map((place) => place + 1)
    else places = [...new Set(part.flatMap((choice) => walk(choice, text, places)))].sort((one, other) => one - other)
  }
  return places
}
