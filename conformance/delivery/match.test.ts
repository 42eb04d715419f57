/** `mayfly exec --match`: one command line in many accounts, against the running server, which is counted. */

import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { CountingProxy } from '../harness/counting-proxy.ts'
import { DEVELOPMENT, MANAGEMENT, PRODUCTION } from '../harness/example.ts'
import { freePort } from '../harness/free-port.ts'
import { Home } from '../harness/home.ts'
import { MAYFLY, runMayfly } from '../harness/mayfly.ts'
import { ServerProcess } from '../harness/server-process.ts'
import { hasTmux, Tmux } from '../harness/tmux.ts'

const ACCOUNTS = {
  management: MANAGEMENT,
  development: DEVELOPMENT,
  production: PRODUCTION,
  staging: '444455556666',
  sandbox: '555566667777',
  'log-archive': '666677778888',
  security: '777788889999',
} as const

let server: ServerProcess
let proxy: CountingProxy
let home: Home

beforeAll(async () => {
  const port = await freePort()
  proxy = await CountingProxy.start(port, () => server.port)
  server = await ServerProcess.start({ publicUrl: `http://127.0.0.1:${port}` })
})
afterAll(async () => {
  await proxy?.stop()
  await server?.stop()
})
beforeEach(() => {
  home = new Home()
  proxy.passed.length = 0
  const profiles = Object.entries(ACCOUNTS).flatMap(([name, accountId]) =>
    ['ReadOnlyAccess', 'AdministratorAccess'].map((roleName) => ({ name: `${name}-${roleName}`, accountId, roleName })),
  )
  home.writeConfig(server.startUrl, [
    ...profiles,
    { name: 'withdrawn', accountId: PRODUCTION, roleName: 'ReadOnlyGone' },
  ])
})
afterEach(() => home.remove())

