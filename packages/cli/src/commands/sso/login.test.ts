import { expect, test } from 'vitest'
import type { HttpRequest } from '../../machine/http.ts'
import { createTestMachine, jsonAnswer } from '../../testing/test-machine.ts'
import { NO_WORDS } from '../command.ts'
import { ssoLogin } from './login.ts'

const answer = ({ url }: HttpRequest) => {
  const { pathname } = new URL(url)
  if (pathname === '/client/register') {
    return jsonAnswer(200, { clientId: 'c', clientSecret: 's', clientSecretExpiresAt: 1_803_000_000 })
  }
  if (pathname === '/device_authorization')
    return jsonAnswer(200, { deviceCode: 'd', userCode: 'U', verificationUri: 'https://d.example' })
  return jsonAnswer(200, { accessToken: 'new', expiresIn: 28_800 })
}

const CONFIG = `[default]
region = eu-west-1
[profile dev]
sso_session = corp
[sso-session corp]
sso_start_url = https://d-1.awsapps.com/start
sso_region = us-east-1
[sso-session broken]
sso_start_url = https://d-1.awsapps.com/start
`
const device = { 'use-device-code': true } as const

async function login(options: Record<string, string | true>, config = CONFIG) {
  const machine = createTestMachine({ files: { '~/.aws/config': config }, answer })
  const outcome = await ssoLogin.run({ ...device, ...options }, machine, NO_WORDS).catch((error: unknown) => error)
  return { machine, outcome }
}

test('a session is signed in to by its name or by a profile', async () => {
  for (const options of [{ 'sso-session': 'corp' }, { profile: 'dev' }]) {
    const { machine, outcome } = await login(options)
    expect(outcome).toBe(0)
    expect(machine.stdout()).toBe('Successfully logged into Start URL: https://d-1.awsapps.com/start\n')
    expect(machine.text('~/.aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json')).toContain(
      '"accessToken": "new"',
    )
  }
})

test('a session without registered scopes asks for none with a device code', async () => {
  const { machine } = await login({ 'sso-session': 'corp' })
  expect(JSON.parse(String(machine.requests[0]?.body))).toEqual({
    clientName: 'botocore-client-corp',
    clientType: 'public',
  })
})

test.each([
  [
    {},
    'Missing the following required SSO configuration values: sso_start_url, sso_region. To make sure this profile is properly configured to use SSO, please run: mayfly configure sso',
    'ConfigurationRefusal',
  ],
  [{ 'sso-session': 'nope' }, 'The specified sso-session does not exist: "nope"', 'ConfigurationRefusal'],
  [
    { 'sso-session': 'broken' },
    'Missing the following required SSO configuration values: sso_region.',
    'ConfigurationRefusal',
  ],
  [{ profile: 'nope' }, 'The config profile (nope) could not be found', 'Refusal'],
])('%j is refused: %s', async (options, message, name) => {
  const { outcome } = await login(options)
  expect(outcome).toMatchObject({ name, message })
})
