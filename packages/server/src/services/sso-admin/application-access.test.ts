import type { Client } from '@mayfly/wire/call'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createTestApplication, JWT_BEARER, type TestApplication, trustIssuer } from '../../testing/test-application.ts'
import { startTestServer, type TestServer } from '../../testing/test-server.ts'

const NOWHERE = 'arn:aws:sso::111122223333:application/ssoins-7223b1e5f2a94c60/apl-0000000000000000'

let server: TestServer
let application: TestApplication
let admin: Client
let ApplicationArn: string

beforeEach(async () => {
  server = await startTestServer()
  application = await createTestApplication(server)
  admin = application.admin
  ApplicationArn = application.arn
})
afterEach(() => server.close())

/** Every page of a list, one item a page. */
async function every(operation: string, input: Record<string, unknown>, member: string): Promise<unknown[]> {
  const items: unknown[] = []
  let next: unknown
  do {
    const page = await admin.call(operation, { ...input, MaxResults: 1, ...(next ? { NextToken: next } : {}) })
    items.push(...(page[member] as unknown[]))
    next = page['NextToken']
  } while (next !== undefined)
  return items
}

test('access scopes are put, replaced, listed ten a page, and deleted; the twenty-sixth is refused', async () => {
  const put = (Scope: string, members = {}) =>
    admin.call('PutApplicationAccessScope', { ApplicationArn, Scope, ...members })
  await put('a:b', { AuthorizedTargets: [NOWHERE] })
  await put('a:b')
  expect(await admin.call('GetApplicationAccessScope', { ApplicationArn, Scope: 'a:b' })).toEqual({ Scope: 'a:b' })
  for (let number = 10; number < 34; number += 1) await put(`s${number}`)
  await put('a:b', { AuthorizedTargets: [NOWHERE] })
  await expect(put('one_more')).rejects.toMatchObject({ name: 'ConflictException' })
  const page = await admin.call('ListApplicationAccessScopes', { ApplicationArn })
  expect(page['Scopes']).toHaveLength(10)
  expect(await every('ListApplicationAccessScopes', { ApplicationArn }, 'Scopes')).toHaveLength(25)
  await admin.call('DeleteApplicationAccessScope', { ApplicationArn, Scope: 'a:b' })
  await admin.call('DeleteApplicationAccessScope', { ApplicationArn, Scope: 'a:b' })
  const gone = admin.call('GetApplicationAccessScope', { ApplicationArn, Scope: 'a:b' })
  await expect(gone).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
})

test('the actor policy comes back as the document that was put', async () => {
  const AuthenticationMethodType = 'IAM'
  const ActorPolicy = {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'sso-oauth:CreateTokenWithIAM', Resource: '*' },
    ],
  }
  const put = (document: unknown) =>
    admin.call('PutApplicationAuthenticationMethod', {
      ApplicationArn,
      AuthenticationMethodType,
      AuthenticationMethod: { Iam: { ActorPolicy: document } },
    })
  await put(ActorPolicy)
  const get = () => admin.call('GetApplicationAuthenticationMethod', { ApplicationArn, AuthenticationMethodType })
  expect(await get()).toEqual({ AuthenticationMethod: { Iam: { ActorPolicy } } })
  const list = await admin.call('ListApplicationAuthenticationMethods', { ApplicationArn })
  expect(list['AuthenticationMethods']).toHaveLength(1)
  for (const wrong of [{}, 'text', { Statement: [{ Effect: 'Maybe' }] }]) {
    await expect(put(wrong)).rejects.toMatchObject({ name: 'ValidationException' })
  }
  await admin.call('DeleteApplicationAuthenticationMethod', { ApplicationArn, AuthenticationMethodType })
  await admin.call('DeleteApplicationAuthenticationMethod', { ApplicationArn, AuthenticationMethodType })
  await expect(get()).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
})

test('grants of every kind come back as they were put, and go when they are deleted', async () => {
  const TrustedTokenIssuerArn = await trustIssuer(application, 'https://login.example.com')
  const grants = {
    authorization_code: { AuthorizationCode: { RedirectUris: ['https://notebook.example.com/callback'] } },
    refresh_token: { RefreshToken: {} },
    'urn:ietf:params:oauth:grant-type:jwt-bearer': {
      JwtBearer: { AuthorizedTokenIssuers: [{ TrustedTokenIssuerArn, AuthorizedAudiences: ['notebook'] }] },
    },
    'urn:ietf:params:oauth:grant-type:token-exchange': { TokenExchange: {} },
  }
  for (const [GrantType, Grant] of Object.entries(grants)) {
    await admin.call('PutApplicationGrant', { ApplicationArn, GrantType, Grant })
    expect(await admin.call('GetApplicationGrant', { ApplicationArn, GrantType })).toEqual({ Grant })
  }
  const list = await admin.call('ListApplicationGrants', { ApplicationArn })
  expect(list['Grants']).toHaveLength(4)
  for (const GrantType of Object.keys(grants)) {
    await admin.call('DeleteApplicationGrant', { ApplicationArn, GrantType })
    await admin.call('DeleteApplicationGrant', { ApplicationArn, GrantType })
    const gone = admin.call('GetApplicationGrant', { ApplicationArn, GrantType })
    await expect(gone).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
  }
})

const UNKNOWN_ISSUER =
  'arn:aws:sso::111122223333:trustedTokenIssuer/ssoins-7223b1e5f2a94c60/tti-00000000-0000-0000-0000-000000000000'

test.each([
  ['refresh_token', { TokenExchange: {} }, 'ValidationException'],
  ['refresh_token', {}, 'ValidationException'],
  ['refresh_token', { RefreshToken: {}, TokenExchange: {} }, 'ValidationException'],
  ['authorization_code', { AuthorizationCode: {} }, 'ValidationException'],
  ['authorization_code', { AuthorizationCode: { RedirectUris: ['http://evil.example/'] } }, 'ValidationException'],
  ['authorization_code', { AuthorizationCode: { RedirectUris: ['https://a.example/#x'] } }, 'ValidationException'],
  [JWT_BEARER, { JwtBearer: {} }, 'ValidationException'],
  [
    JWT_BEARER,
    { JwtBearer: { AuthorizedTokenIssuers: [{ TrustedTokenIssuerArn: UNKNOWN_ISSUER }] } },
    'ValidationException',
  ],
  [
    JWT_BEARER,
    {
      JwtBearer: {
        AuthorizedTokenIssuers: [{ TrustedTokenIssuerArn: UNKNOWN_ISSUER, AuthorizedAudiences: ['notebook'] }],
      },
    },
    'ResourceNotFoundException',
  ],
])('the grant %s with %j is refused with %s', async (GrantType, Grant, name) => {
  const attempt = admin.call('PutApplicationGrant', { ApplicationArn, GrantType, Grant })
  await expect(attempt).rejects.toMatchObject({ name })
})
