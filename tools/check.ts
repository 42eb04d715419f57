/** `npm run check`: types, lint, walls, unused code, words and the rest that a tool can see, in under a minute. */

import { checkDocs } from './check/docs.ts'
import { checkDoors } from './check/doors.ts'
import { checkLint } from './check/lint.ts'
import { checkLockFile } from './check/lock-file.ts'
import { checkModels } from './check/models.ts'
import { checkRooms } from './check/rooms.ts'
import { checkTypes } from './check/types.ts'
import { checkUnused } from './check/unused.ts'
import { checkWalls } from './check/walls.ts'
import { checkWords } from './check/words.ts'

/** A check returns its problems, one readable line each. */
type Check = () => Promise<string[]> | string[]

const checks: Record<string, Check> = {
  types: checkTypes,
  lint: checkLint,
  walls: checkWalls,
  unused: checkUnused,
  words: checkWords,
  doors: checkDoors,
  rooms: checkRooms,
  models: checkModels,
  lock: checkLockFile,
  docs: checkDocs,
}

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !(name in checks))
if (unknown.length > 0) {
  console.error(`There is no check ${unknown.join(', ')}; there are ${Object.keys(checks).join(', ')}.`)
  process.exit(2)
}

let failed = 0
for (const [name, check] of Object.entries(checks)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  const started = performance.now()
  const problems = await Promise.resolve()
    .then(check)
    .catch((error: Error) => [error.message])
  const time = `${((performance.now() - started) / 1000).toFixed(1)} s`
  console.log(problems.length === 0 ? `ok      ${name.padEnd(8)}${time}` : `failed  ${name.padEnd(8)}${time}`)
  for (const problem of problems) console.log(`        ${problem}`)
  if (problems.length > 0) failed += 1
}
process.exit(failed > 0 ? 1 : 0)
