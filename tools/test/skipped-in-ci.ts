/** The checked-in list of tests that CI may skip, each with its reason. */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../build/target.ts'
import type { SkippedTest } from './tally.ts'

export interface MayBeSkipped {
  reason: string
  covers(test: Pick<SkippedTest, 'file' | 'name'>): boolean
}

/** Reads `<file>: <name or its beginning>: <reason>` lines; a line without all three is an error. */
export function parseSkippedInCi(
  text = readFileSync(join(root, 'conformance/skipped-in-ci.txt'), 'utf8'),
): MayBeSkipped[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'))
  return lines.map((line) => {
    const [, file, name, reason] = line.match(/^(\S+): (.+): (\S.*)$/) ?? []
    if (!file || !name || !reason) throw new Error(`conformance/skipped-in-ci.txt: not "file: name: reason": ${line}`)
    return { reason, covers: (test) => test.file === file && test.name.startsWith(name) }
  })
}
