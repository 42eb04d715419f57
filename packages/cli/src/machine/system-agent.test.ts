/** One start of an agent at a time, whatever the clock did meanwhile. */

import { mkdtempSync, rmSync, utimesSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type DoorPlace, startMark } from '../hot/agent-door.ts'
import { claimStart } from './system-agent.ts'

let place: DoorPlace
beforeEach(() => {
  place = { home: mkdtempSync(join(tmpdir(), 'mayfly-start-')), platform: 'linux', userId: process.getuid?.() }
})
afterEach(() => rmSync(place.home, { recursive: true, force: true }))

const DAY = 86_400

test('of those who find no agent at once, one starts it', () => {
  expect([claimStart(place), claimStart(place), claimStart(place)]).toEqual([true, false, false])
})

test.each([
  ['long ago', -DAY],
  ['of the future, after the clock was set back', DAY],
])('a mark %s keeps nobody from starting one', (_, seconds) => {
  claimStart(place)
  const moment = Date.now() / 1000 + seconds
  utimesSync(startMark(place), moment, moment)
  expect([claimStart(place), claimStart(place)]).toEqual([true, false])
})
