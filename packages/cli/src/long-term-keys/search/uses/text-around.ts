/** What stands around a place of a text, in the formats that tools are configured in. Tolerant, and bounded in what it looks at. */

/** Characters that are looked at above a place: a file with a thousand keys takes no thousand times its length. */
const REACH = 200_000

/** Characters of a line that are looked at: a line that is longer was written by no person. */
const LINE = 500

/** The line in which a place lies. */
export function lineAt(text: string, offset: number): string {
  const before = text.slice(Math.max(0, offset - LINE), offset)
  const behind = text.slice(offset, offset + LINE)
  return before.slice(before.lastIndexOf('\n') + 1) + (behind.split('\n')[0] ?? '')
}

/** The last match above a place, with the line of the place itself. */
export function lastAbove(text: string, offset: number, pattern: RegExp): RegExpMatchArray | undefined {
  const end = text.indexOf('\n', offset)
  const whole = text.slice(Math.max(0, offset - REACH), end < 0 ? text.length : end)
  return [...whole.matchAll(pattern)].at(-1)
}

/** `default` of `[default]`, `dev` of `[profile dev]`. */
export const sectionAbove = (text: string, offset: number): string | undefined =>
  lastAbove(text, offset, /^[ \t]*\[([^\]\r\n]{1,300})\]/gm)?.[1]?.trim()

/** The lines around a place, and the number of its own among them, from 0. */
export function linesAround(text: string, offset: number): { readonly lines: readonly string[]; readonly at: number } {
  const start = text.lastIndexOf('\n', offset - REACH) + 1
  const lines = text
    .slice(start, offset + REACH / 4)
    .split('\n')
    .map((line) => line.slice(0, LINE).replace(/\r$/, ''))
  return { lines, at: text.slice(start, offset).split('\n').length - 1 }
}

/** A block of HCL around a place: `provider "aws" {`. */
export interface Block {
  /** `provider` */
  readonly type: string
  /** `["aws"]` */
  readonly labels: readonly string[]
  /** From behind its brace to the place. */
  readonly start: number
}

/** Text in quotes, comments, braces. */
const TOKENS = /"(?:[^"\\\n]|\\.)*"|\/\/[^\n]*|#[^\n]*|\/\*[\s\S]{0,2000}?\*\/|[{}]/g

/** Braces within braces that count. */
const DEPTH = 20

/** The blocks or objects in curly braces around a place, the outermost first. Quotes and comments are passed over. */
export function bracesAround(
  text: string,
  offset: number,
): readonly { readonly start: number; readonly head: string }[] {
  const from = Math.max(0, offset - REACH)
  const open: { start: number; head: string }[] = []
  const part = text.slice(from, offset)
  for (const { 0: token, index } of part.matchAll(TOKENS)) {
    if (token === '{') open.push({ start: from + index + 1, head: part.slice(Math.max(0, index - 300), index) })
    else if (token === '}') open.pop()
  }
  return open.slice(-DEPTH)
}

export function blocksAround(text: string, offset: number): readonly Block[] {
  return bracesAround(text, offset).flatMap(({ start, head }) => {
    const [, type, labels = ''] = /([A-Za-z_][\w-]*)((?:[ \t]+"[^"\n]*")*)[ \t]*=?[ \t]*$/.exec(head) ?? []
    return type === undefined
      ? []
      : [{ type, start, labels: [...labels.matchAll(/"([^"]*)"/g)].map(([, each]) => each ?? '') }]
  })
}

/** The value of a setting that stands in a block itself, not in one within it. */
export function settingOf(text: string, start: number, pattern: RegExp): string | undefined {
  const part = text.slice(start, start + 20_000)
  let [depth, own, last] = [0, '', 0]
  for (const { 0: token, index } of part.matchAll(TOKENS)) {
    if (depth === 0) own += part.slice(last, index)
    if (depth === 0 && token.startsWith('"')) own += token
    last = index + token.length
    if (token === '{') depth += 1
    if (token === '}') depth -= 1
    if (depth < 0) break
  }
  return pattern.exec(depth === 0 ? own + part.slice(last) : own)?.[1]
}

/** A key of YAML above a place, and those of its list item when it begins one. */
export interface YamlStep {
  readonly key: string
  /** Number of its line, from 0, and how far in it stands. */
  readonly line: number
  readonly indent: number
  /** It is the first line of a list item: `- name: build`. */
  readonly isItem: boolean
}

const LINES = 5000

/** The keys under which a line of YAML stands, the outermost first, by indentation alone. */
export function yamlAbove(lines: readonly string[], at: number): readonly YamlStep[] {
  const steps: YamlStep[] = []
  let indent = indentOf(lines[at] ?? '')
  for (let line = at; line >= Math.max(0, at - LINES); line -= 1) {
    const text = lines[line] ?? ''
    if (/^\s*(?:#|$)/.test(text)) continue
    if (/^---/.test(text)) break
    const own = indentOf(text)
    const isItem = /^\s*-(?:\s|$)/.test(text)
    const isParent =
      own < indent || (line < at && own === indent && !isItem && /^\s*- /.test(lines[at] ?? '') && steps.length === 0)
    if (line !== at && !isParent) continue
    const key = /^\s*(?:-\s+)*["']?([^"':#]+?)["']?\s*:(?:\s|$)/.exec(text)?.[1] ?? ''
    if (line !== at || isItem) steps.unshift({ key, line, indent: own, isItem })
    indent = own
    if (own === 0 && !isItem) break
  }
  return steps
}

const indentOf = (text: string): number => /^ */.exec(text)?.[0].length ?? 0

/** A key of the list item that begins with this step: `name` of a step of a job. */
export function itemValue(lines: readonly string[], { line, indent }: YamlStep, name: string): string | undefined {
  const wanted = new RegExp(`^\\s*(?:-\\s+)?${name}:\\s*(?:"([^"]*)"|'([^']*)'|(.*?))\\s*(?:#.*)?$`)
  for (let at = line; at < Math.min(lines.length, line + 200); at += 1) {
    const text = lines[at] ?? ''
    if (at > line && text.trim() !== '' && indentOf(text) <= indent) return undefined
    if (at > line && indentOf(text) > indent + 2) continue
    const [, double, single, plain] = wanted.exec(text) ?? []
    const value = double ?? single ?? plain
    if (value) return value
  }
  return undefined
}
