/** The statements of a shell's file, word for word, as far as an editor must understand them. */

/** `sh`: sh, bash, zsh, ksh. `csh`: csh and tcsh, whose `setenv` and quotes are like enough to sh's. */
export type Shell = 'sh' | 'fish' | 'csh'

export interface ShellWord {
  readonly start: number
  readonly end: number
  /** Without quotes; undefined where an expansion is in it. */
  readonly value: string | undefined
}

export interface Statement {
  readonly words: readonly ShellWord[]
  /** What stands right before and behind it: `;`, `&&`, `\n`, `(` …; empty at the ends of the text. */
  readonly before: string
  readonly after: string
}

interface Reading {
  readonly text: string
  readonly shell: Shell
  at: number
  words: ShellWord[]
  before: string
  readonly statements: Statement[]
  /** The words that end the here-documents which begin with the next line. */
  readonly heredocs: { readonly word: string; readonly isIndented: boolean }[]
}

/** Statements in order, those of functions, blocks and subshells too. What stands in quotes or expansions is none. */
export function readStatements(text: string, shell: Shell): readonly Statement[] {
  const reading: Reading = {
    text,
    shell,
    at: text.startsWith('\ufeff') ? 1 : 0,
    words: [],
    before: '',
    statements: [],
    heredocs: [],
  }
  while (reading.at < text.length) readPiece(reading)
  endStatement(reading, '')
  return reading.statements
}

function readPiece(reading: Reading): void {
  const { text, shell } = reading
  const rest = text.slice(reading.at, reading.at + 3)
  const blank = /^(?:[ \t]|\\\r?\n)/.exec(rest)
  if (blank) {
    reading.at += blank[0].length
    return
  }
  if (rest.startsWith('#')) {
    const end = text.slice(reading.at).search(/[\r\n]/)
    reading.at = end === -1 ? text.length : reading.at + end
    return
  }
  const heredoc =
    shell === 'fish' ? null : /^<<(-?)[ \t]*(\\?)(["']?)([\w.-]+)\3/.exec(text.slice(reading.at, reading.at + 200))
  if (heredoc && !rest.startsWith('<<<')) {
    reading.heredocs.push({ word: heredoc[4] ?? '', isIndented: heredoc[1] === '-' })
    reading.at += heredoc[0].length
    return
  }
  const operator = /^(?:\r\n|&&|\|\||;;|[\n\r;&|()<>])/.exec(rest)?.[0]
  if (operator === undefined) {
    reading.words.push(readWord(reading))
    return
  }
  reading.at += operator.length
  if (operator === '<' || operator === '>') {
    reading.words.push({ start: reading.at - 1, end: reading.at, value: undefined })
    return
  }
  endStatement(reading, operator)
  if (/[\r\n]/.test(operator)) skipHeredocs(reading)
}

function endStatement(reading: Reading, after: string): void {
  if (reading.words.length > 0) {
    reading.statements.push({ words: reading.words, before: reading.before, after })
    reading.before = after
  } else if (!/^[\r\n]/.test(after) || reading.before === '') reading.before = after
  reading.words = []
}

function skipHeredocs(reading: Reading): void {
  for (const { word, isIndented } of reading.heredocs.splice(0)) {
    while (reading.at < reading.text.length) {
      const feed = reading.text.indexOf('\n', reading.at)
      const end = feed === -1 ? reading.text.length : feed
      const line = reading.text.slice(reading.at, end).replace(/\r$/, '')
      reading.at = Math.min(reading.text.length, end + 1)
      if ((isIndented ? line.replace(/^\t+/, '') : line) === word) break
    }
  }
}

/** A word up to the next blank or operator outside of quotes. */
function readWord(reading: Reading): ShellWord {
  const { text } = reading
  const start = reading.at
  let value: string | undefined = ''
  while (reading.at < text.length && !/[ \t\r\n;&|()<>]/.test(text.charAt(reading.at))) {
    const piece = readWordPiece(reading)
    value = value === undefined || piece === undefined ? undefined : value + piece
  }
  return { start, end: reading.at, value }
}

/** What the next piece of a word says; undefined for an expansion. */
function readWordPiece(reading: Reading): string | undefined {
  const { text, shell } = reading
  const first = text.charAt(reading.at)
  if (first === "'") return readSingleQuoted(reading)
  if (first === '"') return readDoubleQuoted(reading)
  if (first === '\\') {
    const second = text.slice(reading.at + 1, reading.at + (text.startsWith('\r\n', reading.at + 1) ? 3 : 2))
    reading.at += 1 + second.length
    return /[\r\n]/.test(second) ? '' : second
  }
  if (first === '$' || (first === '`' && shell !== 'fish')) {
    skipExpansion(reading)
    return undefined
  }
  reading.at += 1
  return first
}

function readSingleQuoted(reading: Reading): string {
  const { text, shell } = reading
  let value = ''
  for (reading.at += 1; reading.at < text.length; reading.at += 1) {
    const character = text.charAt(reading.at)
    if (character === "'") break
    const next = text.charAt(reading.at + 1)
    if (shell === 'fish' && character === '\\' && (next === "'" || next === '\\')) {
      value += next
      reading.at += 1
    } else value += character
  }
  reading.at += 1
  return value
}

function readDoubleQuoted(reading: Reading): string | undefined {
  const { text, shell } = reading
  let value: string | undefined = ''
  reading.at += 1
  while (reading.at < text.length && text.charAt(reading.at) !== '"') {
    const character = text.charAt(reading.at)
    if (character === '$' || (character === '`' && shell !== 'fish')) {
      skipExpansion(reading)
      value = undefined
      continue
    }
    const isEscape = character === '\\' && /["\\$`\n]/.test(text.charAt(reading.at + 1))
    if (value !== undefined) value += isEscape ? text.charAt(reading.at + 1).replace('\n', '') : character
    reading.at += isEscape ? 2 : 1
  }
  reading.at += 1
  return value
}

/** `$name`, `${…}`, `$(…)`, `` `…` ``, `$'…'`: nested ones too. */
function skipExpansion(reading: Reading): void {
  const { text } = reading
  const isQuoted = text.startsWith("$'", reading.at)
  const opening = text.charAt(reading.at) === '`' ? '`' : text.charAt(reading.at + 1)
  reading.at += opening === '`' ? 1 : isQuoted ? 2 : 1
  if (isQuoted) {
    while (reading.at < text.length && text.charAt(reading.at) !== "'")
      reading.at += text.charAt(reading.at) === '\\' ? 2 : 1
    reading.at += 1
  } else if (opening === '`') {
    while (reading.at < text.length && text.charAt(reading.at) !== '`')
      reading.at += text.charAt(reading.at) === '\\' ? 2 : 1
    reading.at += 1
  } else if (opening === '(' || opening === '{') {
    reading.at += 1
    skipNested(reading, opening === '(' ? ')' : '}')
  }
}

function skipNested(reading: Reading, close: string): void {
  const { text } = reading
  // A stack rather than calls: a file of a million brackets must not end in an overflow.
  const open = [close]
  while (reading.at < text.length && open.length > 0) {
    const character = text.charAt(reading.at)
    if (character === '\\') reading.at += 1
    else if (character === open.at(-1)) open.pop()
    else if (character === '(') open.push(')')
    else if (character === '{') open.push('}')
    else if (character === '"' || character === '`') open.push(character)
    else if (character === "'" && open.at(-1) !== '"') {
      const end = text.indexOf("'", reading.at + 1)
      reading.at = end === -1 ? text.length : end
    }
    reading.at += 1
  }
}
