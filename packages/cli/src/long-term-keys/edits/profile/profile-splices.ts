/** Changes of profiles in `~/.aws/config` and `~/.aws/credentials`, line by line. */

import type { IniFile, IniOption, IniSection } from '../../../shared-config/ini.ts'
import type { ProfileValues } from '../../../shared-config/profile-form.ts'
import { formatHeader, type SectionName } from '../../../shared-config/section-header.ts'
import { lineOffsets } from '../formats/ini-lines.ts'
import type { Splice } from '../text/splice.ts'

/** Every name under which a file of AWS's has a part of a key. */
const KEY_OPTIONS: ReadonlySet<string> = new Set([
  'aws_access_key_id',
  'aws_secret_access_key',
  'aws_session_token',
  'aws_security_token',
])

/**
 * The key's lines go. A section that is left without values goes with them, but for one that holds a comment: that is
 * about something, and would be read as about the section above.
 */
export function removeKeyLines(file: IniFile, section: IniSection): readonly Splice[] {
  const lines = lineOffsets(file)
  const going = section.options.filter(({ name }) => KEY_OPTIONS.has(name))
  const removed = going.flatMap((option) => lines.remove(option))
  const next = file.sections[file.sections.indexOf(section) + 1]?.line ?? file.lines.length
  const others = file.lines.slice(section.line + 1, next)
  const gone = new Set(going.flatMap((option) => option.lines))
  const isEmptied = others.every(({ text }, index) => gone.has(section.line + 1 + index) || text.trim() === '')
  if (!isEmptied) return removed
  const blanks = others.flatMap(({ text }, index) => (text.trim() === '' ? [section.line + 1 + index] : []))
  const isApart = section.line === 0 || file.lines[section.line - 1]?.text.trim() === ''
  return [lines.removeLine(section.line), ...removed, ...(isApart ? blanks.map(lines.removeLine) : [])]
}

/** New values of a section, where the key stood or below its last value; undefined deletes, and so do the key's names. */
export function changeProfile(file: IniFile, section: IniSection, values: ProfileValues): readonly Splice[] {
  const lines = lineOffsets(file)
  const isGoing = ({ name }: IniOption): boolean =>
    KEY_OPTIONS.has(name) || (name in values && values[name] === undefined)
  const going = section.options.filter(isGoing)
  const splices: Splice[] = []
  const added: string[] = []
  for (const [name, value] of Object.entries(values)) {
    const present = section.options.find((option) => option.name === name)
    if (value === undefined || present?.value === value) continue
    if (present) splices.push(...lines.change(present, name, value))
    else added.push(`${name} = ${value}`)
  }
  const [place, ...rest] = going
  if (place && added.length > 0) splices.push(...lines.replace(place, added))
  else if (place) splices.push(...lines.remove(place))
  else if (added.length > 0) splices.push(lines.addBelow(section.options.at(-1) ?? headerOf(section), added))
  return [...splices, ...rest.flatMap((option) => lines.remove(option))]
}

/** A section without values: new ones come below its header. */
const headerOf = ({ line }: IniSection): IniOption => ({ name: '', value: '', lines: [line], indent: '' })

/** New sections at the end of the file, each below a blank line. */
export function appendSections(
  file: IniFile,
  sections: readonly { readonly name: SectionName; readonly values: ProfileValues }[],
): readonly Splice[] {
  if (sections.length === 0) return []
  const end = file.lines[0]?.end || '\n'
  const offset = file.lines.reduce((sum, line) => sum + line.text.length + line.end.length, 0)
  const last = file.lines.at(-1)
  let text = last && last.end === '' ? end : ''
  for (const [index, { name, values }] of sections.entries()) {
    if (index > 0 || (last && last.text.trim() !== '')) text += end
    text += `[${formatHeader(name)}]${end}`
    for (const [key, value] of Object.entries(values)) if (value !== undefined) text += `${key} = ${value}${end}`
  }
  return [{ start: offset, end: offset, text }]
}
