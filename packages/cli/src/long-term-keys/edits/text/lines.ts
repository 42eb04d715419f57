/** The lines of a text, by the offsets at which they begin and end. */

export interface TextLine {
  readonly start: number
  /** Where its line end begins. */
  readonly end: number
  /** Where the next line begins. */
  readonly next: number
}

/** Lines end at `\n`, `\r\n` or a lone `\r`; a text that ends with one has no empty line behind it. */
export function listLines(text: string): readonly TextLine[] {
  const lines: TextLine[] = []
  const ends = /\r\n|\n|\r/g
  let start = 0
  for (let found = ends.exec(text); found; found = ends.exec(text)) {
    lines.push({ start, end: found.index, next: ends.lastIndex })
    start = ends.lastIndex
  }
  if (start < text.length) lines.push({ start, end: text.length, next: text.length })
  return lines
}

/** Index of the line that holds an offset; the last line for the end of the text. -1 for an empty text. */
export function lineAt(lines: readonly TextLine[], offset: number): number {
  let [low, high] = [0, lines.length - 1]
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((lines[middle]?.start ?? 0) <= offset) low = middle
    else high = middle - 1
  }
  return high < 0 ? -1 : low
}
