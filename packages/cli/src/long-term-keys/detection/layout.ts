/** Where in the layout of a text some places are: lines, columns, and what divides one block from the next. */

export interface LayoutPlace {
  /** Begin with 1. */
  readonly line: number
  readonly column: number
  /** Empty lines before it. */
  readonly blanks: number
  /** `}` and `]` before it. */
  readonly closers: number
  /** Headings (`[name]`, `---`) before it: nothing belongs together across one. */
  readonly section: number
  /** Its line begins as a comment does. */
  readonly isComment: boolean
}

const [NEW_LINE, RETURN, SPACE, TAB, OPEN, CLOSE, BRACE, DASH] = [10, 13, 32, 9, 91, 93, 125, 45]

/** The places of ascending offsets, with one look at each character before the last. */
export function locate(text: string, offsets: readonly number[]): readonly LayoutPlace[] {
  const places: LayoutPlace[] = []
  let [line, lineStart, blanks, closers, section, first] = [1, 0, 0, 0, 0, 0]
  let at = 0
  for (const offset of offsets) {
    for (; at < offset; at += 1) {
      const code = text.charCodeAt(at)
      if (code === NEW_LINE) {
        if (first === 0) blanks += 1
        if ((first === OPEN || first === DASH) && isHeading(text, lineStart, at)) section += 1
        line += 1
        lineStart = at + 1
        first = 0
      } else if (first === 0 && code !== SPACE && code !== TAB && code !== RETURN) first = code
      if (code === BRACE || code === CLOSE) closers += 1
    }
    const isComment = /^\s*(?:#|;|\/\/|--|REM )/.test(text.slice(lineStart, Math.min(offset, lineStart + 40)))
    places.push({ line, column: offset - lineStart + 1, blanks, closers, section, isComment })
  }
  return places
}

/** A line of an INI or TOML file that begins a section, or a YAML document's first. */
const isHeading = (text: string, start: number, end: number): boolean =>
  end - start < 200 &&
  /^\s*(?:\[{1,2}\s*[A-Za-z0-9_"'.][^\],{}]*\]{1,2}\s*(?:[#;].*)?|---\s*)$/.test(text.slice(start, end))
