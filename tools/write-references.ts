/** Writes those pages of docs/reference that the code already says. */

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './build/target.ts'

export interface Reference {
  /** Below the root. */
  file: string
  /** The page as it should be; `now` is the page as it is. */
  write(now: string): Promise<string>
}

export const references: Reference[] = []

if (process.argv[1] === import.meta.filename) {
  for (const { file, write } of references) {
    const path = join(root, file)
    writeFileSync(path, await write(readFileSync(path, 'utf8')))
  }
}
