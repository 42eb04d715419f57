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
  return seekerWithGaps(piece)
}

const WORD = 32

/**
 * Seeks a piece with `?` in all places at once: bit n of the state says that the last n + 1 characters may be the first
 * ones of the piece (shift-and). Place after place it would take seconds for what somebody has chosen for that.
 */
function seekerWithGaps(piece: string): Seeker {
  const words = Math.ceil(piece.length / WORD)
  const last = 1 << ((piece.length - 1) % WORD)
  const { masks, others } = readPlaces(piece, words)
  return (text, from, end) => {
    const state = new Int32Array(words)
    for (let at = from; at < end; at += 1) {
      const mask = masks.get(text[at] ?? '') ?? others
      let carry = 1
      for (let word = 0; word < words; word += 1) {
        const bits = state[word] ?? 0
        state[word] = ((bits << 1) | carry) & (mask[word] ?? 0)
        carry = bits >>> (WORD - 1)
      }
      if (((state[words - 1] ?? 0) & last) !== 0) return at + 1
    }
    return -1
  }
}

/** For each character of the piece the places where it may stand, and for all other characters those of `?`. */
function readPlaces(piece: string, words: number) {
  const others = new Int32Array(words)
  const bit = (mask: Int32Array, place: number): void => {
    const word = Math.floor(place / WORD)
    mask[word] = (mask[word] ?? 0) | (1 << (place % WORD))
  }
  for (let place = 0; place < piece.length; place += 1) if (piece[place] === ANY_CHARACTER) bit(others, place)
  const masks = new Map<string, Int32Array>()
  for (let place = 0; place < piece.length; place += 1) {
    const character = piece[place] ?? ''
    if (character === ANY_CHARACTER) continue
    const mask = masks.get(character) ?? others.slice()
    bit(mask, place)
    masks.set(character, mask)
  }
  return { masks, others }
}

function standsAt(piece: string, text: string, at: number): boolean {
  for (let index = 0; index < piece.length; index += 1) {
    const wanted = piece[index]
    if (wanted !== ANY_CHARACTER && wanted !== text[at + index]) return false
  }
  return true
}
