/** Changes values of an INI file and leaves every other byte alone. */

import { Refusal } from '@mayfly/identity-center/refusal'
import { type IniFile, type IniLine, type IniOption, type IniSection, parseIni } from './ini.ts'
import { formatHeader, hasLineBreak, parseHeader, type SectionName } from './section-header.ts'

/** New values of one section, in the order in which they are to stand; undefined deletes. */
export interface SectionEdit {
  readonly section: SectionName
  readonly values: Readonly<Record<string, string | undefined>>
}

/** A line of a file under change: gone, or with new lines behind it. */
interface EditedLine {
  readonly line: IniLine | undefined
  readonly added: readonly string[]
}

/**
 * The bytes of the file with the edits made. A value that is the same already stays as it is written; a changed one
 * keeps its line and indentation; new ones come after the section's last; a new section comes last in the file.
 * Refuses a file that cannot be parsed, and a name or value of more than one line.
 */
export function editIni(bytes: Uint8Array, path: string, edits: readonly SectionEdit[]): Uint8Array {
  return edits.reduce((current, edit) => editSection(parseIni(current, path), edit), bytes)
}

function editSection(file: IniFile, { section: name, values }: SectionEdit): Uint8Array {
  for (const [key, value] of Object.entries(values)) checkText(key, value)
  const section = findSection(file, name)
  return section ? changeSection(file, section, values) : appendSection(file, name, values)
}

function checkText(key: string, value: string | undefined): void {
  if (/^[^\s=:#;[]([^\r\n=:]*[^\s=:])?$/.test(key) && !hasLineBreak(value ?? '')) return
  throw new Refusal('invalid', `A line of the config file cannot hold ${key} with this value: it has a line break.`)
}

/** The section that speaks for a name. Of several spellings of one name the last in the file is the one that counts. */
export const findSection = ({ sections }: IniFile, { type, name }: SectionName): IniSection | undefined =>
  sections.findLast(({ header }) => {
    const named = parseHeader(header)
    return named?.type === type && named.name === name
  })

function changeSection(file: IniFile, section: IniSection, values: SectionEdit['values']): Uint8Array {
  const edited = new Map<number, EditedLine>()
  const last = section.options.at(-1)
  // A next header that is indented deeper than a new line would be read as a part of it.
  const indent = last?.indent ?? indentOfNext(file, section)
  const added: string[] = []
  for (const [key, value] of Object.entries(values)) {
    const option = section.options.find(({ name }) => name === key.toLowerCase())
    if (option) changeOption(file, option, value, edited)
    else if (value !== undefined) added.push(`${indent}${key} = ${value}`)
  }
  // Below a value's last line, or an indented line of it would hang on the new one.
  const place = last?.lines.at(-1) ?? section.line
  const kept = edited.get(place)
  if (added.length > 0) {
    edited.set(place, { line: kept ? kept.line : file.lines[place], added: [...(kept?.added ?? []), ...added] })
  }
  return formatLines(file, edited)
}

function indentOfNext({ lines, sections }: IniFile, section: IniSection): string {
  const next = sections[sections.indexOf(section) + 1]
  return /^\s*/.exec(lines[next?.line ?? -1]?.text ?? '')?.[0] ?? ''
}

function changeOption(
  file: IniFile,
  option: IniOption,
  value: string | undefined,
  edited: Map<number, EditedLine>,
): void {
  if (value === option.value) return
  const [first, ...rest] = option.lines
  if (first === undefined) return
  for (const index of rest) edited.set(index, { line: undefined, added: [] })
  const end = file.lines[first]?.end ?? ''
  const line = value === undefined ? undefined : { text: `${option.indent}${option.name} = ${value}`, end }
  edited.set(first, { line, added: [] })
}

function appendSection(file: IniFile, name: SectionName, values: SectionEdit['values']): Uint8Array {
  const lines = Object.entries(values).flatMap(([key, value]) => (value === undefined ? [] : [`${key} = ${value}`]))
  const added = [`[${formatHeader(name)}]`, ...lines]
  const end = lineEnd(file)
  const before = formatLines(file, new Map())
  const gap = before.length > 0 && file.lines.at(-1)?.end === '' ? end : ''
  return Buffer.concat([before, Buffer.from(gap + added.map((text) => text + end).join(''))])
}

function formatLines(file: IniFile, edited: ReadonlyMap<number, EditedLine>): Uint8Array {
  const end = lineEnd(file)
  let text = ''
  for (const [index, line] of file.lines.entries()) {
    const edit = edited.get(index) ?? { line, added: [] }
    if (edit.line) text += edit.line.text + edit.line.end
    for (const added of edit.added) text += (text === '' || /[\r\n]$/.test(text) ? '' : end) + added + end
  }
  return Buffer.from(text)
}

/** The line end that the file uses: that of its first line. */
const lineEnd = ({ lines }: IniFile): string => lines[0]?.end || '\n'
