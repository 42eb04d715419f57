/** A few lines at the bottom of the terminal that are drawn again and again, and can be taken away. */

export interface Line {
  readonly text: string
  readonly style?: 'bold' | 'faint' | 'reverse'
}

export interface Screen {
  /** Draws these lines in place of the ones before; the cursor goes behind `cursor` characters of line `at`, the first. */
  draw(lines: readonly Line[], cursor?: number, at?: number): void
  /** Takes everything away, and leaves the cursor where the first line began. */
  clear(): void
  /** Prints below what was drawn; nothing drawn before is touched again. */
  finish(text: string): void
  /** Characters in a row. */
  readonly columns: number
}

const STYLES = { bold: '\x1b[1m', faint: '\x1b[2m', reverse: '\x1b[7m' } as const
const PLAIN = '\x1b[0m'

/** How many columns a character takes: none for marks, two for East Asian wide forms and emoji (UAX #11). */
function widthOf(character: string): number {
  if (/^[\p{Mn}\p{Me}\p{Cf}]$/u.test(character)) return 0
  if (/^\p{Emoji_Presentation}$/u.test(character)) return 2
  return /^[ᄀ-ᅟ⺀-〾ぁ-㏿㐀-䶿一-鿿ꀀ-꓏가-힣豈-﫿︰-﹏＀-｠￠-￦𠀀-𯿿]$/u.test(character) ? 2 : 1
}

/** The columns that a text takes. */
export const textWidth = (text: string): number => [...text].reduce((width, character) => width + widthOf(character), 0)

/** As much of a text as fits into `columns`. */
export function cutText(text: string, columns: number): string {
  let cut = ''
  let width = 0
  for (const character of text) {
    width += widthOf(character)
    if (width > columns) return cut
    cut += character
  }
  return cut
}

/** The rows that a text fills, broken where the terminal would. */
function wrapText(text: string, columns: number): readonly string[] {
  const rows: string[] = []
  let row = ''
  let width = 0
  for (const character of text) {
    const next = widthOf(character)
    if (width + next > columns) {
      rows.push(row)
      row = ''
      width = 0
    }
    row += character
    width += next
  }
  return [...rows, row]
}

/** A screen at the cursor's place on `output`. */
export function createScreen(output: NodeJS.WritableStream & { readonly columns?: number }): Screen {
  const columns = Math.max(10, output.columns || 80)
  let cursorRow = 0
  const home = (): string => `\r${cursorRow > 0 ? `\x1b[${cursorRow}A` : ''}\x1b[J`
  return {
    columns,
    draw(lines, cursor = 0, at = 0) {
      const rows = lines.flatMap(({ text, style }) =>
        wrapText(text, columns).map((row) => (style ? `${STYLES[style]}${row}${PLAIN}` : row)),
      )
      const above = lines.slice(0, at).flatMap(({ text }) => wrapText(text, columns))
      const start = wrapText([...(lines[at]?.text ?? '')].slice(0, cursor).join(''), columns)
      const before = [...above, ...start]
      const behind = textWidth(before.at(-1) ?? '')
      // A full row leaves the cursor at the start of the next one.
      const full = behind === columns
      const row = before.length - 1 + (full ? 1 : 0)
      const column = full ? 0 : behind
      const drawn = row >= rows.length ? [...rows, ''] : rows
      const up = drawn.length - 1 - row
      output.write(
        `${home()}${drawn.join('\r\n')}\r${up > 0 ? `\x1b[${up}A` : ''}${column > 0 ? `\x1b[${column}C` : ''}`,
      )
      cursorRow = row
    },
    clear() {
      output.write(home())
      cursorRow = 0
    },
    finish(text) {
      output.write(`${home()}${text}\n`)
      cursorRow = 0
    },
  }
}
