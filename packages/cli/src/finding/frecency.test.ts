import { hours, minutes } from '@mayfly/identity-center/duration'
import { expect, test } from 'vitest'
import { createTestMachine } from '../testing/test-machine.ts'
import { readFrecency, recordUse, scoreAt } from './frecency.ts'

const DAY = hours(24)
const file = '~/.mayfly/frecency.json'

test('a use counts half after a week', async () => {
  const machine = createTestMachine()
  await recordUse(machine, 'dev')
  await machine.clock.sleep(hours(24 * 7))
  const uses = (await readFrecency(machine)).get('dev')
  expect(uses && scoreAt(uses, machine.clock.now())).toBeCloseTo(0.5)
})

test('what is used often goes before what was used lately once, and sinks when it is left alone', async () => {
  const machine = createTestMachine()
  const order = async (): Promise<readonly string[]> => {
    const now = machine.clock.now()
    return [...(await readFrecency(machine))]
      .sort(([, one], [, other]) => scoreAt(other, now) - scoreAt(one, now))
      .map(([name]) => name)
  }
  for (let day = 0; day < 5; day += 1) {
    await recordUse(machine, 'often')
    await machine.clock.sleep(DAY)
  }
  await recordUse(machine, 'lately')
  expect(await order()).toEqual(['often', 'lately'])
  await machine.clock.sleep(hours(24 * 21))
  await recordUse(machine, 'lately')
  expect(await order()).toEqual(['lately', 'often'])
})

test('a loop that names the same profile again and again is one use', async () => {
  const machine = createTestMachine()
  for (let run = 0; run < 50; run += 1) await recordUse(machine, 'dev')
  expect((await readFrecency(machine)).get('dev')?.score).toBe(1)
  await machine.clock.sleep(minutes(2))
  await recordUse(machine, 'dev')
  expect((await readFrecency(machine)).get('dev')?.score).toBeCloseTo(2, 2)
})

test('a damaged file is begun anew, and a name such as __proto__ is a name', async () => {
  const machine = createTestMachine({ files: { [file]: '{"profiles":{"dev":{"sco' } })
  await recordUse(machine, '__proto__')
  expect([...(await readFrecency(machine)).keys()]).toEqual(['__proto__'])
  expect(JSON.stringify(JSON.parse(machine.text(file) ?? ''))).toContain('__proto__')
})

test('what has not been used for months is forgotten', async () => {
  const machine = createTestMachine()
  await recordUse(machine, 'old')
  await machine.clock.sleep(hours(24 * 90))
  await recordUse(machine, 'new')
  expect([...(await readFrecency(machine)).keys()]).toEqual(['new'])
})

test('a home that cannot be written forgets, and nothing fails', async () => {
  const machine = createTestMachine()
  const files = { ...machine.files, write: () => Promise.reject(new Error('EROFS')) }
  await expect(recordUse({ ...machine, files }, 'dev')).resolves.toBeUndefined()
})
