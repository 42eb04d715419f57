/** The keys of this computer, with a line that tells how far the search has come. */

import type { FoundKey } from '../../../long-term-keys/key/found-key.ts'
import { searchForKeys } from '../../../long-term-keys/search/search-for-keys.ts'
import type { Machine } from '../../../machine/machine.ts'
import { createProgressLine } from '../find/progress-line.ts'

/** More than a home takes on any disk; what was found by then counts. */
const SECONDS = 60

/** `withHistory`: what Git repositories held once, too. */
export async function searchComputer(machine: Machine, withHistory: boolean): Promise<readonly FoundKey[]> {
  const line = createProgressLine(machine)
  const { found, ended } = await searchForKeys(machine, { seconds: SECONDS, withHistory }, line.show).finally(
    line.clear,
  )
  if (ended !== 'whole')
    machine.terminal.writeError('Not everything was looked at: mayfly keys find says what, and takes longer.\n')
  return found
}
