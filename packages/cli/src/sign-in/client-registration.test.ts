import { expect, test } from 'vitest'
import { createTestMachine } from '../testing/test-machine.ts'
import { createTestOidc } from '../testing/test-oidc.ts'
import { obtainRegistration, type SignInGrant } from './client-registration.ts'

const sso = {
  sessionName: 'my-sso',
  startUrl: 'https://d-9067aaaaaa.awsapps.com/start',
  region: 'us-east-1',
  registrationScopes: 'sso:account:access',
}
const legacy = { startUrl: sso.startUrl, region: sso.region }
const PATH = '~/.aws/sso/cache/24dacaeaf7ecc7fd1802c1de8e861d8df5186b30.json'
const LEGACY_PATH = '~/.aws/sso/cache/9991d8d7c0a0f083baa5dccb41077be3bec961a6.json'
const CODE = { grantTypes: ['authorization_code', 'refresh_token'] }

async function register(grant: SignInGrant, cached?: object | string, configured: typeof sso | typeof legacy = sso) {
  const text = typeof cached === 'string' ? cached : JSON.stringify(cached)
  const machine = createTestMachine({
    now: '2026-11-21T01:30:00Z',
    files: cached === undefined ? {} : { [PATH]: text },
  })
  const client = createTestOidc()
  const issuerUrl = 'https://ssoins-1234.portal.eu-west-1.app.aws'
  const registration = await obtainRegistration(machine, client, { sso: configured, grant, issuerUrl })
  return { machine, registration, asked: client.asked }
}

const cachedUntil = (expiresAt: string, more = {}) => ({ clientId: 'c', clientSecret: 's', expiresAt, ...more })

test('a registration for the browser names grants, redirect, issuer and scopes, and is kept as the AWS CLI keeps it', async () => {
  const { machine, asked } = await register('authorization_code')
  expect(asked).toEqual([
    [
      'RegisterClient',
      {
        clientName: 'botocore-client-my-sso',
        clientType: 'public',
        grantTypes: ['authorization_code', 'refresh_token'],
        redirectUris: ['http://127.0.0.1/oauth/callback'],
        issuerUrl: 'https://ssoins-1234.portal.eu-west-1.app.aws',
        scopes: ['sso:account:access'],
      },
    ],
  ])
  expect(machine.text(PATH)).toBe(
    '{"clientId": "client-1", "clientSecret": "secret-1", "expiresAt": "2027-02-19T01:20:00Z", ' +
      '"scopes": ["sso:account:access"], "grantTypes": ["authorization_code", "refresh_token"]}',
  )
})

test('a registration for a device code names no redirect; the legacy form no scopes, and the second it was made', async () => {
  const session = await register('device_code')
  expect(session.asked[0]?.[1]).toEqual({
    clientName: 'botocore-client-my-sso',
    clientType: 'public',
    scopes: ['sso:account:access'],
  })
  const { asked, machine } = await register('device_code', undefined, legacy)
  expect(asked[0]?.[1]).toEqual({ clientName: 'botocore-client-1795224600', clientType: 'public' })
  expect(machine.text(LEGACY_PATH)).toContain('"clientId": "client-1"')
})

test('a good registration is used again', async () => {
  const { asked, registration } = await register('authorization_code', cachedUntil('2026-11-21T01:45:00Z', CODE))
  expect(asked).toEqual([])
  expect(registration).toEqual({ clientId: 'c', clientSecret: 's', expiresAt: new Date('2026-11-21T01:45:00Z') })
})

test.each([
  ['with less than 15 minutes', 'authorization_code', cachedUntil('2026-11-21T01:44:59Z', CODE)],
  ['made for a device code, when the browser is wanted', 'authorization_code', cachedUntil('2027-01-01T00:00:00Z')],
  ['made for the browser, when a device code is wanted', 'device_code', cachedUntil('2027-01-01T00:00:00Z', CODE)],
  ['without a secret', 'device_code', { clientId: 'c', expiresAt: '2027-01-01T00:00:00Z' }],
  ['without an end', 'device_code', { clientId: 'c', clientSecret: 's' }],
  ['in a damaged file', 'device_code', '{"clientId": "c'],
] as const)('a registration %s is replaced', async (_, grant, cached) => {
  const { asked, machine } = await register(grant, cached)
  expect(asked).toHaveLength(1)
  expect(machine.text(PATH)).toContain('"clientId": "client-1"')
})
