/** One command writes a profile for every account and role, at the pace that the portal bears, and goes on after a kill. */

import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { Home } from '../harness/home.ts'
import { interruptAtHalf } from './interruption.ts'
import { accountIdOf, ROLES } from './large-organization.ts'
import { SetupWorld } from './setup-world.ts'

const ACCOUNTS = 101
const LIMIT = 20
/** Accounts come in pages of a hundred. */
const LEAST_CALLS = ACCOUNTS + Math.ceil(ACCOUNTS / 100)

let world: SetupWorld
let home: Home

beforeAll(async () => {
  world = await SetupWorld.start(ACCOUNTS)
})
afterAll(() => world?.stop())
beforeEach(() => {
  home = new Home()
})
afterEach(() => home.remove())

const profilesIn = (text: string | undefined): readonly string[] =>
  [...(text ?? '').matchAll(/^\[profile (.*)\]$/gm)].map(([, name]) => name ?? '')

/** Everything below these folders that a second run must not touch. */
const stamp = (): readonly string[] =>
  ['.aws', '.mayfly/setup', '.mayfly/backups']
    .flatMap((folder) => home.files(folder))
    .map((name) => {
      const { mtimeNs, ino } = statSync(join(home.path, name), { bigint: true })
      return `${name} ${mtimeNs} ${ino}`
    })

test('a first run writes every role, a second one touches nothing, and what is withdrawn goes', async () => {
  home.write('.aws/config', '# mine\n[profile by-hand]\nregion = eu-west-1\n')
  const limit = world.limit(LIMIT)
  const first = await world.setup(home, [world.server.startUrl, '--yes'])
  expect(first.status, first.stderr).toBe(0)
  const text = home.read('.aws/config') ?? ''
  expect(text.startsWith('# mine\n[profile by-hand]\nregion = eu-west-1\n[sso-session ')).toBe(true)
  expect(profilesIn(text)).toHaveLength(1 + ACCOUNTS * ROLES.length)
  expect(profilesIn(text)).toContain('acme-buro-zurich-2-readonlyaccess')
  expect(limit.arrivals.length).toBeLessThanOrEqual(LEAST_CALLS * 1.05)
  expect(first.milliseconds).toBeLessThan((LEAST_CALLS / LIMIT) * 1000 * 2)

  const before = stamp()
  const second = await world.setup(home, ['--yes'])
  expect(second.status, second.stderr).toBe(0)
  expect(second.stdout).toBe(`Nothing to change: ${ACCOUNTS * ROLES.length} profiles in place.\n`)
  expect(stamp()).toEqual(before)
  expect(home.opened()).toHaveLength(1)

  expect(world.withdraw(accountIdOf(2))).toBeGreaterThan(0)
  const third = await world.setup(home, ['--yes', '--json'])
  expect(third.status, third.stderr).toBe(0)
  const [session] = JSON.parse(third.stdout).sessions
  expect(session).toMatchObject({ accounts: ACCOUNTS - 1, written: true, added: [], changed: [] })
  expect(session.removed).toHaveLength(ROLES.length)
  const left = text.replace(/\[profile acme-buro-zurich-2-[^[]*/g, '')
  expect(home.read('.aws/config')).toBe(left)
})

test('a run that is killed at half goes on there', async () => {
  const { rest, asked, askedAgain, accounts } = await interruptAtHalf(world, home, 'SIGKILL', ACCOUNTS)
  expect(rest.status, rest.stderr).toBe(0)
  expect(rest.stderr).toContain('Going on from an earlier run')
  expect(profilesIn(home.read('.aws/config'))).toHaveLength(accounts * ROLES.length)
  // What was under way, and what came in the last quarter of a second, is asked again.
  expect(askedAgain).toBeLessThanOrEqual(accounts - asked + 12)
  expect(home.files('.mayfly/setup').filter((name) => !/\/[0-9a-f]{40}\.json$/.test(name))).toEqual([])
})

test('a portal that refuses nearly everything is asked slowly, and nobody is sent to sign in again', async () => {
  const limit = world.limit(9)
  const run = await world.setup(home, [world.server.startUrl, '--yes'])
  expect(run.status, run.stderr).toBe(0)
  expect(limit.refused).toBeGreaterThan(0)
  expect(run.stderr).toMatch(/refused for their rate, and made again/)
  expect(home.opened()).toHaveLength(1)
  expect(JSON.parse(readFileSync(join(home.path, home.files('.mayfly/access')[0] ?? ''), 'utf8')).accounts.length).toBe(
    Number(/(\d+) accounts/.exec(run.stderr)?.[1]),
  )
})
