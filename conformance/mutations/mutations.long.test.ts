/** Thirty rules, each broken once: at least one wire case turns red. */

import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { MutatedCopy, type Mutation } from './mutated-copy.ts'

const mutations: readonly Mutation[] = JSON.parse(readFileSync(new URL('mutations.json', import.meta.url), 'utf8'))

let copy: MutatedCopy
beforeAll(() => {
  copy = new MutatedCopy()
})
afterAll(() => copy?.remove())

test('there are thirty of them', () => {
  expect(mutations.length).toBeGreaterThanOrEqual(30)
})

test('the copy passes while no rule is broken', async () => {
  const { status, stdout } = await copy.runCases('')
  expect(status, stdout.slice(-3000)).toBe(0)
}, 600_000)

test.each(mutations)('$rule', async (mutation) => {
  const { status, stdout } = await copy.run(mutation)
  expect(status, `no case noticed: ${stdout.slice(-2000)}`).toBe(1)
  expect(stdout).toMatch(/Tests .*failed/)
})
