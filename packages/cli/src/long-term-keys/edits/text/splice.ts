/** Pieces of a text that become others, and nothing else. */

/** What stands from `start` up to `end` (UTF-16 units of the text as it was read) becomes `text`. Never a secret. */
export interface Splice {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** In order, those of the same place once; deletions that touch the same text are one. */
export function sortSplices(splices: readonly Splice[]): readonly Splice[] {
  const sorted = [...splices].sort((one, other) => one.start - other.start || one.end - other.end)
  const kept: Splice[] = []
  for (const splice of sorted) {
    const last = kept.at(-1)
    if (last && last.start === splice.start && last.end === splice.end && last.text === splice.text) continue
    if (last && splice.start < last.end) {
      if (last.text !== '' || splice.text !== '') throw new Error(`Two changes of the same place: ${splice.start}`)
      kept[kept.length - 1] = { ...last, end: Math.max(last.end, splice.end) }
    } else kept.push(splice)
  }
  return kept
}

/** The text with the splices made. They are sorted. */
export function applySplices(text: string, splices: readonly Splice[]): string {
  let [result, at] = ['', 0]
  for (const { start, end, text: added } of splices) {
    result += text.slice(at, start) + added
    at = end
  }
  return result + text.slice(at)
}
