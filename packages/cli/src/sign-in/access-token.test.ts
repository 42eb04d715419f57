import { minutes, seconds } from '@mayfly/identity-center/duration'
import { expect, test } from 'vitest'
import { ConnectionRefusal } from '../machine/connection.ts'
import type { HttpRequest, HttpResponse } from '../machine/http.ts'
import { getSsoConfiguration } from '../shared-config/profile.ts'
import { loadSettings } from '../shared-config/settings.ts'
import { createTestMachine, jsonAnswer, type TestMachine } from '../testing/test-machine.ts'
import { getAccessToken } from './access-token.ts'
import type { CachedToken } from './token-cache.ts'

const PATH = '~/.aws/sso/cache/640d87e741e6aa4c669a82a4cd304787960513ab.json'
const CONFIG = '[sso-session s1]\nsso_start_url = https://d-9067aaaaaa.awsapps.com/start\nsso_region = us-east-1\n'
const NOW = '2026-11-21T01:30:00Z'

const tokenFile = (changes: Record<string, unknown> = {}): string =>
  JSON.stringify({
    startUrl: 'https://d-9067aaaaaa.awsapps.com/start',
    region: 'us-east-1',
    accessToken: 'old',
    expiresAt: '2026-11-21T01:40:00Z',
    clientId: 'cid',
    clientSecret: 'csec',
    registrationExpiresAt: '2027-02-09T01:32:08Z',
    refreshToken: 'rt0',
    ...changes,
  })

const renewed = jsonAnswer(200, { accessToken: 'new', tokenType: 'Bearer', expiresIn: 28800, refreshToken: 'rt1' })

type Answer = (request: HttpRequest) => HttpResponse | Promise<HttpResponse>

const machineWith = (token: string | undefined, answer?: Answer): TestMachine =>
  createTestMachine({
    now: NOW,
    files: { '~/.aws/config': CONFIG, ...(token !== undefined && { [PATH]: token }) },
    ...(answer && { answer }),
  })

async function get(machine: TestMachine): Promise<CachedToken> {
  const settings = await loadSettings(machine, {})
  return getAccessToken(machine, settings, getSsoConfiguration(settings.config, { sessionName: 's1' }))
}

test('a token with 15 minutes is used as it is', async () => {
  const machine = machineWith(tokenFile({ expiresAt: '2026-11-21T01:45:00Z' }))
  expect(await get(machine)).toMatchObject({ accessToken: 'old' })
  expect(machine.requests).toEqual([])
})

test('a token with less is refreshed silently, and the file says what the AWS CLI would write', async () => {
  const machine = machineWith(tokenFile(), () => renewed)
  expect(await get(machine)).toMatchObject({ accessToken: 'new' })
  expect(machine.requests).toMatchObject([{ method: 'POST', url: 'https://oidc.us-east-1.amazonaws.com/token' }])
  expect(JSON.parse(String(machine.requests[0]?.body))).toEqual({
    grantType: 'refresh_token',
    clientId: 'cid',
    clientSecret: 'csec',
    refreshToken: 'rt0',
  })
  expect(machine.text(PATH)).toBe(
    '{"startUrl": "https://d-9067aaaaaa.awsapps.com/start", "region": "us-east-1", "accessToken": "new", "expiresAt": "2026-11-21T09:30:00Z", "clientId": "cid", "clientSecret": "csec", "registrationExpiresAt": "2027-02-09T01:32:08Z", "refreshToken": "rt1"}',
  )
})

test('a token that expired weeks ago is refreshed all the same: the server alone decides', async () => {
  const machine = machineWith(tokenFile({ expiresAt: '2026-10-21T01:40:00Z' }), () => renewed)
  expect(await get(machine)).toMatchObject({ accessToken: 'new' })
})

test('an answer without a refresh token leaves the former one in force', async () => {
  const machine = machineWith(tokenFile(), () => jsonAnswer(200, { accessToken: 'new', expiresIn: 28800 }))
  await get(machine)
  expect(JSON.parse(machine.text(PATH) ?? '')).toMatchObject({ accessToken: 'new', refreshToken: 'rt0' })
})

test('fifty callers at once cause one refresh', async () => {
  const machine = machineWith(tokenFile(), () => renewed)
  const tokens = await Promise.all(Array.from({ length: 50 }, () => get(machine)))
  expect(new Set(tokens.map(({ accessToken }) => accessToken))).toEqual(new Set(['new']))
  expect(machine.requests).toHaveLength(1)
})

test('while the service cannot be reached, a token that still has minutes is used', async () => {
  const machine = machineWith(tokenFile({ expiresAt: '2026-11-21T01:31:00Z' }), () => {
    throw new ConnectionRefusal('Could not connect to the endpoint URL: "https://oidc.us-east-1.amazonaws.com/token"')
  })
  expect(await get(machine)).toMatchObject({ accessToken: 'old' })
  await machine.clock.advance(minutes(1))
  await expect(get(machine)).rejects.toThrow(
    'Could not connect to the endpoint URL: "https://oidc.us-east-1.amazonaws.com/token"',
  )
})

