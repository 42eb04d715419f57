/** Hundreds and thousands of accounts: in the time that the portal's limit allows, and in a laptop's memory. */

import { expect, onTestFinished, test } from 'vitest'
import { Home } from '../harness/home.ts'
import { interruptAtHalf } from './interruption.ts'
import { accountIdOf, ROLES } from './large-organization.ts'
import { SetupWorld } from './setup-world.ts'

const LIMIT = 20
const leastCalls = (accounts: number): number => accounts + Math.ceil(accounts / 100)

async function open(accounts: number): Promise<{ readonly world: SetupWorld; readonly home: Home }> {
  const world = await SetupWorld.start(accounts)
  const home = new Home()
  onTestFinished(async () => {
    home.remove()
    await world.stop()
  })
  return { world, home }
}

const countProfiles = (home: Home): number => (home.read('.aws/config') ?? '').match(/^\[profile /gm)?.length ?? 0

test('665 accounts with three roles each, behind a portal that bears twenty calls in any second', async () => {
  const { world, home } = await open(665)
  const least = leastCalls(665)
  const limit = world.limit(LIMIT)
  const run = await world.setup(home, [world.server.startUrl, '--yes'])
  expect(run.status, run.stderr).toBe(0)
  expect(countProfiles(home)).toBe(1995)
  const ratio = run.milliseconds / ((least / LIMIT) * 1000)
  console.log(
    `665 × 3: ${(run.milliseconds / 1000).toFixed(1)} s, ${ratio.toFixed(2)} × the limit; ${limit.arrivals.length} calls ` +
      `for ${least}; ${limit.refused} refused; ${run.mostMemory.toFixed(0)} MiB`,
  )
  expect(ratio).toBeLessThanOrEqual(1.3)
  expect(limit.arrivals.length).toBeLessThanOrEqual(least * 1.05)
  expect(run.mostMemory).toBeLessThanOrEqual(200)

  const again = await world.setup(home, ['--yes', '--json'])
  expect(JSON.parse(again.stdout).sessions).toMatchObject([{ written: false, unchanged: 1995, unread: [] }])

  world.withdraw(accountIdOf(300))
  const pruned = await world.setup(home, ['--yes', '--json'])
  expect(JSON.parse(pruned.stdout).sessions[0].removed).toHaveLength(ROLES.length)
  expect(countProfiles(home)).toBe(1992)
}, 300_000)

test.each(['SIGINT', 'SIGKILL'] as const)(
  '665 accounts, ended at half by %s',
  async (signal) => {
    const { world, home } = await open(665)
    const { rest, asked, askedAgain, accounts } = await interruptAtHalf(world, home, signal, 665)
    expect(rest.status, rest.stderr).toBe(0)
    expect(accounts).toBe(665)
    expect(countProfiles(home)).toBe(1995)
    expect(askedAgain).toBeLessThanOrEqual(accounts - asked + 12)
    expect(rest.milliseconds).toBeLessThan((leastCalls(askedAgain) / LIMIT) * 1000 * 1.3 + 2000)
  },
  300_000,
)

test('5,000 accounts with three roles each stay under 300 MB', async () => {
  const { world, home } = await open(5000)
  world.limit(1_000_000)
  const run = await world.setup(home, [world.server.startUrl, '--yes'])
  expect(run.status, run.stderr).toBe(0)
  expect(countProfiles(home)).toBe(15_000)
  console.log(`5,000 × 3: ${(run.milliseconds / 1000).toFixed(0)} s, ${run.mostMemory.toFixed(0)} MiB`)
  expect(run.mostMemory).toBeLessThanOrEqual(300)
  const again = await world.setup(home, ['--yes'])
  expect(again.stdout).toContain('Nothing to change: 15000 profiles')
  expect(again.mostMemory).toBeLessThanOrEqual(300)
}, 900_000)
