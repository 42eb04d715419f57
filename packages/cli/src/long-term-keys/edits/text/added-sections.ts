/** Takes whole sections back that were added to an INI file, also where others have written beside or into them since. */

export interface AddedSection {
  /** As it stands between line ends, without spaces around. */
  readonly header: string
  readonly lines: readonly string[]
}

const HEADER = /^\[[^\r\n]+\][ \t]*(?:[#;].*)?$/

/** The sections that a piece of text is made of; nothing where it is anything else. */
export function parseAddedSections(added: string): readonly AddedSection[] | undefined {
  const sections: { header: string; lines: string[] }[] = []
  for (const line of linesOf(added).map((each) => each.trim())) {
    if (line === '') continue
    if (HEADER.test(line)) sections.push({ header: line, lines: [] })
    else if (sections.length === 0) return undefined
    else sections.at(-1)?.lines.push(line)
  }
  return sections.length === 0 ? undefined : sections
}

/**
 * `current` without the lines of these sections. A header stays where somebody has given it more lines: without it they
 * would fall to the section above. A section that is gone is left at that; undefined where one is there twice, or a line
 * of it is not there once as it was written.
 */
export function removeSections(current: string, sections: readonly AddedSection[]): string | undefined {
  let lines = linesOf(current)
  for (const section of sections) {
    const dropped = findDropped(lines, section)
    if (!dropped) return undefined
    lines = lines.filter((_, index) => !dropped.has(index))
  }
  return lines.join('')
}

function findDropped(lines: readonly string[], section: AddedSection): ReadonlySet<number> | undefined {
  const texts = lines.map((line) => line.trim())
  const start = texts.indexOf(section.header)
  if (start < 0) return new Set()
  if (texts.lastIndexOf(section.header) !== start) return undefined
  const next = texts.findIndex((text, index) => index > start && HEADER.test(text))
  const body = texts.slice(start + 1, next < 0 ? undefined : next)
  const dropped = new Set<number>()
  for (const line of section.lines) {
    const at = body.indexOf(line)
    if (at < 0 || body.lastIndexOf(line) !== at) return undefined
    dropped.add(start + 1 + at)
  }
  const isOthers = (text: string, index: number): boolean =>
    text !== '' && !/^[#;]/.test(text) && !dropped.has(start + 1 + index)
  if (body.some(isOthers)) return dropped
  dropped.add(start)
  if (start > 0 && texts[start - 1] === '') dropped.add(start - 1)
  return dropped
}

/** With their ends. */
const linesOf = (text: string): readonly string[] => text.split(/(?<=\n)/)
