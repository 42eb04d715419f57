/** keys audit --org by the built program: accounts behind limits, ended at half, and gone on with. */

import { spawn } from 'node:child_process'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { Home } from '../../harness/home.ts'
import { MAYFLY, runMayfly } from '../../harness/mayfly.ts'
import { alter } from '../../harness/operator.ts'
import { hasTmux, Tmux } from '../../harness/tmux.ts'
import { accountIdOf } from '../../setup/large-organization.ts'
import { SetupWorld } from '../../setup/setup-world.ts'
import { CallLimit, countAction, KEYS_IN_ACCOUNT, seedUsers, USERS_IN_ACCOUNT } from './audited-organization.ts'

const ACCOUNTS = 16
const AUDIT = ['keys', 'audit', '--org', '--role-name', 'ReadOnlyAccess']
/** What was under way when it was ended. */
const UNDER_WAY = 8

let world: SetupWorld
let home: Home

beforeAll(async () => {
  world = await SetupWorld.start(ACCOUNTS)
  seedUsers(world.server, ACCOUNTS)
})
afterAll(() => world?.stop())
beforeEach(async () => {
  world.proxy.instead = () => undefined
  home = new Home()
  home.writeConfig(world.server.startUrl, [{ name: 'dev', accountId: accountIdOf(0), roleName: 'ReadOnlyAccess' }])
  const login = await runMayfly(home, ['login', '--profile', 'dev'])
  expect(login.status, login.stderr).toBe(0)
  world.proxy.passed.length = 0
})
afterEach(() => home?.remove())

/** Without what a writer that was killed has left. */
const state = (): readonly string[] => home.files('.mayfly/audits').filter((path) => !path.endsWith('.tmp'))
const credentials = (): readonly string[] => home.files('.aws/cli')

test('every user and every key is found, in the order to retire them, behind limits that refuse some calls', async () => {
  const limit = new CallLimit(world.proxy, { portal: 20, iam: 25 })
  const run = await runMayfly(home, [...AUDIT, '--json', '--html', 'keys.html', '--csv', 'keys.csv'].map(inHome), {
    timeout: 240_000,
  })
  expect(run.status, run.stderr).toBe(1)
  expect(limit.refused).toBeGreaterThan(0)
  const { keys, accounts, unread } = JSON.parse(run.stdout)
  expect([accounts.length, keys.length, unread]).toEqual([ACCOUNTS, ACCOUNTS * KEYS_IN_ACCOUNT, []])
  expect(accounts.flatMap(({ users }: { users: unknown[] }) => users)).toHaveLength(ACCOUNTS * USERS_IN_ACCOUNT)
  const tiers = keys.map(({ tier }: { tier: string }) => tier)
  expect(tiers).toEqual([
    ...Array(ACCOUNTS).fill('unused-wide'),
    ...Array(ACCOUNTS).fill('unused'),
    ...Array(ACCOUNTS).fill('inactive'),
    ...Array(ACCOUNTS).fill('machine'),
  ])
  expect(keys[0]).toMatchObject({ userName: 'backup', breadth: 'everything', idleDays: null, createdDaysAgo: 900 })
  expect(keys.at(-1)).toMatchObject({
    userName: 'carla',
    lastUsed: { service: 's3', region: 'eu-west-1' },
    idleDays: 1,
  })
  expect(home.read('keys.csv')?.split('\r\n')).toHaveLength(ACCOUNTS * (KEYS_IN_ACCOUNT + 1) + 2)
  expect(home.read('keys.html')).toContain('<title>Long-term access keys: acme</title>')
  for (const name of ['keys.html', 'keys.csv']) expect(statSync(join(home.path, name)).mode & 0o777).toBe(0o600)
  expect([state(), credentials()]).toEqual([[], []])
})

const inHome = (word: string): string => (/^keys\.(html|csv)$/.test(word) ? join(home.path, word) : word)

/** Ctrl-C is typed into a terminal below; the long form sends it as well. */
const SIGNALS = process.env['MAYFLY_LONG_TESTS'] === '1' ? (['SIGKILL', 'SIGINT'] as const) : (['SIGKILL'] as const)

