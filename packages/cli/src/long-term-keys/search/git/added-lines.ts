/** Which keys of a text a change brought: those of which a line is new. */

import type { Detected } from '../../detection/detected.ts'

/**
 * A line counts as new when none of the former texts has it anywhere: one that was moved, indented or got another line end
 * is not. A file that is new has no former text.
 */
export function listAdded(text: string, detected: readonly Detected[], former: readonly string[]): readonly Detected[] {
  if (former.length === 0) return detected
  const known = new Set(former.flatMap((each) => each.split('\n').map((line) => line.trim())))
  const isNew = (span: { readonly start: number; readonly end: number } | undefined): boolean =>
    span !== undefined && linesAround(text, span).some((line) => !known.has(line.trim()))
  return detected.filter(({ idAt, secretAt }) => isNew(idAt) || isNew(secretAt))
}

function linesAround(
  text: string,
  { start, end }: { readonly start: number; readonly end: number },
): readonly string[] {
  const first = text.lastIndexOf('\n', start - 1) + 1
  const last = text.indexOf('\n', Math.max(start, end - 1))
  return text.slice(start === 0 ? 0 : first, last < 0 ? text.length : last).split('\n')
}
