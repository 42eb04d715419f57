/** Profiles of the config file that a person has written something into besides keys. */

import type { IniFile, IniSection } from './ini.ts'
import { parseHeader } from './section-header.ts'

/**
 * The names of profiles with a comment between the header and the last key, and of those that cannot be taken out of the
 * file because the header below would then read as a part of what stands above.
 */
export function listAnnotatedProfiles({ lines, sections }: IniFile): ReadonlySet<string> {
  const names = new Set<string>()
  const isIndented = (section: IniSection | undefined): boolean => /^\s/.test(lines[section?.line ?? -1]?.text ?? '')
  for (const [place, section] of sections.entries()) {
    const named = parseHeader(section.header)
    if (named?.type !== 'profile') continue
    const last = section.options.at(-1)?.lines.at(-1) ?? section.line
    const body = lines.slice(section.line, last)
    const hasComment = /[#;]/.test(lines[section.line]?.text.replace(/^.*\]/, '') ?? '')
    if (hasComment || body.some(({ text }) => /^\s*[#;]/.test(text)) || isIndented(sections[place + 1]))
      names.add(named.name)
  }
  return names
}
