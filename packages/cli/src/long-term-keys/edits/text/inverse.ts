/** Takes splices back, also out of a text that others have changed since. */

import { lineAt, listLines, type TextLine } from './lines.ts'
import { applySplices, type Splice } from './splice.ts'

/** The splices that turn the text after the change into the one before. They hold what was taken out: the secrets. */
export function invertSplices(before: string, splices: readonly Splice[]): readonly Splice[] {
  let moved = 0
  return splices.map(({ start, end, text }) => {
    const inverse = { start: start + moved, end: start + moved + text.length, text: before.slice(start, end) }
    moved += text.length - (end - start)
    return inverse
  })
}

/**
 * `current` with the splices of `after` made in it. Nothing where one of the lines that they touch, or of the lines
 * right beside them, is not in `current` as it is in `after`: then nobody but its owner can say what it should be.
 */
export function carrySplices(after: string, current: string, splices: readonly Splice[]): string | undefined {
  const [planned, present] = [listLines(after), listLines(current)]
  const partners = matchLines(textsOf(after, planned), textsOf(current, present))
  if (!partners) return undefined
  const carried: Splice[] = []
  for (const splice of splices) {
    const move = findMove(splice, planned, present, partners)
    if (move === undefined) return undefined
    carried.push({ ...splice, start: splice.start + move, end: splice.end + move })
  }
  return applySplices(current, carried)
}

/** By how much the place of a splice has moved; nothing when its lines are not together any more. */
function findMove(
  { start, end }: Splice,
  planned: readonly TextLine[],
  present: readonly TextLine[],
  partners: ReadonlyMap<number, number>,
): number | undefined {
  if (planned.length === 0) return present.length === 0 ? 0 : undefined
  const first = lineAt(planned, Math.max(0, start - 1))
  const last = lineAt(planned, end)
  const partner = partners.get(first)
  if (partner === undefined) return undefined
  for (let line = first; line <= last; line += 1) if (partners.get(line) !== partner + line - first) return undefined
  return (present[partner]?.start ?? 0) - (planned[first]?.start ?? 0)
}

/** Pairs of lines beyond which no pairing is tried: a file of which thousands of lines in a row were rewritten. */
const MOST_PAIRS = 4_000_000

/** Which line of the one list is which of the other, by index: equal beginnings and ends, between them the longest common part. */
function matchLines(one: readonly string[], other: readonly string[]): ReadonlyMap<number, number> | undefined {
  const pairs = new Map<number, number>()
  let head = 0
  while (head < one.length && head < other.length && one[head] === other[head]) {
    pairs.set(head, head)
    head += 1
  }
  let tail = 0
  while (tail < Math.min(one.length, other.length) - head && one.at(-1 - tail) === other.at(-1 - tail)) {
    tail += 1
    pairs.set(one.length - tail, other.length - tail)
  }
  const [rows, columns] = [one.length - head - tail, other.length - head - tail]
  if (rows * columns > MOST_PAIRS) return undefined
  const width = columns + 1
  const lengths = new Uint32Array((rows + 1) * width)
  const at = (row: number, column: number): number => lengths[row * width + column] ?? 0
  for (let row = rows - 1; row >= 0; row -= 1)
    for (let column = columns - 1; column >= 0; column -= 1)
      lengths[row * width + column] =
        one[head + row] === other[head + column]
          ? at(row + 1, column + 1) + 1
          : Math.max(at(row + 1, column), at(row, column + 1))
  for (let row = 0, column = 0; row < rows && column < columns; ) {
    if (one[head + row] === other[head + column]) {
      pairs.set(head + row, head + column)
      row += 1
      column += 1
    } else if (at(row + 1, column) >= at(row, column + 1)) row += 1
    else column += 1
  }
  return pairs
}

/** With their ends: a line whose end was changed is another line. */
const textsOf = (text: string, lines: readonly TextLine[]): readonly string[] =>
  lines.map(({ start, next }) => text.slice(start, next))
