/** `.env` and its like: NAME=value by lines, for the many programs that read it each in its own way. */

import { listLines } from '../text/lines.ts'
import type { Splice } from '../text/splice.ts'
import type { Format } from './format.ts'
import { type Assignment, isKeyVariable, replaceVariables } from './key-variables.ts'
import { removeFromLine } from './whole-lines.ts'

// `export` as in a shell, `:` as in YAML: readers of .env take both.
const LINE = /^(\ufeff?[ \t]*(?:export[ \t]+)?)(["']?)([A-Za-z_][\w.-]*)\2([ \t]*=[ \t]*|:[ \t]+)(.*)$/

/** `once`: a file that says a name twice is one that linters refuse. */
export const editDotenv: Format = (question) => replaceVariables(question, readDotenv(question.text), { isOnce: true })

function readDotenv(text: string): readonly Assignment[] {
  const assignments: Assignment[] = []
  let open: string | undefined
  for (const { start, end } of listLines(text)) {
    const line = text.slice(start, end)
    // Inside of a value of several lines nothing is an assignment.
    if (open !== undefined) {
      if (line.includes(open)) open = undefined
      continue
    }
    const [, before = '', quote = '', name, between = '', rest = ''] = LINE.exec(line) ?? []
    if (name === undefined) continue
    const written = readValue(rest)
    open = written.open
    if (!isKeyVariable(name) || open !== undefined) continue
    const nameStart = start + before.length + quote.length
    const valueStart = nameStart + name.length + quote.length + between.length
    assignments.push({
      name,
      value: written.value,
      scope: 0,
      become: (newName, value): readonly Splice[] => [
        { start: nameStart, end: nameStart + name.length, text: newName },
        { start: valueStart, end: valueStart + written.length, text: quoteAs(value, written.quote) },
      ],
      removal: [removeFromLine(text, start + (before.startsWith('\ufeff') ? 1 : 0), valueStart + written.length, /^#/)],
    })
  }
  return assignments
}

interface WrittenValue {
  readonly value: string
  /** With its quotes. */
  readonly length: number
  readonly quote: string
  /** The quote that is not closed on this line. */
  readonly open?: string
}

function readValue(rest: string): WrittenValue {
  const quote = /^["'`]/.exec(rest)?.[0] ?? ''
  if (quote === '') {
    const [value = ''] = /^(?:[^\s#]|[ \t]+(?![\s#]|$)|(?<=\S)#)*/.exec(rest) ?? []
    return { value, length: value.length, quote }
  }
  const close = rest.indexOf(quote, 1)
  if (close === -1) return { value: rest.slice(1), length: rest.length, quote, open: quote }
  return { value: rest.slice(1, close), length: close + 1, quote }
}

/** A name that needs quotes gets some: the quotes that were there, else double ones. */
const quoteAs = (value: string, quote: string): string =>
  quote === '' && /^[\w@+.:/-]+$/.test(value) ? value : `${quote || '"'}${value}${quote || '"'}`
