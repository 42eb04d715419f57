/** Files, exports and dependencies that nothing uses. */

import { everythingSaid, runInstalled } from './program.ts'

export async function checkUnused(): Promise<string[]> {
  const outcome = await runInstalled('knip/bin/knip.js', ['--reporter', 'compact', '--treat-config-hints-as-errors'])
  if (outcome.status === 0) return []
  let heading = ''
  return everythingSaid(outcome).flatMap((line) => {
    const title = line.match(/^(\w.*) \(\d+\)$/)?.[1]
    if (title) heading = title.toLowerCase()
    return title ? [] : [`${line}${heading ? ` (${heading})` : ''}`]
  })
}
