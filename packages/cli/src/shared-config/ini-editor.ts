/** Changes values of an INI file and leaves every other byte alone. */

import { Refusal } from '@mayfly/identity-center/refusal'
import { type IniFile, type IniLine, type IniOption, type IniSection, parseIni } from './ini.ts'
import { formatHeader, hasLineBreak, parseHeader, type SectionName } from './section-header.ts'

/** New values of one section, in the order in which they are to stand; undefined deletes. */
export interface SectionEdit {
  readonly section: SectionName
  readonly values: Readonly<Record<string, string | undefined>>
  /** New values stand where the first of the deleted ones stood; without this, below the section's last. */
  readonly inPlace?: true
}

/** A section that goes: its header and its values. A comment between or below them stays. */
export interface SectionDeletion {
  readonly section: SectionName
  readonly isDeleted: true
}

export type IniEdit = SectionEdit | SectionDeletion

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
export function editIni(bytes: Uint8Array, path: string, edits: readonly IniEdit[]): Uint8Array {
  for (const edit of edits)
    if ('values' in edit) for (const [key, value] of Object.entries(edit.values)) checkText(key, value)
  const [first, ...later] = roundsOf(edits)
  return later.reduce((current, round) => editSections(current, path, round), editSections(bytes, path, first ?? []))
}

const keyOf = ({ type, name }: SectionName): string => `${type} ${name}`

/** Edits in rounds, none of which changes a section twice: thousands of sections are changed in one reading. */
function roundsOf(edits: readonly IniEdit[]): readonly (readonly IniEdit[])[] {
  const rounds: IniEdit[][] = []
  const timesSeen = new Map<string, number>()
  for (const edit of edits) {
    const times = timesSeen.get(keyOf(edit.section)) ?? 0
    timesSeen.set(keyOf(edit.section), times + 1)
    const round = rounds[times] ?? []
    rounds[times] = round
    round.push(edit)
  }
  return rounds
}

function editSections(bytes: Uint8Array, path: string, edits: readonly IniEdit[]): Uint8Array {
  const file = parseIni(bytes, path)
  const sections = new Map<string, IniSection>()
  for (const section of file.sections) {
    const named = parseHeader(section.header)
    // Of several spellings of one name the last in the file is the one that counts.
    if (named) sections.set(keyOf(named), section)
  }
  const edited = new Map<number, EditedLine>()
  const appended: string[] = []
  for (const edit of edits) {
    const section = sections.get(keyOf(edit.section))
    if ('isDeleted' in edit) deleteSection(section, edited)
    else if (section) changeSection(file, section, edit, edited)
    else appended.push(...linesOfSection(edit))
  }
  return appendLines(file, formatLines(file, edited), appended)
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

function deleteSection(section: IniSection | undefined, edited: Map<number, EditedLine>): void {
  if (!section) return
  for (const line of [section.line, ...section.options.flatMap(({ lines }) => lines)])
    edited.set(line, { line: undefined, added: [] })
}

function changeSection(
  file: IniFile,
  section: IniSection,
  { values, inPlace }: SectionEdit,
  edited: Map<number, EditedLine>,
): void {
  const last = section.options.at(-1)
  // A next header that is indented deeper than a new line would be read as a part of it.
  const deleted = inPlace ? section.options.find(({ name }) => name in values && values[name] === undefined) : undefined
  const indent = (deleted ?? last)?.indent ?? indentOfNext(file, section)
  const added: string[] = []
  for (const [key, value] of Object.entries(values)) {
    const option = section.options.find(({ name }) => name === key.toLowerCase())
    if (option) changeOption(file, option, value, edited)
    else if (value !== undefined) added.push(`${indent}${key} = ${value}`)
  }
  // Below a value's last line, or an indented line of it would hang on the new one.
  const place = deleted?.lines[0] ?? last?.lines.at(-1) ?? section.line
  const kept = edited.get(place)
  if (added.length > 0) {
    edited.set(place, { line: kept ? kept.line : file.lines[place], added: [...(kept?.added ?? []), ...added] })
  }
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

const linesOfSection = ({ section, values }: SectionEdit): readonly string[] => [
  `[${formatHeader(section)}]`,
  ...Object.entries(values).flatMap(([key, value]) => (value === undefined ? [] : [`${key} = ${value}`])),
]

function appendLines(file: IniFile, before: Uint8Array, added: readonly string[]): Uint8Array {
  if (added.length === 0) return before
  const end = lineEnd(file)
  const gap = before.length > 0 && !/[\r\n]$/.test(Buffer.from(before.subarray(-1)).toString()) ? end : ''
  return Buffer.concat([before, Buffer.from(gap + added.map((text) => text + end).join(''))])
}

function formatLines(file: IniFile, edited: ReadonlyMap<number, EditedLine>): Uint8Array {
  const parts: string[] = []
  let isOpen = false
  for (const [index, line] of file.lines.entries()) {
    const edit = edited.get(index) ?? { line, added: [] }
    // Of its neighbour: a file that two editors have written has both.
    const end = line.end || lineEnd(file)
    if (edit.line) parts.push(edit.line.text, edit.line.end)
    if (edit.line) isOpen = edit.line.end === ''
    for (const added of edit.added) {
      parts.push(isOpen ? end : '', added, end)
      isOpen = false
    }
  }
  return Buffer.from(parts.join(''))
}

/** The line end at the end of the file. */
const lineEnd = ({ lines }: IniFile): string => lines.findLast(({ end }) => end !== '')?.end || '\n'
