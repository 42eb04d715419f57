/** README's code blocks, which are printed by `npm start` and run as a test. */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './build/target.ts'

/** Where README says that the server is. */
export const ADDRESS = 'http://localhost:7373'

/** The text of the block below `<!-- script: name -->`. */
export function readmeBlock(name: string): string {
  const text = readFileSync(join(root, 'README.md'), 'utf8')
  const block = text.split(`<!-- script: ${name} -->`)[1]?.match(/^\s*```sh\n([\s\S]*?)^```/m)?.[1]
  if (!block) throw new Error(`README.md has no script ${name}`)
  return block
}
