/** What the program can do, and how. */

import type { CommandEntry } from '../commands.ts'
import { type Command, type CommandOption, commonOptions } from './command.ts'
import { type CommandGroup, commandGroups } from './command-groups.ts'

/** The list of commands that begin with `words`; all of them, in groups, for none. */
export function formatCommandList(entries: readonly CommandEntry[], words: string): string {
  const groups =
    words === ''
      ? commandGroups.map((group) => ({ title: group.title, listed: listGroup(entries, group) }))
      : [{ title: 'Commands', listed: entries.filter((entry) => entry.words.startsWith(`${words} `)) }]
  const width = Math.max(...groups.flatMap(({ listed }) => listed.map((entry) => entry.words.length)))
  const parts = groups.map(({ title, listed }) => {
    const lines = listed.map((entry) => {
      const short = entry.shortFor === undefined ? '' : ` (short for ${entry.shortFor})`
      return wrapText(`${entry.summary}${short}`, `  ${entry.words.padEnd(width)}  `)
    })
    return `${title}:\n${lines.join('\n')}\n\n`
  })
  const usage = `Usage: mayfly ${words === '' ? '' : `${words} `}COMMAND [OPTIONS]`
  return `${usage}\n\n${parts.join('')}About one of them: mayfly COMMAND --help\n`
}

const listGroup = (entries: readonly CommandEntry[], { words }: CommandGroup): readonly CommandEntry[] =>
  words.flatMap((first) => entries.filter((entry) => entry.words.split(' ')[0] === first))

/** A command's help. */
export function formatHelp(command: Command, words: string): string {
  const beside = command.parameters === undefined ? '' : ` ${command.parameters.usage}`
  const sections = [`Usage: mayfly ${words} [OPTIONS]${beside}`, '', wrapText(sentence(command.summary), '')]
  const own = command.options.filter((option) => !commonOptions.includes(option))
  if (own.length > 0) sections.push('', 'Options:', ...formatOptions(own))
  sections.push('', 'Options of every command:', ...formatOptions(commonOptions))
  return `${[...sections, '', 'Example:', `  ${command.example}`].join('\n')}\n`
}

const sentence = (summary: string): string => `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`

function formatOptions(options: readonly CommandOption[]): readonly string[] {
  const left = options.map(({ name, value }) => (value === undefined ? name : `${name} ${value}`))
  const width = Math.max(...left.map(({ length }) => length))
  return options.map(({ summary, choices }, index) => {
    const offered = choices ? ` (${choices.join(', ')})` : ''
    return wrapText(`${summary}${offered}`, `  ${(left[index] ?? '').padEnd(width)}  `)
  })
}

const COLUMNS = 80

/** Text behind `lead`, further lines below its own beginning; a word is never cut in two. */
function wrapText(text: string, lead: string): string {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && lead.length + line.length + 1 + word.length > COLUMNS) {
      lines.push(line)
      line = word
    } else line += line === '' ? word : ` ${word}`
  }
  return `${lead}${[...lines, line].join(`\n${' '.repeat(lead.length)}`)}`
}
