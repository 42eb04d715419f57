/** What was last said of a key is kept, for itself and for whoever asks nobody. */

import { hours } from '@mayfly/identity-center/duration'
import { expect, test } from 'vitest'
import { createTestMachine, type TestMachine } from '../../testing/test-machine.ts'
import { type LearnedKey, readKnownKeys, rememberKeys } from './known-keys.ts'

const NOW = '2026-11-21T01:30:00Z'
const FILE = '~/.mayfly/known-keys.json'
const KEY = 'AKIAONE'
const USED = { at: new Date('2026-11-20T10:00:00Z'), service: 's3', region: 'eu-west-1' }

const learned = (change: Partial<LearnedKey> = {}): LearnedKey => ({
  accessKeyId: KEY,
  state: 'live',
  userName: 'deploy',
  lastUsed: USED,
  ownUses: [],
  ...change,
})

const knownOf = async (machine: TestMachine) => (await readKnownKeys(machine)).get(KEY)

test('an answer is read again as it was noted, and with it when it was asked', async () => {
  const machine = createTestMachine({ now: NOW })
  await rememberKeys(machine, [learned()])
  expect(await knownOf(machine)).toEqual({
    askedAt: new Date(NOW),
    state: 'live',
    userName: 'deploy',
    lastUsed: { ...USED, askedAt: new Date(NOW), isOurs: false },
  })
})

test('who could say nothing takes nothing away', async () => {
  const machine = createTestMachine({ now: NOW })
  await rememberKeys(machine, [learned()])
  await machine.clock.sleep(hours(2))
  const { lastUsed, ...without } = learned({ state: 'inactive' })
  await rememberKeys(machine, [without])
  await rememberKeys(machine, [learned({ state: 'unknown', lastUsed: {} })])
  const known = await knownOf(machine)
  expect([known?.state, known?.askedAt.toISOString()]).toEqual(['inactive', '2026-11-21T03:30:00.000Z'])
  expect(known?.lastUsed).toEqual({ ...lastUsed, askedAt: new Date(NOW), isOurs: false })
})

test('a use of our own is told as one, and a key that was never used as that', async () => {
  const machine = createTestMachine({ now: NOW })
  const at = new Date(NOW)
  await rememberKeys(machine, [learned({ lastUsed: { at, service: 'sts' }, ownUses: [at] })])
  expect((await knownOf(machine))?.lastUsed?.isOurs).toBe(true)
  await rememberKeys(machine, [learned({ lastUsed: {} })])
  expect((await knownOf(machine))?.lastUsed).toEqual({ askedAt: at, isOurs: false })
})

test('a thousand keys are kept, the oldest answers go', async () => {
  const machine = createTestMachine({ now: NOW })
  await rememberKeys(machine, [learned()])
  await rememberKeys(
    machine,
    Array.from({ length: 999 }, (_, index) => learned({ accessKeyId: `AKIA${index}` })),
  )
  await rememberKeys(machine, [learned(), learned({ accessKeyId: 'AKIANEW' })])
  const known = await readKnownKeys(machine)
  expect([known.size, known.has(KEY), known.has('AKIA0'), known.has('AKIA1')]).toEqual([1000, true, false, true])
})

test.each([
  ['{'],
  ['null'],
  ['{"version":2,"keys":{}}'],
  [`{"version":1,"keys":{"${KEY}":null}}`],
  [`{"version":1,"keys":{"${KEY}":{"askedAt":"never","state":"live"}}}`],
  [`{"version":1,"keys":{"${KEY}":{"askedAt":"${NOW}","state":"well"}}}`],
])('%s says nothing', async (text) => {
  expect(await knownOf(createTestMachine({ now: NOW, files: { [FILE]: text } }))).toBeUndefined()
})

test('a moment that is none is no "never used"', async () => {
  const text = `{"version":1,"keys":{"${KEY}":{"askedAt":"${NOW}","state":"live","lastUsed":{"askedAt":"${NOW}","at":"soon"}}}}`
  const known = await knownOf(createTestMachine({ now: NOW, files: { [FILE]: text } }))
  expect(known).toEqual({ askedAt: new Date(NOW), state: 'live' })
})
