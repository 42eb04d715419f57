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

export function readAttributes(text: string): readonly HclAttribute[] {
  const attributes: HclAttribute[] = []
  const blocks: Block[] = []
  let words: string[] = []
  let open: OpenAttribute | undefined
  // Brackets of a value, inside of which a line end ends nothing.
  let depth = 0
  let wordStart = 0
  let lastEnd = 0
  const finish = (): void => {
    if (open) attributes.push(attributeOf(text, open, lastEnd))
    open = undefined
    words = []
    depth = 0
  }
  TOKEN.lastIndex = 0
  for (let token = TOKEN.exec(text); token; token = TOKEN.exec(text)) {
    const [whole, blank, comment, quote, heredoc, marker, lineEnd, bracket, word] = token
    const start = token.index
    if (blank !== undefined || comment !== undefined) continue
    if (lineEnd !== undefined) {
      if (depth === 0) finish()
      continue
    }
    if (heredoc !== undefined) {
      const rest = text.slice(TOKEN.lastIndex)
      const close = new RegExp(`^[ \\t]*${marker}[ \\t]*$`, 'm').exec(rest)
      lastEnd = close ? TOKEN.lastIndex + close.index + close[0].length : text.length
      TOKEN.lastIndex = lastEnd
      continue
    }
    if (quote !== undefined) {
      const end = endOfString(text, start)
      if (!open) {
        words.push(text.slice(start + 1, end - 1))
        wordStart = -1
      }
      TOKEN.lastIndex = end
    } else if (whole === '=' && !open && words.length > 0 && !/^[=>]/.test(text.slice(start + 1, start + 2))) {
      const valueStart = start + 1 + (/^[ \t]*/.exec(text.slice(start + 1))?.[0].length ?? 0)
      // A name in quotes, or one that is made by an expression, is nobody's to change.
      open = {
        name: wordStart === -1 ? '' : (words.at(-1) ?? ''),
        nameStart: wordStart,
        valueStart,
        blocks: [...blocks],
      }
    } else if (bracket === '{') {
      // `provider "aws" {`, or the object that an attribute is.
      blocks.push({ words: open && depth === 0 ? [open.name, '='] : words, start })
      open = undefined
      words = []
      depth = 0
    } else if (bracket === '}') {
      finish()
      blocks.pop()
    } else if (bracket === ',') {
      if (depth === 0) finish()
    } else if (bracket !== undefined) depth += '(['.includes(bracket) ? 1 : -1
    else if (word !== undefined && !open) {
      words.push(word)
      wordStart = start
    }
    lastEnd = TOKEN.lastIndex
  }
  finish()
  return attributes
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
