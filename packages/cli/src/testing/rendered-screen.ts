/** What a person sees after a program has written to a terminal. */

/** A control sequence or one character. */
const ESC = '\u001b'
const PART = new RegExp(`${ESC}\\[[?0-9;]*[A-Za-z]|[\\s\\S]`, 'gu')

/** What a terminal of `columns` shows after these bytes (as much of ECMA-48 as our screen uses). */
export function renderScreen(bytes: string, columns: number): string {
  const rows: string[][] = [[]]
  let [row, column] = [0, 0]
  const feed = (): void => {
    row += 1
    rows[row] ??= []
  }
  for (const [part] of bytes.matchAll(PART)) {
    const count = Number(/\d+/.exec(part)?.[0] ?? 1)
    if (part === '\r') column = 0
    else if (part === '\n') {
      feed()
      // The tty turns a line feed into carriage return and line feed.
      column = 0
    } else if (part.endsWith('A') && part.length > 1) row -= count
    else if (part.endsWith('C') && part.length > 1) column += count
    else if (part.endsWith('J') && part.length > 1) {
      rows.length = row + 1
      rows[row]?.splice(column)
    } else if (part.length === 1 || !part.startsWith('\u001b')) {
      if (column === columns) {
        feed()
        column = 0
      }
      const line = rows[row]
      if (line) line[column] = part
      column += 1
    }
  }
  return rows
    .map((line) =>
      Array.from(line, (character) => character ?? ' ')
        .join('')
        .trimEnd(),
    )
    .join('\n')
}
