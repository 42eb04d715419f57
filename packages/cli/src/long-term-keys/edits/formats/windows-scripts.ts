/** Scripts and profiles of PowerShell and of Windows' command prompt: the variables that they set. */

import { listLines } from '../text/lines.ts'
import type { Format } from './format.ts'
import { type Assignment, isKeyVariable, replaceVariables } from './key-variables.ts'
import { removeFromLine } from './whole-lines.ts'

const POWERSHELL =
  /^(\ufeff?[ \t]*)(\$env:|\$\{env:)(\w+)(\}?[ \t]*=[ \t]*)("[^"`$]*"|'[^']*')[ \t]*(?:;[ \t]*)?(?=$|#)/i

/** `$env:NAME = 'value'`, on a line of its own; comments and here-strings are passed over. */
export const editPowerShell: Format = (question) => {
  const { text } = question
  const assignments: Assignment[] = []
  let closing: RegExp | undefined
  for (const { start, end } of listLines(text)) {
    const line = text.slice(start, end)
    if (closing) {
      if (closing.test(line)) closing = undefined
      continue
    }
    closing = opens(line)
    const [whole, before = '', opening = '', name = '', between = '', written = ''] = POWERSHELL.exec(line) ?? []
    if (whole === undefined || !isKeyVariable(name.toUpperCase())) continue
    const nameStart = start + before.length + opening.length
    const valueStart = nameStart + name.length + between.length
    const quote = written.charAt(0)
    assignments.push({
      name: name.toUpperCase(),
      value: written.slice(1, -1),
      scope: 0,
      become: (newName, value) => [
        { start: nameStart, end: nameStart + name.length, text: newName },
        { start: valueStart, end: valueStart + written.length, text: quotePowerShell(value, quote) },
      ],
      removal: [removeFromLine(text, start + before.length, start + whole.trimEnd().length, /^#/)],
    })
  }
  return replaceVariables(question, assignments)
}

/** What ends the comment or here-string that the line opens and does not close. */
function opens(line: string): RegExp | undefined {
  if (/<#(?!.*#>)/.test(line)) return /#>/
  const quote = /@(["'])[ \t]*$/.exec(line)?.[1]
  return quote === undefined ? undefined : new RegExp(`^${quote}@`)
}

const quotePowerShell = (value: string, quote: string): string =>
  /["'`$]/.test(value) ? `'${value.replaceAll("'", "''")}'` : quote + value + quote

// `set NAME=value`: everything up to the line's end is the value, blanks too.
const BATCH = /^(\ufeff?[ \t]*@?set[ \t]+)("?)(\w+)=([^"&|<>^\r\n]*)("?)[ \t]*$/i
const SETX = /^(\ufeff?[ \t]*@?setx[ \t]+)("?)(\w+)\2[ \t]+("?)([^"\s]+)\4(?:[ \t]+\/m)?[ \t]*$/i

/** `set NAME=value`, `set "NAME=value"` and `setx NAME value`, on lines of their own. */
export const editBatch: Format = (question) => {
  const { text } = question
  const lines = listLines(text)
  const assignments: Assignment[] = []
  for (const { start, end, next } of lines) {
    const line = text.slice(start, end)
    const set = BATCH.exec(line)
    const [, before = '', quote = '', name = ''] = set ?? SETX.exec(line) ?? []
    if (!isKeyVariable(name.toUpperCase())) continue
    const nameStart = start + before.length + quote.length
    const value = set ? (set[4] ?? '') : (SETX.exec(line)?.[5] ?? '')
    const valueStart = start + line.indexOf(value, nameStart - start + name.length + 1)
    assignments.push({
      name: name.toUpperCase(),
      value: value.trim(),
      scope: set ? 0 : 1,
      become: (newName, newValue) => [
        { start: nameStart, end: nameStart + name.length, text: newName },
        { start: valueStart, end: valueStart + value.length, text: newValue },
      ],
      // A block of parentheses must not be left empty.
      removal: /\($/.test(lineBefore(text, start))
        ? [{ start: start + (/^\ufeff?[ \t]*/.exec(line)?.[0].length ?? 0), end, text: 'rem' }]
        : [{ start: start + (line.startsWith('\ufeff') ? 1 : 0), end: next, text: '' }],
    })
  }
  return replaceVariables(question, assignments)
}

const lineBefore = (text: string, start: number): string =>
  text
    .slice(Math.max(0, start - 10_000), start)
    .trimEnd()
    .split(/[\r\n]/)
    .at(-1) ?? ''
