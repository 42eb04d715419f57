/** Code blocks of README and of guides, which are printed by `npm start` and run as tests. */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './build/target.ts'

/** Where README says that the server is. */
export const ADDRESS = 'http://localhost:7373'

export const readmeBlock = (name: string): string => pageBlock('README.md', name)

/** The text of the block below `<!-- script: name -->` of a page. */
export function pageBlock(page: string, name: string): string {
  const text = readFileSync(join(root, page), 'utf8')
  const block = text.split(`<!-- script: ${name} -->`)[1]?.match(/^\s*```sh\n([\s\S]*?)^```/m)?.[1]
  if (!block) throw new Error(`${page} has no script ${name}`)
  return block
}
