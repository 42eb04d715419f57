/** An address as a QR code in the terminal, for the camera of a telephone. */

import { renderUnicodeCompact } from 'uqr'
import type { Machine } from '../machine/machine.ts'
import { textWidth } from '../machine/screen.ts'

const [WHITE_ON_BLACK, PLAIN] = ['\x1b[97;40m', '\x1b[0m'] as const

/**
 * The code in half blocks; nothing when it does not fit into the terminal. Light modules are drawn, dark ones left out;
 * colours, where they are wanted, keep it so in a window with a light background.
 */
export function formatQrCode(
  { terminal, env }: Pick<Machine, 'terminal' | 'env'>,
  address: string,
): string | undefined {
  const { columns, rows } = terminal.size
  const lines = drawCode(address)?.split('\n') ?? []
  const width = Math.max(0, ...lines.map(textWidth))
  if (width === 0 || width > columns || lines.length >= rows - 1) return undefined
  const [start, end] = env['NO_COLOR'] ? ['', ''] : [WHITE_ON_BLACK, PLAIN]
  return lines.map((line) => `${start}${line}${end}\n`).join('')
}

/** Nothing when the address is longer than a code can hold. */
function drawCode(address: string): string | undefined {
  try {
    return renderUnicodeCompact(address, { ecc: 'L', border: 2 })
  } catch {
    return undefined
  }
}
