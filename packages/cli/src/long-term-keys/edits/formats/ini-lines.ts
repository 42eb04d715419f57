/** The lines of an INI file as places of its text. */

import type { IniFile, IniOption } from '../../../shared-config/ini.ts'
import type { Splice } from '../text/splice.ts'

export interface IniLines {
  /** Another name and value, with the blanks around the `=` that were there. */
  change(option: IniOption, name: string, value: string): readonly Splice[]
  /** Every line of the value; comments in between stay. */
  remove(option: IniOption): readonly Splice[]
  removeLine(line: number): Splice
  /** Other lines in the place of the value's, with its indentation. */
  replace(option: IniOption, texts: readonly string[]): readonly Splice[]
  addBelow(option: IniOption, texts: readonly string[]): Splice
}

export function lineOffsets({ lines }: IniFile): IniLines {
  const starts: number[] = []
  let offset = 0
  for (const { text, end } of lines) {
    starts.push(offset)
    offset += text.length + end.length
  }
  const startOf = (line: number): number => starts[line] ?? offset
  const removeLine = (line: number): Splice => ({ start: startOf(line), end: startOf(line + 1), text: '' })
  return {
    removeLine,
    remove: (option) => option.lines.map(removeLine),
    change(option, name, value) {
      const [first = 0, ...rest] = option.lines
      const text = lines[first]?.text ?? ''
      const [, before = '', former = '', between = ''] = /^(\s*)(.*?)(\s*[=:]\s*)/.exec(text) ?? []
      const start = startOf(first) + before.length
      const valueStart = start + former.length + between.length
      const end = startOf(first) + text.trimEnd().length
      return [
        ...(former.toLowerCase() === name ? [] : [{ start, end: start + former.length, text: name }]),
        { start: valueStart, end: Math.max(valueStart, end), text: value },
        ...rest.map(removeLine),
      ]
    },
    replace(option, texts) {
      const [first = 0, ...rest] = option.lines
      const lineEnd = lines[0]?.end || '\n'
      const own = lines[first]
      const text = texts.map((added) => option.indent + added).join(lineEnd)
      return [{ start: startOf(first), end: startOf(first) + (own?.text.length ?? 0), text }, ...rest.map(removeLine)]
    },
    addBelow(option, texts) {
      const last = option.lines.at(-1) ?? 0
      const lineEnd = lines[0]?.end || '\n'
      const isOpen = lines[last]?.end === ''
      const added = texts.map((text) => option.indent + text)
      const text = isOpen ? lineEnd + added.join(lineEnd) : added.map((line) => line + lineEnd).join('')
      return { start: startOf(last + 1), end: startOf(last + 1), text }
    },
  }
}
