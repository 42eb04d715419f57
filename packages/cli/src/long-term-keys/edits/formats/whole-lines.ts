/** Takes a piece of a line out: with the line when nothing else stands there, without its comment when there is one. */

import type { Splice } from '../text/splice.ts'

/**
 * What stands from `start` to `end` goes. A line that would be left blank goes with its end; a comment behind it stays,
 * and moves to where the piece began. `comment` tells how a comment begins in this format.
 */
export function removeFromLine(text: string, start: number, end: number, comment: RegExp): Splice {
  const lineStart = Math.max(text.lastIndexOf('\n', start - 1), text.lastIndexOf('\r', start - 1)) + 1
  const lineEnd = endOfLine(text, end)
  const isFirst = /^[ \t\ufeff]*$/.test(text.slice(lineStart, start))
  const behind = text.slice(end, lineEnd)
  const gap = /^[ \t]*/.exec(behind)?.[0].length ?? 0
  if (!isFirst) return { start, end: behind.length === gap ? lineEnd : end, text: '' }
  if (behind.length > gap) return { start, end: comment.test(behind.slice(gap)) ? end + gap : end, text: '' }
  // The byte order mark is the file's, not the line's.
  const from = text.startsWith('\ufeff') && lineStart === 0 ? 1 : lineStart
  return { start: from, end: nextLine(text, lineEnd), text: '' }
}

/** Where the line that holds `offset` ends, before its line end. */
export function endOfLine(text: string, offset: number): number {
  const found = /[\r\n]/.exec(text.slice(offset))
  return found ? offset + found.index : text.length
}

/** Where the line behind a line end begins. */
export function nextLine(text: string, lineEnd: number): number {
  if (text.startsWith('\r\n', lineEnd)) return lineEnd + 2
  return Math.min(text.length, lineEnd + 1)
}
