/** Every no that a person may meet, in the words of `mayfly`: what happened, the next command, and the exit code. */

import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { CountingProxy } from '../harness/counting-proxy.ts'
import { bob, DEVELOPMENT } from '../harness/example.ts'
import { freePort } from '../harness/free-port.ts'
import { Home } from '../harness/home.ts'
import { type MayflyOptions, runMayfly } from '../harness/mayfly.ts'
import { alter, momentIn, operate } from '../harness/operator.ts'
import { Person } from '../harness/person.ts'
import { root } from '../harness/root.ts'
import { ServerProcess } from '../harness/server-process.ts'
import { makeTokenExpireIn, readToken, tokenFile } from '../harness/tokens.ts'
import { ask } from './wire-client.ts'

let server: ServerProcess
let home: Home

beforeAll(async () => {
  server = await ServerProcess.start()
})
afterAll(() => server?.stop())
beforeEach(() => {
  home = new Home()
  configure(server.startUrl)
})
afterEach(async () => {
  home.remove()
  alter(server, "update users set status = 'ENABLED'")
  alter(server, 'delete from sign_in_attempts')
})

function configure(startUrl: string): void {
  home.writeConfig(startUrl, [
    { name: 'dev', accountId: DEVELOPMENT, roleName: 'ReadOnlyAccess' },
    { name: 'gone', accountId: DEVELOPMENT, roleName: 'NoSuchRole' },
  ])
}

const mayfly = (line: string, options: MayflyOptions = {}) =>
  runMayfly(home, line.split(' '), { timeout: 25_000, ...options, browser: { ...bob, ...options.browser } })

interface Told {
  readonly status: number
  readonly message: string | RegExp
  readonly hint: string | RegExp
}

const matching = (text: string | RegExp) => (typeof text === 'string' ? text : expect.stringMatching(text))

/** The last thing on standard error is the sentence, and below it what to do. */
function expectTold(run: { readonly status: number | undefined; readonly stderr: string }, told: Told): void {
  const [, message = '', hint = ''] = /\nmayfly: \[ERROR\]: ([^\n]*)\n([^\n]*)\n$/.exec(run.stderr) ?? []
  expect({ status: run.status, message, hint }, run.stderr).toEqual({
    status: told.status,
    message: matching(told.message),
    hint: matching(told.hint),
  })
}

async function signIn(): Promise<void> {
  const run = await mayfly('login --profile dev')
  expect(run.status, run.stderr).toBe(0)
}

const forgetRoles = (): void => rmSync(join(home.path, '.aws/cli'), { recursive: true, force: true })

const LOGIN = 'Run: mayfly sso login --sso-session acme'
const ENDED =
  'The SSO session associated with this profile has expired or is otherwise invalid. To refresh this SSO session run mayfly sso login with the corresponding profile.'
const LOGIN_EXPIRED =
  'The pending authorization to retrieve an SSO token has expired. The login flow to retrieve an SSO token must be restarted.'
const REFRESH_FAILED = 'Error when retrieving token from sso: Token has expired and refresh failed'

test('nobody has signed in', async () => {
  const lines = [
    'whoami --profile dev',
    'credentials --profile dev --no-sign-in',
    'configure export-credentials --profile dev',
  ]
  for (const line of lines) {
    expectTold(await mayfly(line), {
      status: 255,
      message: 'Error loading SSO Token: Token for acme does not exist',
      hint: LOGIN,
    })
  }
})

test.each(['login --profile dev', 'credentials --profile dev'])('the person says no to `mayfly %s`', async (line) => {
  const run = await mayfly(line, { browser: { decision: 'deny' } })
  expectTold(run, {
    status: 255,
    message:
      'Error loading authorization code: Failed to retrieve an authorization code. The server said: access_denied: The person who was asked said no.',
    hint: LOGIN,
  })
  expect(readToken(home)).toBeUndefined()
})

test('the person says no to a device code', async () => {
  expectTold(await mayfly('login --profile dev --use-device-code', { browser: { decision: 'deny' } }), {
    status: 254,
    message:
      'An error occurred (AccessDeniedException) when calling the CreateToken operation: The sign-in was denied in the browser.',
    hint: /mayfly sso login$/,
  })
  expect(readToken(home)).toBeUndefined()
})

