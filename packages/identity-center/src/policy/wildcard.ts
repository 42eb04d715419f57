/** Text with wildcards, matched without going back over an earlier `*`. */

/**
 * How a wildcard stands in a pattern once it was read: these two are no characters, so that a `*` from a variable or
 * from `${*}` is just an asterisk.
 */
export const ANY_TEXT = '\uFFFE'
export const ANY_CHARACTER = '\uFFFF'

/** Turns `*` and `?` into wildcards. */
export const readWildcards = (text: string): string =>
  asText(text).replaceAll('*', ANY_TEXT).replaceAll('?', ANY_CHARACTER)

/** Text that holds no wildcard, whatever it looks like. */
export const asText = (text: string): string => text.replace(/[\uFFFE\uFFFF]/g, '\uFFFD')

/** A matcher of whole texts. */
export type Wildcard = (text: string) => boolean

const always: Wildcard = () => true

/**
 * Compiles a pattern of `readWildcards` and `asText`. Each piece between two `*` is sought once, from left to right, so
 * a match takes at most the length of the text times that of the longest piece, whatever the pattern.
 */
export function compileWildcard(pattern: string): Wildcard {
  if (pattern === ANY_TEXT) return always
  const [first = '', ...others] = pattern.split(ANY_TEXT)
  const last = others.pop()
  if (last === undefined) return exactly(first)
  const startsRight = startsWith(first)
  const endsRight = endsWith(last)
  const shortest = first.length + last.length
  const seekers = others.filter((piece) => piece !== '').map(seeker)
  return (text) => {
    if (text.length < shortest || !startsRight(text) || !endsRight(text)) return false
    const end = text.length - last.length
    let from = first.length
    for (const seek of seekers) {
      from = seek(text, from, end)
      if (from < 0) return false
    }
    return true
  }
}

const hasGap = (piece: string): boolean => piece.includes(ANY_CHARACTER)

function exactly(piece: string): Wildcard {
  if (!hasGap(piece)) return (text) => text === piece
  return (text) => text.length === piece.length && standsAt(piece, text, 0)
}

const startsWith = (piece: string): Wildcard =>
  hasGap(piece) ? (text) => standsAt(piece, text, 0) : (text) => text.startsWith(piece)

const endsWith = (piece: string): Wildcard =>
  hasGap(piece) ? (text) => standsAt(piece, text, text.length - piece.length) : (text) => text.endsWith(piece)

/** Where the first place of the piece between the two offsets ends; negative when it has none. */
type Seeker = (text: string, from: number, end: number) => number

function seeker(piece: string): Seeker {
  const { length } = piece
  if (!hasGap(piece)) {
    return (text, from, end) => {
      const at = text.indexOf(piece, from)
      return at < 0 || at + length > end ? -1 : at + length
    }
  }
  return (text, from, end) => {
    for (let at = from; at + length <= end; at += 1) if (standsAt(piece, text, at)) return at + length
    return -1
  }
}

function standsAt(piece: string, text: string, at: number): boolean {
  for (let index = 0; index < piece.length; index += 1) {
    const wanted = piece[index]
    if (wanted !== ANY_CHARACTER && wanted !== text[at + index]) return false
  }
  return true
}
