/** Texts that stand in a text in base64, in one row or in lines of equal length. */

import type { TextSpan } from './detected.ts'

export interface EncodedText {
  readonly text: string
  /** Where in the outer text the letters stand that spell a part of this one, with those that share a letter with others. */
  spanOf(inside: TextSpan): TextSpan
}

/** `AKIA` at each of the three ways in which base64 can spell it, with the place among four letters where that begins. */
const SIGNS = /QUtJQ|FLSU[EF]|BS0lB/g
const PHASE: Readonly<Record<string, number>> = { Q: 0, F: 2, B: 3 }

/** Rows shorter than this hold an id alone, or less. */
const SHORTEST = 32
/** Lines of wrapped base64 are at least this long; only the last may be shorter. */
const SHORTEST_LINE = 48

/** The texts that hold an id, each once. */
export function findEncodedTexts(text: string): readonly EncodedText[] {
  const texts: EncodedText[] = []
  let from = 0
  for (const { 0: sign, index } of text.matchAll(SIGNS)) {
    if (index < from) continue
    const pieces = findPieces(text, index, from)
    from = pieces.at(-1)?.end ?? index
    const letters = pieces.map(({ start, end }) => text.slice(start, end)).join('')
    const before = pieces.reduce((sum, { start, end }) => sum + Math.max(0, Math.min(end, index) - start), 0)
    // What stands before the first whole four letters is no part of it: the name in name/QUtJQ….
    const skipped = (before - (PHASE[sign.charAt(0)] ?? 0) + 4) % 4
    if (letters.length - skipped < SHORTEST) continue
    const bytes = Buffer.from(letters.slice(skipped), 'base64')
    const place = (letter: number): number => placeOf(pieces, letter + skipped)
    texts.push({
      text: bytes.toString('latin1'),
      spanOf: ({ start, end }) => ({
        start: place(Math.floor((start * 4) / 3)),
        end: place(Math.ceil((end * 4) / 3) - 1) + 1,
      }),
    })
  }
  return texts
}

/** The offset in the outer text of the nth letter of a row that is spread over lines. */
function placeOf(pieces: readonly TextSpan[], letter: number): number {
  let left = letter
  for (const { start, end } of pieces) {
    if (left < end - start) return start + left
    left -= end - start
  }
  return Math.max(0, (pieces.at(-1)?.end ?? 1) - 1)
}

/** The rows of letters, line by line, around a place in one of them. */
function findPieces(text: string, index: number, from: number): readonly TextSpan[] {
  const pieces = [rowAround(text, index, from)]
  for (;;) {
    const [first] = pieces
    const before = first && first.start > from ? lineBreakBefore(text, first.start) : undefined
    if (!first || before === undefined || before <= from) break
    const row = rowAround(text, before - 1, from)
    if (row.end !== before || row.end - row.start < SHORTEST_LINE) break
    pieces.unshift(row)
  }
  for (;;) {
    const last = pieces.at(-1)
    if (!last || last.end - last.start < SHORTEST_LINE) break
    const after = /^\r?\n[ \t]{0,40}/.exec(text.slice(last.end, last.end + 42))?.[0].length
    if (after === undefined || !isLetter(text, last.end + after)) break
    pieces.push(rowAround(text, last.end + after, last.end + after))
  }
  return pieces
}

/** Where the line before ends, when nothing but a break and spaces stand between. */
function lineBreakBefore(text: string, start: number): number | undefined {
  const between = /\r?\n[ \t]{0,40}$/.exec(text.slice(Math.max(0, start - 42), start))?.[0]
  return between === undefined ? undefined : start - between.length
}

function rowAround(text: string, index: number, from: number): TextSpan {
  let [start, end] = [index, index]
  while (start > from && isLetter(text, start - 1)) start -= 1
  while (isLetter(text, end)) end += 1
  return { start, end }
}

function isLetter(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  const isAlphanumeric = (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57)
  // `+ / - _`: base64 has two alphabets.
  return isAlphanumeric || code === 43 || code === 47 || code === 45 || code === 95
}
