/** keys audit --org in hundreds of accounts: as fast as the portal bears, in a laptop's memory. */

import { expect, onTestFinished, test } from 'vitest'
import { Home } from '../../harness/home.ts'
import { runMayfly } from '../../harness/mayfly.ts'
import { accountIdOf } from '../../setup/large-organization.ts'
import { SetupWorld } from '../../setup/setup-world.ts'
import { CallLimit, KEYS_IN_ACCOUNT, seedUsers } from './audited-organization.ts'

test.each([
  [600, 'IAM bears what comes', 100_000, 600],
  [200, 'thirty calls a second to IAM in all accounts', 30, 600],
] as const)(
  '%i accounts behind twenty portal calls a second; %s',
  async (accounts, _, iam, most) => {
    const world = await SetupWorld.start(accounts)
    const home = new Home()
    onTestFinished(async () => {
      home.remove()
      await world.stop()
    })
    seedUsers(world.server, accounts)
    home.writeConfig(world.server.startUrl, [{ name: 'dev', accountId: accountIdOf(0), roleName: 'ReadOnlyAccess' }])
    const login = await runMayfly(home, ['login', '--profile', 'dev'])
    expect(login.status, login.stderr).toBe(0)
    const limit = new CallLimit(world.proxy, { portal: 20, iam })
    const started = performance.now()
    const words = ['keys', 'audit', '--org', '--role-name', 'ReadOnlyAccess', '--json']
    const run = await runMayfly(home, words, { timeout: 1_200_000 })
    const seconds = (performance.now() - started) / 1000
    const { keys, unread } = JSON.parse(run.stdout)
    const calls = world.proxy.passed.length
    console.log(`${accounts} accounts: ${seconds.toFixed(0)} s, ${calls} calls, ${limit.refused} refused`)
    expect([keys.length, unread]).toEqual([accounts * KEYS_IN_ACCOUNT, []])
    expect(seconds).toBeLessThan(most)
    expect(limit.refused).toBeLessThan(calls * 0.05)
  },
  1_300_000,
)
