/** A `mayfly storage` that is killed at any moment leaves a home in which everybody is signed in, and goes on when asked. */

import { spawn } from 'node:child_process'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { missingSecretService } from '../harness/secret-service.ts'
import { SealedHome } from './sealed-home.ts'

let place: SealedHome

beforeEach(async (context) => {
  context.skip(missingSecretService !== undefined, missingSecretService)
  place = await SealedHome.open({ keychain: true })
})
afterEach(() => place?.close())

/** Runs a command and kills it after so many milliseconds; whether it was killed. */
function killAfter(words: string, milliseconds: number): Promise<boolean> {
  const child = spawn(process.execPath, [place.program, ...words.split(' ')], {
    env: place.home.env(place.env()),
    stdio: 'ignore',
  })
  return new Promise((resolve) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), milliseconds)
    child.on('close', (_, signal) => {
      clearTimeout(timer)
      resolve(signal === 'SIGKILL')
    })
  })
}

test('killed at twenty moments on the way there and back, and each time it ends well', async () => {
  await place.mayfly('login --profile dev')
  await place.ask('credentials --profile dev')
  const config = place.home.read('.aws/config')
  const outcomes = { killed: 0, ended: 0 }
  for (let round = 0; round < 10; round += 1) {
    for (const mode of ['sealed', 'shared'] as const) {
      // The program itself takes some sixty milliseconds to start.
      const killed = await killAfter(`storage ${mode}`, 60 + round * 14)
      outcomes[killed ? 'killed' : 'ended'] += 1
      const whoami = await place.mayfly('whoami --profile prod')
      expect([round, mode, whoami.status], whoami.stderr).toEqual([round, mode, 0])
      const again = await place.mayfly(`storage ${mode}`)
      expect([round, mode, again.status], again.stderr).toEqual([round, mode, 0])
      if (mode === 'sealed') expect([round, place.search()]).toEqual([round, []])
    }
    expect(place.home.read('.aws/config')).toBe(config)
  }
  expect(outcomes.killed, JSON.stringify(outcomes)).toBeGreaterThan(3)
  expect(place.home.opened()).toHaveLength(1)
}, 180_000)

test('whoever asks for credentials meanwhile gets them, and no page opens', async () => {
  await place.mayfly('login --profile dev')
  let moving = true
  let asked = 0
  const asking = ['dev', 'prod', 'dev', 'prod'].map(async (profile) => {
    while (moving) {
      const run = await place.ask(`credentials --profile ${profile}`)
      expect(run.status, run.stderr).toBe(0)
      asked += 1
    }
  })
  try {
    for (const mode of ['sealed', 'shared', 'sealed', 'shared', 'sealed']) {
      const run = await place.mayfly(`storage ${mode}`, { timeout: 60_000 })
      expect([mode, run.status], run.stderr).toEqual([mode, 0])
    }
  } finally {
    moving = false
    await Promise.all(asking)
  }
  expect(asked).toBeGreaterThan(8)
  expect(place.home.opened()).toHaveLength(1)
  expect(place.search()).toEqual([])
}, 180_000)
