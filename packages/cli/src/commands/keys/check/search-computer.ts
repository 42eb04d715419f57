/** The keys of this computer, with a line that tells how far the search has come. */

import type { FoundKey } from '../../../long-term-keys/key/found-key.ts'
import { searchForKeys } from '../../../long-term-keys/search/search-for-keys.ts'
import type { Machine } from '../../../machine/machine.ts'

/** More than a home takes on any disk; what was found by then counts. */
const SECONDS = 60

export async function searchComputer(machine: Machine): Promise<readonly FoundKey[]> {
  const { terminal } = machine
  let shown = 0
  const draw = (line: string): void => {
    terminal.writeError(`\r${line.padEnd(shown)}${line === '' ? '\r' : ''}`)
    shown = line.length
  }
  const { found } = await searchForKeys(machine, { seconds: SECONDS }, ({ files, found: count }) => {
    if (terminal.watched) draw(`Looking for keys: ${files} files, ${count} found`)
  })
  if (shown > 0) draw('')
  return found
}