/** As ten minutes without a decision, for every code that was shown and is waiting. */
async function letDeviceCodesExpire(): Promise<void> {
  const statement =
    "update device_authorizations set expires_at = ? where state = 'pending' and polls > 1 and expires_at > ?"
  for (let turn = 0; turn < 200; turn++) {
    if (alter(server, statement, momentIn(-1), momentIn(0)) > 0) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('no device code was shown in 20 s')
}

test('nobody enters the device code in time', async () => {
  const expiry = letDeviceCodesExpire()
  const run = await mayfly('login --profile dev --use-device-code', { browser: { decision: 'ignore' } })
  await expiry
  expectTold(run, { status: 255, message: LOGIN_EXPIRED, hint: LOGIN })
})

test('a locked or disabled person cannot allow a device code: it runs out', async () => {
  await operate(server, 'users', 'disable', 'bob')
  const expiry = letDeviceCodesExpire()
  const run = await mayfly('login --profile dev --use-device-code')
  await expiry
  await operate(server, 'users', 'enable', 'bob')
  expectTold(run, { status: 255, message: LOGIN_EXPIRED, hint: LOGIN })
  expect(home.read('browser.log')).toContain('The user name or the password is not right.')
})

test('a locked person is told how long to wait, keeps the session there is, and signs in once the operator unlocks', async () => {
  await signIn()
  const blocked = momentIn(300)
  alter(
    server,
    "insert or replace into sign_in_attempts (subject, count, last_attempt_at, blocked_until) values ('user:bob', 20, ?, ?)",
    momentIn(0),
    blocked,
  )
  forgetRoles()
  expect((await mayfly('whoami --profile dev')).status).toBe(0)
  const expiry = letDeviceCodesExpire()
  expectTold(await mayfly('login --profile dev --use-device-code'), {
    status: 255,
    message: LOGIN_EXPIRED,
    hint: LOGIN,
  })
  await expiry
  expect(home.read('browser.log')).toMatch(/There were too many attempts\. Try again in 5 minutes\./)
  await operate(server, 'users', 'unlock', 'bob')
  await signIn()
})

test('the session was revoked at the server', async () => {
  await signIn()
  const token = readToken(home)
  await ask(`${server.origin}/logout`, {
    method: 'POST',
    headers: { 'x-amz-sso_bearer_token': token?.accessToken ?? '' },
  })
  const told = { status: 255, message: ENDED, hint: LOGIN }
  expectTold(await mayfly('whoami --profile dev'), told)
  expectTold(await mayfly('credentials --profile dev --no-sign-in'), told)
  makeTokenExpireIn(home, -60)
  expectTold(await mayfly('whoami --profile dev'), { status: 255, message: REFRESH_FAILED, hint: LOGIN })
  // What is over for the server is no reason to leave files behind.
  expect((await mayfly('logout')).status).toBe(0)
  expect(readToken(home)).toBeUndefined()
})

test('the user is disabled in the middle of the day: within a second nothing works, cached role credentials included', async () => {
  await signIn()
  expect((await mayfly('whoami --profile dev')).status).toBe(0)
  await operate(server, 'users', 'disable', 'bob')
  await new Promise((resolve) => setTimeout(resolve, 1000))
  expectTold(await mayfly('whoami --profile dev'), {
    status: 254,
    message:
      'An error occurred (InvalidClientTokenId) when calling the GetCallerIdentity operation: The security token included in the request is invalid.',
    hint: /Run: mayfly sso login$/,
  })
  forgetRoles()
  expectTold(await mayfly('whoami --profile dev'), { status: 255, message: ENDED, hint: LOGIN })
  makeTokenExpireIn(home, -60)
  expectTold(await mayfly('whoami --profile dev'), { status: 255, message: REFRESH_FAILED, hint: LOGIN })
  await operate(server, 'users', 'enable', 'bob')
  await signIn()
  expect((await mayfly('whoami --profile dev')).status).toBe(0)
})

test('the role was withdrawn, or never given', async () => {
  await signIn()
  for (const command of ['whoami', 'credentials']) {
    expectTold(await mayfly(`${command} --profile gone`), {
      status: 254,
      message: 'An error occurred (ForbiddenException) when calling the GetRoleCredentials operation: No access',
      hint: /not assigned to you.*mayfly why gone$/,
    })
  }
})

test('the server is down', async () => {
  const port = await freePort()
  await signIn()
  configure(`http://127.0.0.1:${port}/start`)
  // The token of this server: one of another would be sent nowhere.
  const token = (home.read(tokenFile()) ?? '').replace(server.startUrl, `http://127.0.0.1:${port}/start`)
  home.write(tokenFile(), token)
  expectTold(await mayfly('login --profile dev'), {
    status: 255,
    message: `Could not connect to the endpoint URL: "http://127.0.0.1:${port}/client/register"`,
    hint: /^ECONNREFUSED: .*mayfly configure sso-session/,
  })
  expectTold(await mayfly('credentials --profile dev'), {
    status: 255,
    message: `Could not connect to the endpoint URL: "http://127.0.0.1:${port}/federation/credentials"`,
    hint: /^ECONNREFUSED: .*mayfly configure sso-session/,
  })
  // Signed out is only who was told so.
  expect(home.read(tokenFile())).toBe(token)
})

test('the start URL is wrong: another path, another instance, plain http, no address, no such host', async () => {
  configure(`${server.origin}/elsewhere`)
  expectTold(await mayfly('login --profile dev'), {
    status: 254,
    message: /^An error occurred \(404\) when calling the RegisterClient operation: /,
    hint: /mayfly configure sso-session$/,
  })
  configure('https://wrong.awsapps.com/start')
  expectTold(await mayfly('login --profile dev', { env: { AWS_ENDPOINT_URL: server.origin } }), {
    status: 254,
    message:
      'An error occurred (InvalidRequestException) when calling the RegisterClient operation: The start URL names no instance of this server.',
    hint: 'Check the start URL and its region: mayfly configure sso-session',
  })
  for (const startUrl of ['http://sign-in.example.com/start', 'nonsense']) {
    configure(startUrl)
    expectTold(await mayfly('login --profile dev'), {
      status: 253,
      message: 'An error occurred (Configuration): The sso_start_url must use the https scheme.',
      hint: /http:\/\/localhost/,
    })
  }
  configure('https://sign-in.invalid/start')
  expectTold(await mayfly('login --profile dev'), {
    status: 253,
    message:
      'An error occurred (Configuration): Failed to resolve start URL: Could not connect to the endpoint URL: "https://sign-in.invalid/start"',
    hint: 'Check the start URL: mayfly configure sso-session',
  })
})

test('the region is wrong: there is no such host', async () => {
  configure('https://mayfly-example.awsapps.com/start')
  const config = home.read('.aws/config') ?? ''
  home.write('.aws/config', config.replace('sso_region = us-east-1', 'sso_region = mars-1'))
  // A proxy that lets nothing through: the test asks no name server.
  const env = { HTTPS_PROXY: `http://127.0.0.1:${await freePort()}` }
  const run = await mayfly('login --profile dev', { env })
  expect(run.status).toBe(255)
  expectTold(run, { status: 255, message: /^Failed to connect to proxy URL: /, hint: /HTTPS_PROXY/ })
})

test('the server does not answer for the name in the start URL', async () => {
  const port = await freePort()
  // It hands the request on with the name as it was asked for, as a forgotten --public-url behind a proxy does.
  const proxy = await CountingProxy.start(port, () => server.port)
  configure(`http://127.0.0.1:${port}/start`)
  const run = await mayfly('login --profile dev')
  await proxy.stop()
  expectTold(run, {
    status: 254,
    message:
      /^An error occurred \(MisdirectedRequest\) when calling the RegisterClient operation: This server does not answer for that name\./,
    hint: /mayfly configure sso-session$/,
  })
})

const clockWrongBy = (seconds: number) => ({
  env: {
    NODE_OPTIONS: `--require=${join(root, 'conformance/refusals/clock-shift.cjs')}`,
    MAYFLY_TEST_CLOCK_SHIFT: String(seconds),
  },
})

test.each([
  ['ten minutes fast', 600, /Signature not yet current/],
  ['ten minutes slow', -600, /Signature expired/],
])('the clock of the computer is %s', async (_, seconds, reason) => {
  await signIn()
  const run = await mayfly('whoami --profile dev', clockWrongBy(seconds))
  expectTold(run, { status: 254, message: reason, hint: /clock/ })
  expect(run.stderr).toContain('(SignatureDoesNotMatch) when calling the GetCallerIdentity operation')
})

test('the clock of the computer is half a day fast', async () => {
  await signIn()
  const fast = clockWrongBy(13 * 3600)
  const told = {
    status: 255,
    message: 'Credentials were refreshed, but the refreshed credentials are still expired.',
    hint: /^Is this computer's clock right\? It says \d{4}-/,
  }
  expectTold(await mayfly('whoami --profile dev', fast), told)
  expectTold(await mayfly('credentials --profile dev', fast), told)
})

test('there is no such profile, or no such sso-session', async () => {
  const unknownProfile = {
    status: 255,
    message: 'The config profile (nope) could not be found',
    hint: 'See which there are: mayfly configure list-profiles',
  }
  for (const command of ['whoami', 'login', 'credentials']) {
    expectTold(await mayfly(`${command} --profile nope`), unknownProfile)
  }
  const unknownSession = 'The specified sso-session does not exist: "nope"'
  const hint = 'Run: mayfly configure sso-session'
  expectTold(await mayfly('sso login --sso-session nope'), {
    status: 253,
    message: `An error occurred (Configuration): ${unknownSession}`,
    hint,
  })
  home.write('.aws/config', '[profile dev]\nsso_session = nope\nsso_account_id = 1\nsso_role_name = x\n')
  expectTold(await mayfly('whoami --profile dev'), { status: 255, message: unknownSession, hint })
})

test('the configuration lacks what signing in needs', async () => {
  const whole = home.read('.aws/config') ?? ''
  home.write('.aws/config', whole.replace('sso_region = us-east-1\n', ''))
  expectTold(await mayfly('login --profile dev'), {
    status: 253,
    message: 'An error occurred (Configuration): Missing the following required SSO configuration values: sso_region.',
    hint: 'Run: mayfly configure sso-session',
  })
  expectTold(await mayfly('whoami --profile dev'), {
    status: 255,
    message: 'The profile "dev" is configured to use SSO but is missing required configuration: sso_region',
    hint: 'Run: mayfly configure sso',
  })
  home.write('.aws/config', '[profile dev]\nregion = us-east-1\n')
  expectTold(await mayfly('whoami --profile dev'), {
    status: 253,
    message: 'An error occurred (NoCredentials): Unable to locate credentials.',
    hint: 'Set up a profile that signs in: mayfly configure sso',
  })
  const login = await mayfly('login --profile dev')
  expect(login.status).toBe(253)
  expect(login.stderr).toContain('please run: mayfly configure sso')
})

test('a file is damaged', async () => {
  await signIn()
  home.write(tokenFile(), 'not json')
  expectTold(await mayfly('whoami --profile dev'), {
    status: 255,
    message: 'Error loading SSO Token: Token for acme is invalid',
    hint: LOGIN,
  })
  await signIn()
  home.write('.aws/config', '[profile dev\nregion = us-east-1\n')
  const run = await mayfly('whoami --profile dev')
  expect(run.status).toBe(255)
  expect(run.stderr).toContain(`Unable to parse config file: ${join(home.path, '.aws/config')}`)
})

test('a second sign-in works after each no', async () => {
  await mayfly('login --profile dev', { browser: { decision: 'deny' } })
  await signIn()
  expect((await new Person().open(home.opened().at(-1) ?? '')).status).toBeLessThan(500)
  expect((await mayfly('whoami --profile dev')).status).toBe(0)
})
