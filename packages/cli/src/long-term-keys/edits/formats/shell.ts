/** Start-up files and scripts of shells: the variables that they export. */

import type { Splice } from '../text/splice.ts'
import type { Format } from './format.ts'
import { type Assignment, isKeyVariable, type RemoveTogether, replaceVariables } from './key-variables.ts'
import { removeStatements, withoutOpening } from './shell-removal.ts'
import { readStatements, type Shell, type ShellWord, type Statement } from './shell-words.ts'

export const editShell =
  (shell: Shell): Format =>
  (question) => {
    const { text } = question
    const statements = readStatements(text, shell)
    const functions = listFunctions(statements, shell)
    const assignments = statements.flatMap((statement, index) =>
      readAssignments(text, statement, shell).map((assignment) => ({
        ...assignment,
        scope: assignment.scope || (functions[index] ?? 0),
      })),
    )
    const removeTogether: RemoveTogether = (groups) => {
      const open = [...groups] as [OpenStatement, readonly number[]][]
      const isWhole = ([{ words, hasCommand }, members]: (typeof open)[number]): boolean =>
        !hasCommand && members.length === words.length
      const whole = new Set(open.filter(isWhole).map(([{ statement }]) => statement))
      return [
        ...open.filter((entry) => !isWhole(entry)).flatMap(([group, members]) => removeSome(text, group, members)),
        ...removeStatements(text, statements, whole, shell),
      ]
    }
    return replaceVariables(question, assignments, { removeTogether })
  }

/** A statement with the words in it that set variables, by their numbers. */
interface OpenStatement {
  readonly statement: Statement
  readonly words: readonly ShellWord[]
  /** True where a command follows the assignments. */
  readonly hasCommand: boolean
}

/** For each statement, the number of the function around it; 0 for none: what one function sets is not set in another. */
function listFunctions(statements: readonly Statement[], shell: Shell): readonly number[] {
  const open: number[] = []
  return statements.map(({ words }, index) => {
    for (const { value } of shell === 'fish' ? words.slice(0, 1) : words) {
      if (shell === 'fish' && FISH_BLOCKS.has(value ?? ''))
        open.push(value === 'function' ? -index - 1 : (open.at(-1) ?? 0))
      else if (shell !== 'fish' && value === '{') open.push(-index - 1)
      else if (value === (shell === 'fish' ? 'end' : '}')) open.pop()
    }
    return open.at(-1) ?? 0
  })
}

const FISH_BLOCKS: ReadonlySet<string> = new Set(['function', 'if', 'for', 'while', 'switch', 'begin'])

const DECLARING: ReadonlySet<string> = new Set(['export', 'declare', 'typeset', 'readonly', 'local'])
const ASSIGNMENT = /^([A-Za-z_]\w*)=/
// `NAME="${NAME:-value}"`: what counts where nothing else has set it.
const FALLBACK = /^(\w+)=("?)\$\{\1(:?[-=])([\w/+=]+)\}\2$/

function readAssignments(text: string, statement: Statement, shell: Shell): readonly Assignment[] {
  const words = withoutOpening(statement.words)
  const [first] = words
  if (first?.value === 'setenv' && shell === 'csh') return readPair(text, statement, words, shell)
  if (first?.value === 'set' && shell === 'fish') return readPair(text, statement, words, shell)
  const isDeclaring = first?.value !== undefined && DECLARING.has(first.value)
  const set = isDeclaring
    ? words.slice(1).filter((word) => ASSIGNMENT.test(text.slice(word.start, word.end)))
    : leading(words, (word) => ASSIGNMENT.test(text.slice(word.start, word.end)))
  if (set.length === 0 || (shell === 'csh' && !isDeclaring)) return []
  const others = isDeclaring
    ? words.slice(1).filter((word) => !set.includes(word) && !word.value?.startsWith('-'))
    : words.slice(set.length)
  const group: OpenStatement = { statement, words: set, hasCommand: others.length > 0 }
  return set
    .flatMap((word, member): readonly Assignment[] => {
      const written = text.slice(word.start, word.end)
      const [whole = '', name = ''] = ASSIGNMENT.exec(written) ?? []
      if (!isKeyVariable(name)) return []
      const fallback = FALLBACK.exec(written)
      return [
        {
          name,
          value: fallback ? fallback[4] : word.value?.slice(whole.length),
          // A prefix of a command counts for that command alone.
          scope: !isDeclaring && group.hasCommand ? word.start + 1 : 0,
          become: (newName, value) => [
            { start: word.start, end: word.start + name.length, text: newName },
            {
              start: word.start + whole.length,
              end: word.end,
              text: fallback
                ? `"\${${newName}${fallback[3]}${quoteInside(value)}}"`
                : quoteLike(text.charAt(word.start + whole.length), value),
            },
          ],
          removal: { group, member },
        },
      ]
    })
    .map((assignment, _, all) => ({ ...assignment, scope: all[0]?.scope ?? 0 }))
}

/** `set -gx NAME value` and `setenv NAME value`. */
function readPair(
  text: string,
  statement: Statement,
  words: readonly ShellWord[],
  shell: Shell,
): readonly Assignment[] {
  const [name, value, ...more] = words.slice(1).filter((word) => shell === 'csh' || !word.value?.startsWith('-'))
  const isErased = shell === 'fish' && words.some(({ value: option }) => /^-(?:-erase|\w*e)/.test(option ?? ''))
  if (!name?.value || !value || more.length > 0 || isErased || !isKeyVariable(name.value)) return []
  return [
    {
      name: name.value,
      value: value.value,
      scope: 0,
      become: (newName, newValue) => [
        { start: name.start, end: name.end, text: newName },
        { start: value.start, end: value.end, text: quoteLike(text.charAt(value.start), newValue) },
      ],
      removal: { group: { statement, words: [name], hasCommand: false } satisfies OpenStatement, member: 0 },
    },
  ]
}

function leading(words: readonly ShellWord[], belongs: (word: ShellWord) => boolean): readonly ShellWord[] {
  const end = words.findIndex((word) => !belongs(word))
  return end === -1 ? words : words.slice(0, end)
}

const quoteInside = (value: string): string => value.replaceAll(/["\\$`}]/g, '\\$&')

/** In the quotes that were there; a name that needs some gets single ones. */
const quoteLike = (first: string, value: string): string => {
  const isPlain = /^[\w@%+=:,./-]+$/.test(value)
  if (isPlain) return first === '"' || first === "'" ? first + value + first : value
  return `'${value.replaceAll("'", `'\\''`)}'`
}

function removeSome(text: string, { statement, words }: OpenStatement, members: readonly number[]): readonly Splice[] {
  return members.flatMap((member): readonly Splice[] => {
    const word = words[member]
    if (!word) return []
    const behind = /^[ \t]*/.exec(text.slice(word.end))?.[0].length ?? 0
    // At the end of a statement the blank before it goes, else the one behind it.
    const isLast = word === statement.words.at(-1)
    const before = isLast ? blanksBefore(text, word.start) : 0
    return [{ start: word.start - before, end: isLast ? word.end : word.end + behind, text: '' }]
  })
}

const blanksBefore = (text: string, offset: number): number => {
  let start = offset
  while (start > 0 && /[ \t]/.test(text.charAt(start - 1))) start -= 1
  return offset - start
}
