/** The client before a server that means harm, and among other users of one machine. */

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Home } from '../harness/home.ts'
import { runMayfly } from '../harness/mayfly.ts'
import { runProgram } from '../harness/run-program.ts'
import { HostileServer } from './hostile-server.ts'

let home: Home
let hostile: HostileServer

beforeEach(async () => {
  home = new Home()
  hostile = await HostileServer.start()
  home.writeConfig(`${hostile.origin}/start`, [{ name: 'dev', accountId: '111122223333', roleName: 'Role' }])
})
afterEach(() => {
  hostile.stop()
  home.remove()
})

const LOGIN = ['login', '--sso-session', 'acme', '--use-device-code']
const login = () => runMayfly(home, LOGIN)

/** Everything that moves a cursor, clears a screen, sets a title, or turns the direction of reading. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the very characters that must not come through
const STEERING = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/
const EVIL = '\u001b]0;title\u0007\u001b[2J\u009b31m\rfake\u202eprompt'

describe('a terminal', () => {
  test.each([
    ['a message', 'InvalidRequestException', EVIL],
    ['the name of an exception', EVIL, 'x'],
    ['the name of an exception with a namespace', `a#${EVIL}:b`, EVIL],
  ])('is not steered by %s', async (_, name, message) => {
    for (const path of ['/client/register', '/device_authorization', '/token']) {
      const body = { __type: name, message, error_description: message, error: name }
      hostile.answers.set(path, { status: 400, body })
      const { stdout, stderr, status } = await login()
      expect(status).not.toBe(0)
      expect(stdout + stderr).not.toMatch(STEERING)
      hostile.answers.delete(path)
    }
  })

  test('is not steered by the code or the address to open, and the address is opened only if it is a web page', async () => {
    for (const address of [
      'file:///etc/passwd',
      'javascript:alert(1)',
      `http://127.0.0.1:1/${EVIL}`,
      '--help',
      '\\\\evil\\x',
    ]) {
      hostile.answers.set('/device_authorization', {
        body: {
          deviceCode: 'd',
          userCode: `BCDF${EVIL}`,
          verificationUri: address,
          verificationUriComplete: address,
          expiresIn: 600,
          interval: 1,
        },
      })
      const pending = { status: 400, body: { __type: 'AuthorizationPendingException', message: 'wait' } }
      hostile.first.set('/token', pending)
      const opening = await login()
      for (const file of home.files('.aws/sso')) home.write(file, '{}')
      hostile.first.set('/token', pending)
      const showing = await runMayfly(home, [...LOGIN, '--no-browser'])
      expect(showing.stdout).toContain('BCDF')
      for (const { stdout, stderr } of [opening, showing]) expect(stdout + stderr).not.toMatch(STEERING)
      for (const file of home.files('.aws/sso')) home.write(file, '{}')
    }
    expect(home.opened().filter((address) => !address.startsWith('http://127.0.0.1:1/'))).toEqual([])
  })

  test('is not steered by the names of accounts and roles', async () => {
    hostile.answers.set('/assignment/accounts', {
      body: { accountList: [{ accountId: '111122223333', accountName: EVIL, emailAddress: EVIL }] },
    })
    hostile.answers.set('/assignment/roles', {
      body: { roleList: [{ roleName: `Role${EVIL}`, accountId: '111122223333' }] },
    })
    const { stdout, stderr } = await configure()
    expect(stdout + stderr).not.toMatch(STEERING)
  })
})

const configure = () =>
  runMayfly(home, [
    'configure',
    'sso',
    '--use-device-code',
    '--sso-session',
    'acme',
    '--profile',
    'made',
    '--region',
    'us-east-1',
    '--output',
    'json',
  ])

test.each([
  'x\n[profile evil]\ncredential_process = touch PWNED',
  'x\r[profile evil]\rcredential_process = touch PWNED',
  'x]\n[default]\naws_access_key_id = AKIA',
  'x = y',
  'x # comment',
])('a role that is called %j adds nothing else to the config file', async (roleName) => {
  hostile.answers.set('/assignment/roles', { body: { roleList: [{ roleName, accountId: '111122223333' }] } })
  await configure()
  const config = home.read('.aws/config') ?? ''
  expect(config).not.toMatch(/^\s*(\[profile evil\]|\[default\]|credential_process|aws_access_key_id)/m)
  const { stdout } = await runMayfly(home, ['profiles'])
  expect(stdout).not.toContain('evil')
})

describe('a token', () => {
  test.each(['/assignment/roles', '/federation/credentials', '/token', '/client/register'])(
    'does not follow a redirect of %s',
    async (path) => {
      const elsewhere = await HostileServer.start()
      try {
        await login()
        const asked = hostile.seen.length
        for (const status of [301, 302, 307, 308]) {
          hostile.answers.set(path, { status, headers: { location: `${elsewhere.origin}${path}` } })
          await runMayfly(home, ['credentials', '--profile', 'dev', '--no-sign-in'])
          if (path === '/token' || path === '/client/register') await login()
        }
        expect(hostile.seen.length).toBeGreaterThan(asked)
        expect(elsewhere.seen).toEqual([])
      } finally {
        elsewhere.stop()
      }
    },
    30_000,
  )

  test.each([
    'http://sso.example.com/start',
    'http://127.0.0.1.evil.example/start',
    'http://localhost.evil.example/start',
    'http://2130706433.evil.example/start',
    'ftp://127.0.0.1/start',
    'http://user@evil.example/start',
  ])('does not travel in the clear: %s', async (startUrl) => {
    home.writeConfig(startUrl, [{ name: 'dev', accountId: '111122223333', roleName: 'Role' }])
    const { status, stderr } = await login()
    expect([status, stderr]).toEqual([253, expect.stringContaining('https')])
  })
})

test.each([
  ['env', `eval "$(cat)"; printf %s "$AWS_SESSION_TOKEN"`],
  ['env-no-export', `eval "$(cat)"; printf %s "$AWS_SESSION_TOKEN"`],
])('what is exported as %s runs nothing in a shell', async (format, script) => {
  await login()
  for (const sessionToken of [
    '$(touch PWNED)',
    '`touch PWNED`',
    "'; touch PWNED; '",
    '"; touch PWNED; "',
    'a\ntouch PWNED',
  ]) {
    hostile.answers.set('/federation/credentials', {
      body: {
        roleCredentials: {
          accessKeyId: 'ASIAEXAMPLE',
          secretAccessKey: 'x',
          sessionToken,
          expiration: Date.now() + 3_600_000,
        },
      },
    })
    const exported = await runMayfly(home, ['configure', 'export-credentials', '--profile', 'dev', '--format', format])
    const shell = await runProgram('/bin/sh', ['-c', script], {
      env: home.env(),
      cwd: home.path,
      input: exported.stdout,
    })
    if (exported.status === 0) expect(shell.stdout).toBe(sessionToken)
    expect(existsSync(join(home.path, 'PWNED'))).toBe(false)
    for (const file of home.files('.aws/cli')) home.write(file, '{}')
  }
})

test('a credential_process is run without a shell', async () => {
  home.write('.aws/config', `[profile dev]\ncredential_process = echo '{"Version":1}' ; touch ${home.path}/PWNED\n`)
  await runMayfly(home, ['credentials', '--profile', 'dev'])
  home.write('.aws/config', `[profile dev]\ncredential_process = echo $(touch ${home.path}/PWNED)\n`)
  await runMayfly(home, ['credentials', '--profile', 'dev'])
  expect(existsSync(join(home.path, 'PWNED'))).toBe(false)
})
