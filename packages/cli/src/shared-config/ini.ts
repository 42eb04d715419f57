/** The INI of AWS, kept line for line. */

import { Refusal } from '@mayfly/identity-center/refusal'

export interface IniLine {
  readonly text: string
  /** The line's own end; the last line may have none. */
  readonly end: '\n' | '\r\n' | '\r' | ''
}

export interface IniOption {
  /** In lower case. */
  readonly name: string
  /** The first line with every line that continues it, joined by line feeds. */
  readonly value: string
  /** Indexes into the file's lines, in order; comments in between are not among them. */
  readonly lines: readonly number[]
  readonly indent: string
}

export interface IniSection {
  /** What stands between the brackets. */
  readonly header: string
  /** Index of the header's line. */
  readonly line: number
  readonly options: readonly IniOption[]
}

export interface IniFile {
  readonly path: string
  readonly lines: readonly IniLine[]
  readonly sections: readonly IniSection[]
}

/** A value: text, or the one level of names below `s3 =` and its like. */
export type IniValue = string | ReadonlyMap<string, string>

/** The file cannot be read as AWS's tools read it. The first line is the AWS CLI's. */
class IniRefusal extends Refusal {
  constructor(path: string, line: number | undefined, problem: string, hint: string) {
    const place = line === undefined ? '' : `line ${line + 1}: `
    super('invalid', `Unable to parse config file: ${path}\n  ${place}${problem}`, { hint })
    this.name = 'IniRefusal'
  }
}

// What Python's str.strip and \s take for blank; String.prototype.trim differs in U+001C to U+001F, U+0085 and U+FEFF.
const BLANK = '[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]'
const LEADING = new RegExp(`^${BLANK}+`)
const TRAILING = new RegExp(`${BLANK}+$`)
// Where Python's str.splitlines breaks a text, beyond the line ends of a file.
const LINE_BREAK = '[\\n-\\r\\x1c-\\x1e\\x85\\u2028\\u2029]'
const ANY_LINE_BREAK = new RegExp(`\\r\\n|${LINE_BREAK}`)

/** True where a text has no blank at this place, nor anything but ASCII: most lines of most files, and there are many. */
const isPlain = (text: string, index: number): boolean => {
  const code = text.charCodeAt(index)
  return code > 0x20 && code < 0x7f
}

const trimEnd = (text: string): string => (isPlain(text, text.length - 1) ? text : text.replace(TRAILING, ''))
const trim = (text: string): string => trimEnd(isPlain(text, 0) ? text : text.replace(LEADING, ''))

/** Splits bytes into lines, each with its own end. Refuses what is not UTF-8, as Python does. */
function splitLines(bytes: Uint8Array, path: string): readonly IniLine[] {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch (cause) {
    throw Object.assign(
      new IniRefusal(
        path,
        undefined,
        'The file is not UTF-8 text.',
        `Save ${path} as UTF-8 without a byte order mark.`,
      ),
      { cause },
    )
  }
  const lines: IniLine[] = []
  // Looked for once where there is none: a search for each line would read the whole rest of the file.
  const hasReturns = text.includes('\r')
  for (let start = 0; start < text.length; ) {
    const feed = text.indexOf('\n', start)
    const stop = feed === -1 ? text.length : feed
    const back = hasReturns ? text.slice(start, stop).indexOf('\r') : -1
    const at = back === -1 ? stop : start + back
    const end = back === -1 ? (feed === -1 ? '' : '\n') : at + 1 === feed ? '\r\n' : '\r'
    lines.push({ text: text.slice(start, at), end })
    start = at + Math.max(1, end.length)
  }
  return lines
}

/**
 * Reads a file as Python's RawConfigParser does in strict mode, which is what the AWS CLI and botocore use: comments
 * are whole lines only, an indented line continues the value above it, and one wrong line spoils the whole file.
 */
export function parseIni(bytes: Uint8Array, path: string): IniFile {
  const lines = splitLines(bytes, path)
  const reader = new IniReader(path)
  for (const [index, { text }] of lines.entries()) reader.read(text, index)
  return { path, lines, sections: reader.finish() }
}

interface OpenOption {
  readonly name: string
  readonly values: string[]
  readonly lines: number[]
  readonly indent: string
}

interface OpenSection {
  readonly header: string
  readonly line: number
  readonly options: OpenOption[]
}

class IniReader {
  readonly #path: string
  readonly #sections: OpenSection[] = []
  readonly #headers = new Map<string, number>()
  /** Where each name of the section stands; that of [DEFAULT], which may come again, is kept. */
  #names = new Map<string, number>()
  readonly #sharedNames = new Map<string, number>()
  #section: OpenSection | undefined
  #option: OpenOption | undefined
  #indent = 0

  constructor(path: string) {
    this.#path = path
  }

