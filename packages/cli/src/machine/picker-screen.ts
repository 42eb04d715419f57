/** The terminal's second screen: drawn on for a while, and gone without a trace. */

import type { Colour, PickerScreen, Piece } from './picker.ts'

const COLOURS: Readonly<Record<Colour, number>> = { red: 31, green: 32, yellow: 33, blue: 34, magenta: 35, cyan: 36 }
const STYLES = { bold: 1, faint: 2 } as const

// xterm's own: the second screen, and lines that do not wrap (a character may be wider than we think).
const OPEN = '\x1b[?1049h\x1b[?7l'
const CLOSE = '\x1b[?7h\x1b[?25h\x1b[?1049l'

export type ScreenStream = NodeJS.WritableStream & { readonly columns?: number; readonly rows?: number }

/** The second screen of the terminal behind `output`; colours only where they are wanted. */
export function createPickerScreen(output: ScreenStream, hasColours: boolean): PickerScreen {
  let redraw: (() => void) | undefined
  const close = (): void => {
    if (!redraw) return
    output.off('resize', redraw)
    process.off('exit', close).off('SIGTERM', end)
    redraw = undefined
    output.write(CLOSE)
  }
  // Node gives the terminal its own mode back on exit.
  const end = (): void => process.exit(143)
  return {
    get columns() {
      return Math.max(10, output.columns || 80)
    },
    get rows() {
      return Math.max(4, output.rows || 24)
    },
    open(next) {
      redraw = next
      output.write(OPEN)
      output.on('resize', next)
      // However this process ends, the person's screen comes back.
      process.once('exit', close).once('SIGTERM', end)
    },
    draw(lines, { column, at }) {
      const text = lines.map((pieces) => `${formatPieces(pieces, hasColours)}\x1b[K`).join('\r\n')
      output.write(`\x1b[?25l\x1b[H${text}\x1b[J\x1b[${at + 1};${column + 1}H\x1b[?25h`)
    },
    close,
  }
}

export function formatPieces(pieces: readonly Piece[], hasColours: boolean): string {
  return pieces
    .map(({ text, colour, style }) => {
      const codes = [
        ...(style && (hasColours || style === 'bold') ? [STYLES[style]] : []),
        ...(colour && hasColours ? [COLOURS[colour]] : []),
      ]
      // Names come from files and from servers: nothing in them moves the cursor.
      const plain = text.replace(/\p{Cc}/gu, '')
      return codes.length === 0 || plain === '' ? plain : `\x1b[${codes.join(';')}m${plain}\x1b[0m`
    })
    .join('')
}