test('fifty callers at once find out once that the service cannot be reached', async () => {
  for (const expiresAt of ['2026-11-21T01:40:00Z', '2026-11-21T01:20:00Z']) {
    const machine = machineWith(tokenFile({ expiresAt }), () => {
      throw new ConnectionRefusal('Connect timeout on endpoint URL: "https://oidc.us-east-1.amazonaws.com/token"')
    })
    const asked = Array.from({ length: 50 }, () => get(machine).then((token) => token.accessToken, String))
    const expected = expiresAt > NOW ? 'old' : expect.stringContaining('Connect timeout on endpoint URL')
    expect(await Promise.all(asked)).toEqual(Array.from({ length: 50 }, () => expected))
    expect(machine.requests).toHaveLength(1)
    await machine.clock.advance(seconds(1))
    await get(machine).catch(() => undefined)
    expect(machine.requests).toHaveLength(2)
  }
})

test('when the service says no, the token is used to its end, and then the person signs in', async () => {
  const refusal = jsonAnswer(400, { error: 'invalid_grant', error_description: 'no' }, 'InvalidGrantException')
  const machine = machineWith(tokenFile({ expiresAt: '2026-11-21T01:31:00Z' }), () => refusal)
  expect(await get(machine)).toMatchObject({ accessToken: 'old' })
  await machine.clock.advance(seconds(60))
  await expect(get(machine)).rejects.toMatchObject({
    name: 'SignInRequired',
    message: 'Error when retrieving token from sso: Token has expired and refresh failed',
    hint: 'Run: mayfly sso login --sso-session s1',
  })
})

test('when another tool was faster, its token is used although our refresh was refused', async () => {
  const machine = machineWith(tokenFile(), async () => {
    await machine.files.write(
      '/home/alice/.aws/sso/cache/640d87e741e6aa4c669a82a4cd304787960513ab.json',
      tokenFile({ accessToken: 'theirs', expiresAt: '2026-11-21T09:30:00Z', refreshToken: 'rt9' }),
    )
    return jsonAnswer(400, { error: 'invalid_grant' }, 'InvalidGrantException')
  })
  expect(await get(machine)).toMatchObject({ accessToken: 'theirs' })
})

test('what cannot be written down is not refreshed: the refresh token would be used up', async () => {
  const machine = machineWith(tokenFile(), () => renewed)
  const readOnly = { ...machine, files: { ...machine.files, isWritable: async () => false } }
  expect(await get(readOnly)).toMatchObject({ accessToken: 'old' })
  expect(machine.requests).toEqual([])
})

test('without refresh token or with a registration that ran out nothing is asked', async () => {
  for (const change of [
    { refreshToken: undefined },
    { clientId: undefined },
    { registrationExpiresAt: '2026-11-21T01:29:59Z' },
  ]) {
    const machine = machineWith(tokenFile({ ...change, expiresAt: '2026-11-21T01:29:00Z' }), () => renewed)
    await expect(get(machine)).rejects.toThrow('Token has expired and refresh failed')
    expect(machine.requests).toEqual([])
  }
})

test('no token, and a file that is none, are told apart', async () => {
  await expect(get(machineWith(undefined))).rejects.toThrow('Error loading SSO Token: Token for s1 does not exist')
  await expect(get(machineWith('{}'))).rejects.toThrow('Error loading SSO Token: Token for s1 is invalid')
})

test('a token of the legacy form is never refreshed, and its end is known without asking', async () => {
  const startUrl = 'https://d-9067aaaaaa.awsapps.com/start'
  const machine = createTestMachine({
    now: NOW,
    files: { '~/.aws/sso/cache/226e242e15da499c9f361c7de662bbc989200e04.json': tokenFile() },
  })
  const settings = await loadSettings(machine, {})
  const ask = (): Promise<CachedToken> =>
    getAccessToken(machine, settings, { startUrl, region: 'us-east-1' }, 'old one')
  expect(await ask()).toMatchObject({ accessToken: 'old' })
  await machine.clock.advance(minutes(10))
  await expect(ask()).rejects.toMatchObject({
    message: expect.stringContaining('has expired or is otherwise invalid'),
    hint: "Run: mayfly sso login --profile 'old one'",
  })
  expect(machine.requests).toEqual([])
})

test('a token of another server under the same session name is sent nowhere; AWS is asked as the AWS CLI asks it', async () => {
  const machine = machineWith(tokenFile(), () => renewed)
  await machine.files.write('/home/alice/.aws/config', CONFIG.replace(/https:.*/, 'https://sso.evil.example/start'))
  await expect(get(machine)).rejects.toThrow('Token for s1 does not exist')
  expect(machine.requests).toEqual([])
  const own = machineWith(tokenFile({ startUrl: 'http://localhost:7373/start/#/' }), () => renewed)
  await own.files.write('/home/alice/.aws/config', CONFIG.replace(/https:.*/, 'http://localhost:7373/start'))
  expect(await get(own)).toMatchObject({ accessToken: 'new' })
  const aws = machineWith(tokenFile({ startUrl: 'https://acme.awsapps.com/start' }), () => renewed)
  expect(await get(aws)).toMatchObject({ accessToken: 'new' })
})
