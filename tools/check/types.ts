/** The compiler finds nothing to object to. */

import { everythingSaid, runInstalled } from './program.ts'

export async function checkTypes(): Promise<string[]> {
  const outcome = await runInstalled('typescript/bin/tsc', ['-b', '--pretty', 'false'])
  return outcome.status === 0 ? [] : everythingSaid(outcome)
}
