/** Takes members out of a list with commas: an object or an array of JSON, a flow collection of YAML. */

import type { Splice } from '../text/splice.ts'
import { endOfLine, nextLine } from './whole-lines.ts'

export interface ListMember {
  readonly start: number
  readonly end: number
}

/** `members` in order; `going` are numbers of some of them. A comma is left between those that stay, and no other. */
export function removeMembers(
  text: string,
  members: readonly ListMember[],
  going: ReadonlySet<number>,
): readonly Splice[] {
  const removed = members.flatMap(({ start, end }, index) =>
    going.has(index) ? [wholeLine(text, start, commaBehind(text, end) ?? end)] : [],
  )
  const lastKept = members.findLastIndex((_, index) => !going.has(index))
  const [kept, last] = [members[lastKept], members.at(-1)]
  // A list that ended with a comma still does; another one does not from now on.
  if (!kept || !last || kept === last || commaBehind(text, last.end) !== undefined) return removed
  const end = commaBehind(text, kept.end)
  return end === undefined ? removed : [{ start: end - 1, end, text: '' }, ...removed]
}

/** Where the comma behind a member ends; comments may stand in between. */
function commaBehind(text: string, offset: number): number | undefined {
  const between = /^(?:\s|\/\/[^\r\n]*|\/\*[\s\S]*?\*\/)*,/.exec(text.slice(offset, offset + 2000))
  return between ? offset + between[0].length : undefined
}

/** The member and its comma: with its lines when it has them for itself, else with the blanks behind it. */
function wholeLine(text: string, start: number, end: number): Splice {
  const lineStart = Math.max(text.lastIndexOf('\n', start - 1), text.lastIndexOf('\r', start - 1)) + 1
  const lineEnd = endOfLine(text, end)
  const isFirst = /^[ \t]*$/.test(text.slice(lineStart, start))
  const isLast = /^[ \t]*$/.test(text.slice(end, lineEnd))
  if (isFirst && isLast) return { start: lineStart, end: nextLine(text, lineEnd), text: '' }
  const behind = /^[ \t]*/.exec(text.slice(end, lineEnd))?.[0].length ?? 0
  return { start, end: end + behind, text: '' }
}
