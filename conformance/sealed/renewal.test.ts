/** Hours later: tokens are refreshed and role credentials renewed without a sign-in, and none of the new secrets lies anywhere. */

import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { PRODUCTION } from '../harness/example.ts'
import { MovingClock, missingFaketime } from '../harness/moving-clock.ts'
import { root } from '../harness/root.ts'
import { type ProgramRun, runProgram } from '../harness/run-program.ts'
import { missingSecretService } from '../harness/secret-service.ts'
import { SealedHome } from './sealed-home.ts'

let place: SealedHome
let clock: MovingClock
const ALLOWED = { MAYFLY_AGENT: 'allow' }
const missing = missingSecretService ?? missingFaketime

beforeEach(async (context) => {
  context.skip(missing !== undefined, missing)
  clock = new MovingClock()
  place = await SealedHome.open({ keychain: true, env: clock.env })
})
afterEach(async () => {
  await place?.mayfly('agent stop', { env: ALLOWED })
  await place?.close()
  clock?.remove()
})

interface Keys {
  readonly AccessKeyId: string
  readonly Expiration: string
}

/** How many different secrets of this name have passed. */
const count = (name: string): number => [...place.hunt.secrets().values()].filter((each) => each === name).length
const refreshes = (): number => place.hunt.proxy.count('/token', ({ body }) => body.includes('"refresh_token"'))

/** Credentials from a program that is asked for them: they end after the moved clock's time. */
async function keysAfter(minutes: number, ask: () => Promise<ProgramRun>) {
  clock.move(minutes)
  const { status, stdout, stderr } = await ask()
  expect(status, stderr).toBe(0)
  const keys = JSON.parse(stdout) as Keys
  expect(Date.parse(keys.Expiration)).toBeGreaterThan(Date.now() + minutes * 60_000)
  return keys
}

async function seal(env: Record<string, string> = {}): Promise<void> {
  for (const words of ['login --profile dev', 'storage sealed']) {
    const run = await place.mayfly(words, { env, timeout: 60_000 })
    expect([words, run.status], run.stderr).toEqual([words, 0])
  }
}

/** Nothing of what was issued is found, a sign-in was made once, and the last token is another one than the first. */
function expectRenewed(): void {
  expect(place.home.opened()).toHaveLength(1)
  expect(refreshes()).toBeGreaterThanOrEqual(2)
  expect(count('accessToken')).toBeGreaterThanOrEqual(3)
  expect(count('refreshToken')).toBeGreaterThanOrEqual(3)
  expect(count('secretAccessKey')).toBeGreaterThanOrEqual(3)
  expect(place.search()).toEqual([])
}

test('by the command itself', async () => {
  await seal()
  const ask = () => place.ask('credentials --profile prod --no-sign-in')
  const keys = [await keysAfter(0, ask), await keysAfter(70, ask), await keysAfter(200, ask)]
  expect(new Set(keys.map(({ AccessKeyId }) => AccessKeyId)).size).toBe(3)
  const status = await place.mayfly('status')
  expect([status.status, status.stdout]).toEqual([0, expect.stringMatching(/^acme .*renews itself/m)])
  expectRenewed()
  // The search would find them: the newest token in plain text, as the shared mode keeps it.
  await place.mayfly('storage shared')
  expect(new Set(place.search().map(({ secret }) => secret))).toContain('refreshToken')
}, 60_000)

test('by the agent, which held the former ones', async () => {
  await seal(ALLOWED)
  const helper = join(place.home.path, '.mayfly/bin/mayfly-credentials')
  const words = ['--sso-session', 'acme', '--account-id', PRODUCTION, '--role-name', 'AdministratorAccess']
  const env = place.home.env(place.env({ ...ALLOWED, PATH: `${root}/node_modules/.bin:/usr/bin:/bin` }))
  const ask = () => runProgram(helper, words, { env })
  expect((await place.mayfly('agent start', { env: ALLOWED })).status).toBe(0)
  const keys = [await keysAfter(0, ask), await keysAfter(70, ask), await keysAfter(200, ask)]
  expect(new Set(keys.map(({ AccessKeyId }) => AccessKeyId)).size).toBe(3)
  const status = await place.mayfly('agent status --json', { env: ALLOWED })
  expect([status.status, status.stdout]).toEqual([0, expect.stringContaining('"pid"')])
  expectRenewed()
}, 60_000)
