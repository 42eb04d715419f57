/** systemd's unit files and crontabs: the variables that they set for what they start. */

import { listLines } from '../text/lines.ts'
import type { Splice } from '../text/splice.ts'
import type { Format, FormatAnswer } from './format.ts'
import { type Assignment, isKeyVariable, type RemoveTogether, replaceVariables } from './key-variables.ts'
import { removeFromLine } from './whole-lines.ts'

const WITHOUT_PERSON = 'It runs by itself: it works only while you are signed in. For a machine, use a role of its own.'

/** A line `Environment=` with its words. */
interface EnvironmentLine {
  readonly start: number
  readonly end: number
  readonly words: readonly { readonly start: number; readonly end: number }[]
}

/** `Environment=NAME=value "NAME=value"` on one line. */
export const editUnit: Format = (question) => {
  const { text } = question
  const assignments: Assignment[] = []
  let section = 0
  for (const { start, end } of listLines(text)) {
    const line = text.slice(start, end)
    if (/^\s*\[/.test(line)) section += 1
    const before = /^[ \t]*Environment[ \t]*=[ \t]*/.exec(line)?.[0]
    // A line that goes on below is for a person.
    if (before === undefined || line.endsWith('\\')) continue
    const words = [...line.slice(before.length).matchAll(/"[^"]*"|'[^']*'|[^\s"']\S*/g)].map((word) => ({
      start: start + before.length + word.index,
      end: start + before.length + word.index + word[0].length,
    }))
    const group: EnvironmentLine = { start, end, words }
    for (const [member, word] of words.entries()) {
      const written = text.slice(word.start, word.end)
      const quote = /^["']/.exec(written)?.[0] ?? ''
      const [, name = '', value = ''] = /^([A-Za-z_]\w*)=(.*)$/.exec(quote ? written.slice(1, -1) : written) ?? []
      if (!isKeyVariable(name)) continue
      assignments.push({
        name,
        value,
        scope: section,
        become: (newName, newValue) => {
          const isPlain = quote !== '' || !/[\s"'\\]/.test(newValue)
          const whole = `${newName}=${newValue.replaceAll('%', '%%')}`
          return [{ ...word, text: isPlain ? quote + whole + quote : `"${whole}"` }]
        },
        removal: { group, member },
      })
    }
  }
  return withNote(replaceVariables(question, assignments, { removeTogether: (groups) => removeWords(text, groups) }))
}

const removeWords = (text: string, groups: Parameters<RemoveTogether>[0]): readonly Splice[] =>
  [...groups].flatMap(([group, members]): readonly Splice[] => {
    const { start, end, words } = group as EnvironmentLine
    if (members.length === words.length) return [removeFromLine(text, start, end, /^#/)]
    return members.map((member) => {
      const word = words[member]
      const next = words[member + 1]
      const former = words[member - 1]
      if (next) return { start: word?.start ?? 0, end: next.start, text: '' }
      return { start: former?.end ?? 0, end: word?.end ?? 0, text: '' }
    })
  })

const CRONTAB = /^([ \t]*)(["']?)([A-Za-z_]\w*)\2([ \t]*=[ \t]*)(.*?)([ \t]*)$/

/** `NAME=value` lines above the jobs; a comment behind a value is a part of it. */
export const editCrontab: Format = (question) => {
  const { text } = question
  const assignments: Assignment[] = []
  for (const { start, end } of listLines(text)) {
    const [, indent = '', quote = '', name = '', between = '', written = ''] =
      CRONTAB.exec(text.slice(start, end)) ?? []
    if (!isKeyVariable(name)) continue
    const nameStart = start + indent.length + quote.length
    const valueStart = nameStart + name.length + quote.length + between.length
    const valueQuote = /^(["']).*\1$/.exec(written)?.[1] ?? ''
    assignments.push({
      name,
      value: valueQuote ? written.slice(1, -1) : written,
      scope: 0,
      become: (newName, value) => [
        { start: nameStart, end: nameStart + name.length, text: newName },
        { start: valueStart, end: valueStart + written.length, text: valueQuote + value + valueQuote },
      ],
      removal: [removeFromLine(text, start, end, /^#/)],
    })
  }
  return withNote(replaceVariables(question, assignments))
}

const withNote = (answer: FormatAnswer): FormatAnswer =>
  answer.splices.length === 0 ? answer : { ...answer, notes: [...answer.notes, WITHOUT_PERSON] }
