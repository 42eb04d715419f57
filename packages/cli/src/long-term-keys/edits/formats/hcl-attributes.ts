/** The attributes of a file in HCL (Terraform, OpenTofu, Terragrunt), with the blocks around them. */

export interface HclAttribute {
  readonly name: string
  readonly nameStart: number
  readonly valueStart: number
  /** Behind the value; blanks before a comment are not in it. */
  readonly end: number
  /** A string without interpolation; undefined for everything else. */
  readonly value: string | undefined
  /** The words of each block or object around it, from the outside: `['provider', 'aws']`, `['assume_role']` … */
  readonly blocks: readonly (readonly string[])[]
  /** The offset of the brace that opened the innermost one; -1 at the top. */
  readonly scope: number
}

interface Block {
  readonly words: readonly string[]
  readonly start: number
}

interface OpenAttribute {
  readonly name: string
  readonly nameStart: number
  readonly valueStart: number
  readonly blocks: readonly Block[]
}

// One token: blanks, comment, string, here-document, line end, bracket, word, anything else.
const TOKEN =
  /([ \t\ufeff]+)|(#[^\r\n]*|\/\/[^\r\n]*|\/\*[\s\S]*?(?:\*\/|$))|(")|(<<-?([A-Za-z_][\w-]*)[ \t]*\r?\n)|(\r\n|\n|\r)|([{}()[\],])|([A-Za-z_][\w.-]*)|([\s\S])/y

interface Reading {
  readonly text: string
  readonly attributes: HclAttribute[]
  readonly blocks: Block[]
  /** Of what may become a block's header, or an attribute's name. */
  words: string[]
  /** Where the last of them begins; -1 for one in quotes, which nobody changes. */
  wordStart: number
  open: OpenAttribute | undefined
  /** Brackets of a value, inside of which a line end ends nothing. */
  depth: number
  lastEnd: number
}

export function readAttributes(text: string): readonly HclAttribute[] {
  const reading: Reading = {
    text,
    attributes: [],
    blocks: [],
    words: [],
    wordStart: 0,
    open: undefined,
    depth: 0,
    lastEnd: 0,
  }
  TOKEN.lastIndex = 0
  for (let token = TOKEN.exec(text); token; token = TOKEN.exec(text)) {
    const [, blank, comment, , , , lineEnd] = token
    if (blank !== undefined || comment !== undefined) continue
    if (lineEnd !== undefined) {
      if (reading.depth === 0) finish(reading)
      continue
    }
    TOKEN.lastIndex = readToken(reading, token)
    reading.lastEnd = TOKEN.lastIndex
  }
  finish(reading)
  return reading.attributes
}

function finish(reading: Reading): void {
  const { text, open, lastEnd } = reading
  if (open) reading.attributes.push(attributeOf(text, open, lastEnd))
  Object.assign(reading, { open: undefined, words: [], depth: 0 })
}

/** Answers where the next token begins. */
function readToken(reading: Reading, token: RegExpExecArray): number {
  const { text, open, words } = reading
  const [whole, , , quote, heredoc, marker = '', , bracket, word] = token
  const [start, end] = [token.index, token.index + whole.length]
  if (heredoc !== undefined) return endOfHeredoc(text, end, marker)
  if (quote !== undefined) {
    const stringEnd = endOfString(text, start)
    if (!open) words.push(text.slice(start + 1, stringEnd - 1))
    if (!open) reading.wordStart = -1
    return stringEnd
  }
  if (whole === '=' && !open && words.length > 0 && !/^[=>]/.test(text.slice(end, end + 1))) {
    const valueStart = end + (/^[ \t]*/.exec(text.slice(end))?.[0].length ?? 0)
    const name = reading.wordStart === -1 ? '' : (words.at(-1) ?? '')
    reading.open = { name, nameStart: reading.wordStart, valueStart, blocks: [...reading.blocks] }
  } else if (bracket !== undefined) readBracket(reading, bracket, start)
  else if (word !== undefined && !open) {
    words.push(word)
    reading.wordStart = start
  }
  return end
}

function readBracket(reading: Reading, bracket: string, start: number): void {
  const { open, depth, words, blocks } = reading
  if (bracket === '{') {
    // `provider "aws" {`, or the object that an attribute is.
    blocks.push({ words: open && depth === 0 ? [open.name, '='] : words, start })
    Object.assign(reading, { open: undefined, words: [], depth: 0 })
  } else if (bracket === '}') {
    finish(reading)
    blocks.pop()
  } else if (bracket !== ',') reading.depth += '(['.includes(bracket) ? 1 : -1
  else if (depth === 0) finish(reading)
}

function endOfHeredoc(text: string, start: number, marker: string): number {
  const close = new RegExp(`^[ \\t]*${marker}[ \\t]*$`, 'm').exec(text.slice(start))
  return close ? start + close.index + close[0].length : text.length
}

function attributeOf(text: string, { blocks, ...open }: OpenAttribute, end: number): HclAttribute {
  const written = text.slice(open.valueStart, end)
  const isString = /^"[^"\\]*"$/.test(written) && !/[$%]\{/.test(written)
  return {
    ...open,
    end,
    value: isString ? written.slice(1, -1) : undefined,
    blocks: blocks.map(({ words }) => words),
    scope: blocks.at(-1)?.start ?? -1,
  }
}

/** Where a quoted string ends, behind its quote; strings within its interpolations are a part of it. */
function endOfString(text: string, start: number): number {
  // For each string that is open, how many braces of an interpolation are.
  const open = [0]
  for (let at = start + 1; at < text.length; at += 1) {
    const character = text.charAt(at)
    const braces = open.at(-1) ?? 0
    if (braces === 0) {
      if (character === '\\') at += 1
      else if (/[\r\n]/.test(character)) return at
      else if (character === '"') {
        open.pop()
        if (open.length === 0) return at + 1
      } else if (/^[$%]\{/.test(text.slice(at, at + 2)) && !/[$%]/.test(text.charAt(at - 1))) {
        open[open.length - 1] = 1
        at += 1
      }
    } else if (character === '"') open.push(0)
    else if (character === '{') open[open.length - 1] = braces + 1
    else if (character === '}') open[open.length - 1] = braces - 1
  }
  return text.length
}
