/** What the program can do, and how. */

import type { CommandEntry } from '../commands.ts'
import { type Command, type CommandOption, commonOptions } from './command.ts'

/** The list of commands that begin with `words`; all of them for none. */
export function formatCommandList(entries: readonly CommandEntry[], words: string): string {
  const listed = entries.filter((entry) => words === '' || entry.words.startsWith(`${words} `))
  const width = Math.max(...listed.map((entry) => entry.words.length))
  const lines = listed.map((entry) => {
    const short = entry.shortFor === undefined ? '' : ` (short for ${entry.shortFor})`
    return wrapText(`${entry.summary}${short}`, `  ${entry.words.padEnd(width)}  `)
  })
  const usage = `Usage: mayfly ${words === '' ? '' : `${words} `}COMMAND [OPTIONS]`
  return `${usage}\n\nCommands:\n${lines.join('\n')}\n\nAbout one of them: mayfly COMMAND --help\n`
}

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