const match = (globs: readonly string[], words: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  runMayfly(home, ['exec', ...globs.flatMap((glob) => ['--match', glob]), ...words], { env })

const asked = () => proxy.count('/federation/credentials')
const linesOf = (text: string): readonly string[] => text.trimEnd().split('\n')

/** Prints the account of the key, which is written in it, in two halves of a line. */
const SAY = 'printf "$MAYFLY_PROFILE "; sleep 0.1; echo "$AWS_REGION"; echo "warned" >&2'

test('every account is asked once, with one sign-in, and every line is whole and named', async () => {
  const { status, stdout, stderr } = await match(['*/ReadOnlyAccess'], ['--', 'sh', '-c', SAY])
  expect(status, stderr).toBe(0)
  const names = Object.keys(ACCOUNTS).map((name) => `${name}-ReadOnlyAccess`)
  expect(linesOf(stdout).toSorted()).toEqual(names.map((name) => `${name.padEnd(26)} | ${name} us-east-1`).toSorted())
  expect(linesOf(stderr).filter((line) => line.endsWith('| warned'))).toHaveLength(names.length)
  expect(home.opened()).toHaveLength(1)
  expect(asked()).toBe(names.length)
  expect(stdout).not.toContain('\u001b')
  await match(['*/ReadOnlyAccess'], ['--', 'true'])
  expect(asked()).toBe(names.length)
})

test('--json is one object a run, and a role that is withdrawn does not stop the others', async () => {
  const { status, stdout, stderr } = await match(
    ['prod*/Read*', 'withdrawn', 'dev*/Read*'],
    [
      '--json',
      '--',
      'sh',
      '-c',
      'echo out; echo err >&2; [ "$MAYFLY_PROFILE" != development-ReadOnlyAccess ] || exit 3',
    ],
  )
  expect(status).toBe(1)
  const runs = linesOf(stdout).map((line) => JSON.parse(line))
  expect(runs.toSorted((one, other) => (one.profile < other.profile ? -1 : 1))).toEqual([
    { ...RUN, profile: 'development-ReadOnlyAccess', accountId: DEVELOPMENT, role: 'ReadOnlyAccess', exitCode: 3 },
    { ...RUN, profile: 'production-ReadOnlyAccess', accountId: PRODUCTION, role: 'ReadOnlyAccess', exitCode: 0 },
    {
      ...RUN,
      profile: 'withdrawn',
      accountId: PRODUCTION,
      role: 'ReadOnlyGone',
      exitCode: null,
      error: expect.stringContaining('No access'),
      stdout: '',
      stderr: '',
    },
  ])
  expect(stderr).toContain('1 of 3 ended well.')
  expect(stderr).toContain('  development-ReadOnlyAccess: exit code 3\n')
  expect(stderr).toMatch(/ {2}withdrawn: No access/)
})

const RUN = {
  account: null,
  signal: null,
  error: null,
  milliseconds: expect.any(Number),
  stdout: 'out\n',
  stderr: 'err\n',
}

test('what may change things wants a word first; --dry-run shows what would run', async () => {
  const globs = ['prod*/*']
  const refused = await match(globs, ['--', 'touch', join(home.path, 'ran')])
  expect(refused).toMatchObject({ status: 255, stdout: '' })
  expect(refused.stderr).toContain('1 of 2 roles may change things')
  expect((await match(globs, ['--dry-run', '--', 'touch', join(home.path, 'ran')])).stdout).toBe(
    `production-ReadOnlyAccess       ${PRODUCTION}  ReadOnlyAccess\nproduction-AdministratorAccess  ${PRODUCTION}  AdministratorAccess\n`,
  )
  expect(existsSync(join(home.path, 'ran'))).toBe(false)
  expect(asked()).toBe(0)
  expect((await match(globs, ['--except', '*/Admin*', '--', 'true'])).status).toBe(0)
  expect((await match(globs, ['--yes', '--', 'true'])).status).toBe(0)
})

test('one after another, and none after a failure, when that is asked for', async () => {
  const words = ['--concurrency', '1', '--fail-fast', '--', 'sh', '-c', 'echo run; exit 4']
  const { status, stdout, stderr } = await match(['*/ReadOnlyAccess'], words)
  expect(status).toBe(1)
  expect(linesOf(stdout)).toHaveLength(1)
  expect(stderr).toContain('6 runs not started')
})

test('without a profile that matches, the accounts that the portal named are taken', async () => {
  const index = {
    version: 1,
    sessionName: 'acme',
    startUrl: server.startUrl,
    region: 'us-east-1',
    takenAt: new Date().toISOString(),
    accounts: [
      { accountId: DEVELOPMENT, accountName: 'Acme Development', roles: ['PowerUserAccess', 'ReadOnlyAccess'] },
      { accountId: PRODUCTION, accountName: 'Acme Production', roles: ['ReadOnlyAccess'] },
    ],
  }
  home.writeConfig(server.startUrl, [])
  home.write(`.mayfly/access/${createHash('sha1').update('acme').digest('hex')}.json`, JSON.stringify(index))
  const { stdout, stderr } = await match(['acme-*/ReadOnly*'], ['--json', '--', 'sh', '-c', 'echo "$AWS_REGION"'])
  expect(
    linesOf(stdout)
      .map((line) => JSON.parse(line).account)
      .toSorted(),
    stderr,
  ).toEqual(['Acme Development', 'Acme Production'])
  expect(linesOf(stdout).every((line) => JSON.parse(line).stdout === 'us-east-1\n')).toBe(true)
})

test.each([
  [['nothing-*/X'], ['--', 'true'], 255, "Nothing matches 'nothing-*/X'."],
  [['*'], [], 252, '--match wants a program to run.'],
  [['*'], ['dev', '--', 'true'], 252, '--match finds the profiles'],
  [['*'], ['--concurrency', '0', '--', 'true'], 252, 'must be a whole number from 1 on'],
  [['*/Read*'], ['--', 'no-such-program'], 127, 'There is no such program'],
])('%j %j ends with %i', async (globs, words, status, said) => {
  const run = await match(globs, words)
  expect(run).toMatchObject({ status, stdout: '' })
  expect(run.stderr).toContain(said)
})

test('an interruption ends every program, and starts no other', async () => {
  await runMayfly(home, ['login', '--profile', 'production-ReadOnlyAccess'])
  const words = ['exec', '--match', '*/ReadOnlyAccess', '--concurrency', '3', '--', 'sh', '-c', 'echo $$; sleep 60']
  const child = spawn(process.execPath, [MAYFLY, ...words], { env: home.env(), stdio: ['ignore', 'pipe', 'pipe'] })
  let [said, told] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    told += text
  })
  await expect.poll(() => said.match(/\| \d+\n/g)?.length, { timeout: 20_000 }).toBe(3)
  child.kill('SIGTERM')
  const signal = await new Promise((resolve) => child.on('close', (_code, name) => resolve(name)))
  expect(signal).toBe('SIGTERM')
  expect(told).toContain('0 of 7 ended well.')
  expect(told).toContain('4 runs not started')
  for (const [, pid] of said.matchAll(/\| (\d+)\n/g)) {
    expect(spawnSync('/bin/kill', ['-0', pid ?? '']).status).not.toBe(0)
  }
})

test.skipIf(!hasTmux)(
  'in a terminal names have colours, what is powerful is asked about, and Ctrl-C ends all',
  async () => {
    await runMayfly(home, ['login', '--profile', 'production-ReadOnlyAccess'])
    const command = (...words: readonly string[]) => [process.execPath, MAYFLY, 'exec', ...words]
    let tmux = await Tmux.start(command('--match', 'prod*/*', '--', 'echo', 'done'), { env: home.env() })
    try {
      expect(await tmux.until('Run echo done with 2 roles? [y/N]:')).toContain('production-AdministratorAccess')
      await tmux.type('y\n')
      expect(await tmux.ended()).toBe(0)
      expect(await tmux.screen({ colours: true })).toContain('\u001b[33mproduction-AdministratorAccess |')
      await tmux.stop()
      tmux = await Tmux.start(command('--match', 'prod*/*', '--', 'echo', 'done'), { env: home.env({ NO_COLOR: '1' }) })
      await tmux.until('[y/N]:')
      await tmux.type('\n')
      expect(await tmux.ended()).toBe(1)
      expect(await tmux.screen()).not.toContain('| done')
      await tmux.stop()
      tmux = await Tmux.start(command('--match', '*/Read*', '--', 'sh', '-c', 'echo go; sleep 60'), { env: home.env() })
      await tmux.until((screen) => (screen.match(/\| go/g) ?? []).length === 7)
      await tmux.keys('C-c')
      expect(await tmux.until('0 of 8 ended well.')).toContain('ended by SIGINT')
    } finally {
      await tmux.stop()
    }
  },
)
