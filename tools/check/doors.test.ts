import { expect, test } from 'vitest'
import { findDoors } from './doors.ts'

const inServer = (text: string): string[] => findDoors({ path: 'packages/server/src/caller/caller.ts', text })

test.each([
  'const now = Date.now()',
  'const now = new Date()',
  'const now = new Date',
  'const one = Math.random()',
  'setTimeout(() => {}, 1)',
  'window.setTimeout(() => {}, 1)',
  'const wait = globalThis.performance.now()',
  "import { randomUUID } from 'node:crypto'",
  "import { setTimeout } from 'node:timers/promises'",
  'const id = crypto.randomUUID()',
  'const home = process.env.HOME',
  "import { env } from 'node:process'",
  'const { env } = process',
])('%s goes past a door', (text) => {
  expect(inServer(text)).toHaveLength(1)
})

test.each([
  'const then = new Date(0)',
  'const moment = clock.now()',
  'const bytes = random.bytes(4)',
  '// Date.now() would be wrong here',
  "const text = 'Date.now() and process.env'",
  'const child = { process: 1 }',
  'child.process.kill()',
])('%s goes past no door', (text) => {
  expect(inServer(text)).toEqual([])
})

test('the clock may read the time, and the machine the process', () => {
  expect(findDoors({ path: 'packages/identity-center/src/clock.ts', text: 'new Date()' })).toEqual([])
  expect(findDoors({ path: 'packages/cli/src/machine/machine.ts', text: 'process.env; Date.now()' })).toEqual([])
})
