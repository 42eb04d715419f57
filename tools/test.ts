/** `npm test`: builds what is stale, runs every test, says what was skipped and why, and ends with one line of counts. */

import { join } from 'node:path'
import { startVitest } from 'vitest/node'
import { root } from './build/target.ts'
import { build } from './build.ts'
import { parseSkippedInCi } from './test/skipped-in-ci.ts'
import { Tally } from './test/tally.ts'

const words = process.argv.slice(2)
const ci = process.env['CI'] === 'true'
if (words.includes('--long')) process.env['MAYFLY_LONG_TESTS'] = '1'

const tally = new Tally()
await build().catch((error: Error) => tally.problems.push(`the build: ${error.message}`))

const filters = words.filter((word) => !word.startsWith('--'))
const vitest = await startVitest(
  'test',
  filters,
  { run: true, root, config: join(root, 'vitest.config.ts'), reporters: ['default', tally] },
  { clearScreen: false },
)
await vitest.close()

for (const { title, reason } of tally.skipped) console.log(`skipped  ${title}${reason ? `: ${reason}` : ''}`)
const allowed = ci ? parseSkippedInCi() : undefined
const forbidden = allowed ? tally.skipped.filter((test) => !allowed.some((entry) => entry.covers(test))) : []
for (const { title } of forbidden) {
  console.log(`failed   ${title}: skipped, and conformance/skipped-in-ci.txt does not name it`)
}
for (const problem of tally.problems) console.log(`failed   ${problem}`)

const failed = tally.failed + tally.problems.length + forbidden.length
console.log(`\n${tally.passed} passed, ${failed} failed, ${tally.skipped.length - forbidden.length} skipped`)
process.exit(failed > 0 || tally.passed === 0 ? 1 : 0)
