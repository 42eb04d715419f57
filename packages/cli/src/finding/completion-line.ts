/** A command line as a shell hands it over for completion, and replies as it wants them back. */

import type { Completed, Reply } from './completion.ts'

export type CompletionShell = 'bash' | 'zsh' | 'fish' | 'powershell'

export interface CompletionQuestion {
  /** The words behind `mayfly`; the last is the one to complete. */
  readonly typed: readonly string[]
  /** The replies as lines. */
  format(replies: Completed): string
}

/** Printed where a file is to be named: the shell does that itself. */
const FILES = ':files'

/** What a shell passed to `mayfly complete SHELL …`. */
export function readQuestion(shell: CompletionShell, passed: readonly string[]): CompletionQuestion {
  if (shell === 'bash') return readBash(passed)
  const last = passed.at(-1) ?? ''
  // PowerShell drops empty words on their way to a program; `word:` in front keeps the last one.
  const word = shell === 'powershell' ? last.replace(/^word:/, '') : last
  const typed = [...passed.slice(0, -1), word]
  return {
    typed,
    format: (replies) => formatLines(replies, (reply) => LINES[shell](reply), shell === 'powershell' ? word : ''),
  }
}

const oneLine = (text: string): string => text.replace(/\p{Cc}/gu, ' ')

const LINES: Readonly<Record<Exclude<CompletionShell, 'bash'>, (reply: Reply) => string>> = {
  zsh: ({ value, about }) =>
    `${oneLine(value).replace(/[\\:]/g, '\\$&')}${about === undefined ? '' : `:${oneLine(about)}`}`,
  fish: ({ value, about }) => `${oneLine(value)}${about === undefined ? '' : `\t${oneLine(about)}`}`,
  powershell: ({ value, about }) => `${oneLine(value)}${about === undefined ? '' : `\t${oneLine(about)}`}`,
}

/** zsh and fish choose among all replies by rules of their own; for the others only those that begin so are listed. */
function formatLines(replies: Completed, line: (reply: Reply) => string, beginning: string): string {
  if (replies === 'files') return `${FILES}\n`
  return replies
    .filter(({ value }) => value.startsWith(beginning))
    .map((reply) => `${line(reply)}\n`)
    .join('')
}

/**
 * bash breaks words at `:` and `=` as well, and wants replies for the last piece alone. It hands over the line up to the
 * cursor, and that piece.
 */
function readBash([line = '', piece = '']: readonly string[]): CompletionQuestion {
  const { words, quote } = splitShellLine(line)
  const start = words.findIndex((word) => /(^|[\\/])mayfly(\.cjs)?$/.test(word))
  const typed = words.slice(start + 1)
  const partial = typed.at(-1) ?? ''
  const own = splitShellLine(piece).words.at(-1) ?? ''
  const passedOver = Math.max(0, partial.length - own.length)
  const format = (replies: Completed): string =>
    formatLines(replies, ({ value }) => quoteForBash(oneLine(value).slice(passedOver), quote), partial)
  return { typed, format }
}

/**
 * As it has to stand behind the quote that is open: bash takes a reply as it is, and runs what a quote does not hold. It
 * closes the quote itself, unless the reply ends with one.
 */
function quoteForBash(text: string, quote: string): string {
  if (quote === '') return text.replace(/[^\w@%+=:,./-]/g, '\\$&')
  const quoted =
    quote === "'" ? text.replaceAll("'", `'\\''`) : text.replace(/[\\"$`]/g, '\\$&').replaceAll('!', `"'!'"`)
  return quoted.endsWith(quote) ? quoted + quote : quoted
}

/** The words of an unfinished line, and the quote that is open; the last one is empty behind a blank. */
function splitShellLine(line: string): { readonly words: readonly string[]; readonly quote: string } {
  const words: string[] = []
  let word = ''
  let quote = ''
  for (let index = 0; index < line.length; index += 1) {
    const character = line[index] ?? ''
    if (quote === "'") {
      if (character === "'") quote = ''
      else word += character
    } else if (character === '\\') {
      index += 1
      word += line[index] ?? ''
    } else if (quote === '"') {
      if (character === '"') quote = ''
      else word += character
    } else if (character === '"' || character === "'") quote = character
    else if (/\s/.test(character)) {
      if (word !== '' || /\S/.test(line[index - 1] ?? ' ')) words.push(word)
      word = ''
    } else word += character
  }
  return { words: [...words, word], quote }
}