  read(text: string, line: number): void {
    const content = trim(text)
    const first = content.charAt(0)
    if (first === '#' || first === ';') return
    if (content === '') {
      this.#option?.values.push('')
      return
    }
    const indent = isPlain(text, 0) ? '' : (LEADING.exec(text)?.[0] ?? '')
    if (this.#option && indent.length > this.#indent) {
      this.#option.values.push(content)
      this.#option.lines.push(line)
      return
    }
    this.#indent = indent.length
    const close = first === '[' ? content.lastIndexOf(']') : -1
    if (close > 1) this.#openSection(content.slice(1, close), line)
    else this.#openOption(content, indent, line)
  }

  #openSection(header: string, line: number): void {
    const first = this.#headers.get(header)
    // [DEFAULT] in capitals is Python's own: its values stand in for every section's, and it may come again.
    if (first !== undefined && header !== 'DEFAULT') {
      const hint = `Move the lines below line ${line + 1} up to line ${first + 1} and delete the second header.`
      throw new IniRefusal(this.#path, line, `[${header}] is there already, on line ${first + 1}.`, hint)
    }
    this.#headers.set(header, line)
    this.#section = { header, line, options: [] }
    this.#sections.push(this.#section)
    this.#names = header === 'DEFAULT' ? this.#sharedNames : new Map()
    this.#option = undefined
  }

  #openOption(content: string, indent: string, line: number): void {
    if (!this.#section) {
      if (content.startsWith('\ufeff')) {
        const hint = `Save ${this.#path} as UTF-8 without a byte order mark.`
        throw new IniRefusal(this.#path, line, 'The file begins with a byte order mark.', hint)
      }
      const hint = 'Put a header such as [default] or [profile NAME] above it.'
      throw new IniRefusal(this.#path, line, 'This line stands before any section.', hint)
    }
    const delimiter = content.search(/[=:]/)
    if (delimiter === -1) {
      const hint = content.startsWith('[')
        ? 'Close the header with a ].'
        : `Write it as NAME = VALUE, or put a # before it.`
      throw new IniRefusal(this.#path, line, 'This line is neither a header nor NAME = VALUE.', hint)
    }
    const name = trimEnd(content.slice(0, delimiter)).toLowerCase()
    if (name === '')
      throw new IniRefusal(this.#path, line, 'This line has a value without a name.', 'Write the name before the =.')
    const { header, options } = this.#section
    const first = this.#names.get(name)
    if (first !== undefined) {
      const hint = `Delete line ${first + 1} or line ${line + 1}.`
      throw new IniRefusal(this.#path, line, `${name} is in [${header}] already, on line ${first + 1}.`, hint)
    }
    this.#names.set(name, line)
    this.#option = { name, values: [trim(content.slice(delimiter + 1))], lines: [line], indent }
    options.push(this.#option)
  }

  finish(): readonly IniSection[] {
    return this.#sections.map(({ header, line, options }) => ({
      header,
      line,
      options: options.map(({ name, values, lines, indent }) => ({
        name,
        // A single line was trimmed when it was read.
        value: values.length === 1 ? (values[0] ?? '') : trimEnd(values.join('\n')),
        lines,
        indent,
      })),
    }))
  }
}

/** The values of each section by its header, nested ones opened, those of [DEFAULT] standing in where one is missing. */
export function listValues({ path, sections }: IniFile): ReadonlyMap<string, ReadonlyMap<string, IniValue>> {
  const shared = new Map<string, IniValue>()
  if (sections.every(({ header }) => header === 'DEFAULT')) return new Map()
  for (const section of sections) {
    if (section.header !== 'DEFAULT') continue
    for (const option of section.options) shared.set(option.name, openValue(option, path))
  }
  const all = new Map<string, ReadonlyMap<string, IniValue>>()
  for (const section of sections) {
    if (section.header === 'DEFAULT') continue
    const values = new Map<string, IniValue>()
    for (const option of section.options) values.set(option.name, openValue(option, path))
    for (const [name, value] of shared) if (!values.has(name)) values.set(name, value)
    all.set(section.header, values)
  }
  return all
}

function openValue({ name, value, lines }: IniOption, path: string): IniValue {
  if (!value.startsWith('\n')) return value
  const nested = new Map<string, string>()
  for (const text of value.split(ANY_LINE_BREAK)) {
    const content = trim(text)
    if (content === '') continue
    const delimiter = content.indexOf('=')
    if (delimiter === -1) {
      const hint = 'Indented lines below an empty value are written NAME = VALUE.'
      throw new IniRefusal(path, lines[0], `Below ${name} stands a line that is not NAME = VALUE.`, hint)
    }
    nested.set(trim(content.slice(0, delimiter)), trim(content.slice(delimiter + 1)))
  }
  return nested
}
