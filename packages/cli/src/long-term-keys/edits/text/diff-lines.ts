/** What splices do to the lines of a text, for the eyes of a person. */

import { hideSecrets, showHidden } from './hidden-text.ts'
import { lineAt, listLines } from './lines.ts'
import { applySplices, type Splice } from './splice.ts'

/** A line that goes or comes. Secrets in it are `…wXyZ`, control characters are gone. */
export interface DiffLine {
  readonly sign: '-' | '+'
  /** Of the text before the change for `-`, of the text after it for `+`. Begins with 1. */
  readonly line: number
  readonly text: string
}

/** `splices` are sorted. */
export function diffLines(text: string, splices: readonly Splice[], secrets: readonly string[]): readonly DiffLine[] {
  const hidden = hideSecrets(text, secrets)
  const lines = listLines(text)
  const diff: DiffLine[] = []
  let moved = 0
  for (const group of groupByLines(text, splices)) {
    const [start, end] = [lines[group.first]?.start ?? 0, lines[group.last]?.next ?? 0]
    const inner = group.splices.map((splice) => ({ ...splice, start: splice.start - start, end: splice.end - start }))
    const former = textsOf(hidden.slice(start, end))
    const later = textsOf(applySplices(hidden.slice(start, end), inner))
    let same = 0
    while (same < former.length && same < later.length && former[same] === later[same]) same += 1
    let tail = 0
    while (tail < Math.min(former.length, later.length) - same && former.at(-1 - tail) === later.at(-1 - tail))
      tail += 1
    const add = (sign: '-' | '+', texts: readonly string[], first: number): void => {
      for (const [index, shown] of texts.slice(same, texts.length - tail).entries())
        diff.push({ sign, line: first + same + index + 1, text: showHidden(shown) })
    }
    add('-', former, Math.max(0, group.first))
    add('+', later, Math.max(0, group.first) + moved)
    moved += later.length - former.length
  }
  return diff
}

interface LineGroup {
  readonly first: number
  readonly last: number
  readonly splices: readonly Splice[]
}

/** Splices that touch the same lines, together. */
function groupByLines(text: string, splices: readonly Splice[]): readonly LineGroup[] {
  const lines = listLines(text)
  const groups: { first: number; last: number; splices: Splice[] }[] = []
  for (const splice of splices) {
    const first = lineAt(lines, splice.start)
    const last = lineAt(lines, Math.max(splice.start, splice.end - 1))
    const group = groups.at(-1)
    if (group && first <= group.last) {
      group.last = Math.max(group.last, last)
      group.splices.push(splice)
    } else groups.push({ first, last, splices: [splice] })
  }
  return groups
}

const textsOf = (text: string): readonly string[] => listLines(text).map(({ start, end }) => text.slice(start, end))