test.each(SIGNALS)('ended at half by %s it goes on there, and asks nobody twice for what it knows', async (signal) => {
  new CallLimit(world.proxy, { portal: 1000, iam: 100 })
  const child = spawn(process.execPath, [MAYFLY, ...AUDIT], { env: home.env(home.browser()), stdio: 'ignore' })
  const ended = new Promise((resolve) => child.on('close', (status, by) => resolve(status ?? by)))
  while (state().length < ACCOUNTS / 2) await new Promise((resolve) => setTimeout(resolve, 20))
  child.kill(signal)
  expect(await ended).toBe(signal === 'SIGINT' ? 130 : 'SIGKILL')
  const kept = state().length - 1
  for (const name of state()) expect(statSync(join(home.path, name)).mode & 0o777).toBe(0o600)
  new CallLimit(world.proxy, { portal: 1000, iam: 1000 })
  const rest = await runMayfly(home, [...AUDIT, '--json'], { timeout: 120_000 })
  expect(rest.stderr).toContain(`Going on from an earlier run: ${kept} accounts read, ${ACCOUNTS - kept} left.`)
  expect(JSON.parse(rest.stdout).keys).toHaveLength(ACCOUNTS * KEYS_IN_ACCOUNT)
  expect(countAction(world.proxy, 'ListUsers')).toBe(ACCOUNTS - kept)
  expect(world.proxy.count('/assignment/roles')).toBe(0)
  expect(world.proxy.count('/federation/credentials')).toBeLessThanOrEqual(ACCOUNTS - kept)
  expect(world.proxy.count('/federation/credentials')).toBeGreaterThanOrEqual(ACCOUNTS - kept - UNDER_WAY)
  expect(state()).toEqual([])
})

test('a session that ends meanwhile is told, what was read is kept, and after a sign-in it goes on', async () => {
  new CallLimit(world.proxy, { portal: 1000, iam: 100 })
  world.proxy.afterwards = () => {
    if (state().length < ACCOUNTS / 4) return
    world.proxy.afterwards = () => {}
    alter(world.server, 'delete from sessions')
    alter(world.server, 'delete from access_tokens')
    alter(world.server, 'delete from refresh_tokens')
  }
  const run = await runMayfly(home, [...AUDIT, '--no-sign-in'], { timeout: 120_000 })
  expect(run.status, run.stderr).not.toBe(0)
  expect(run.stderr).toContain('mayfly sso login --sso-session acme')
  expect(run.stderr).toContain('run the same again within a day, and it goes on where this ended.')
  const kept = state().length - 1
  expect(kept).toBeGreaterThan(0)
  const again = await runMayfly(home, ['login', '--profile', 'dev'])
  expect(again.status, again.stderr).toBe(0)
  const rest = await runMayfly(home, [...AUDIT, '--json'], { timeout: 120_000 })
  expect(rest.stderr).toContain(`${kept} accounts read`)
  expect(JSON.parse(rest.stdout).keys).toHaveLength(ACCOUNTS * KEYS_IN_ACCOUNT)
})

test('an account that may not be read is named with why, and the others are read', async () => {
  const closed = accountIdOf(3)
  const run = await runMayfly(home, [...AUDIT, '--account', `{${closed},${accountIdOf(4)}}`, '--json'])
  expect(JSON.parse(run.stdout).accounts).toHaveLength(2)
  expect(world.withdraw(closed)).toBeGreaterThan(0)
  const partly = await runMayfly(home, [...AUDIT, '--account', `{${closed},${accountIdOf(4)}}`])
  expect(partly.status).toBe(1)
  expect(partly.stdout).toContain(`1 account (1 could not be read), ${USERS_IN_ACCOUNT} IAM users`)
  expect(partly.stdout).toMatch(new RegExp(`${closed} \\(Acme .* 3\\): as ReadOnlyAccess: ForbiddenException`))
})

test('in a terminal a line tells how far it is, and Ctrl-C that the same again goes on there', async (context) => {
  context.skip(!hasTmux, 'there is no /usr/bin/tmux (Debian: apt-get install tmux)')
  new CallLimit(world.proxy, { portal: 1000, iam: 40 })
  const env = { ...home.env(home.browser()), NO_COLOR: '1' }
  const terminal = await Tmux.start([process.execPath, MAYFLY, 'keys', 'audit', '--org'], { env })
  try {
    await terminal.until('Which permission set reads the accounts?')
    await terminal.type('\n')
    await terminal.until(/[1-9]\d* of \d+ accounts, \d+ users, \d+ keys/)
    await terminal.keys('C-c')
    expect(await terminal.ended()).toBe(130)
    expect(await terminal.screen()).toMatch(/\n {0,2}Run the same again within a day to go on where this ended\.(\n|$)/)
  } finally {
    await terminal.stop()
  }
  expect(state().length).toBeGreaterThan(1)
})
