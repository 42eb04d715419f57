/** What several programs print at once: whole lines, each behind the name of its program. */

/** Cuts text that comes in pieces into lines. `close` gives out a last line without an end. */
export interface LineCutter {
  take(text: string): void
  close(): void
}

/** A line longer than this is given out in parts: a program may print for ever without a line end. */
const LONGEST_LINE = 64 * 1024

export function createLineCutter(give: (line: string) => void): LineCutter {
  let rest = ''
  return {
    take(text) {
      const lines = (rest + text).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) give(lastWritten(line))
      if (rest.length > LONGEST_LINE) {
        give(lastWritten(rest))
        rest = ''
      }
    },
    close() {
      if (rest !== '') give(lastWritten(rest))
      rest = ''
    },
  }
}

/** A carriage return goes back to the beginning of the line, over the name that stands there. */
const lastWritten = (line: string): string => line.replace(/\r+$/, '').split('\r').at(-1) ?? ''

/** cyan, yellow, green, magenta, blue: readable on light and dark. */
const COLOURS = [36, 33, 32, 35, 34] as const
const ESC = '\u001b'

/** What stands before each line of the program at `index`. */
export function formatPrefix(
  label: string,
  { width, index, styled }: { width: number; index: number; styled: boolean },
) {
  const text = `${label.replace(/\p{Cc}/gu, '').padEnd(width)} |`
  return styled ? `${ESC}[${COLOURS[index % COLOURS.length]}m${text}${ESC}[0m ` : `${text} `
}

/** Wide enough for most labels, but not for one that would push every line off the screen. */
export const prefixWidth = (labels: readonly string[]): number =>
  Math.min(40, Math.max(0, ...labels.map((label) => label.length)))
