import type { Client } from '@mayfly/wire/call'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { INSTANCE_ARN, signedClients } from '../../testing/administrator.ts'
import { startTestServer, type TestServer } from '../../testing/test-server.ts'

const CUSTOM = 'arn:aws:sso::aws:applicationProvider/custom'
const NOWHERE = 'arn:aws:sso::111122223333:application/ssoins-7223b1e5f2a94c60/apl-0000000000000000'

let server: TestServer
let admin: Client

beforeEach(async () => {
  server = await startTestServer()
  admin = (await signedClients(server))('sso-admin')
})
afterEach(() => server.close())

const create = async (members: Record<string, unknown> = {}): Promise<string> => {
  const input = { InstanceArn: INSTANCE_ARN, ApplicationProviderArn: CUSTOM, Name: 'notebook', ...members }
  return String((await admin.call('CreateApplication', input))['ApplicationArn'])
}

const idOf = async (userName: string) => {
  const user = await server.context.store.users.findByUserName(userName)
  return String(user?.id)
}

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

test('an application is what it was created as, and SignInOptions are absent until they are set', async () => {
  const ApplicationArn = await create({ Description: 'for science', PortalOptions: { Visibility: 'DISABLED' } })
  expect(ApplicationArn).toMatch(/^arn:aws:sso::111122223333:application\/ssoins-7223b1e5f2a94c60\/apl-[0-9a-f]{16}$/)
  expect(await admin.call('DescribeApplication', { ApplicationArn })).toEqual({
    ApplicationArn,
    ApplicationProviderArn: CUSTOM,
    Name: 'notebook',
    Description: 'for science',
    ApplicationAccount: '111122223333',
    InstanceArn: INSTANCE_ARN,
    IdentityStoreArn: 'arn:aws:identitystore::111122223333:identitystore/d-9067a1b2c3',
    Status: 'ENABLED',
    PortalOptions: { Visibility: 'DISABLED' },
    CreatedDate: server.clock.now(),
    CreatedFrom: 'us-east-1',
  })
})

test('an update changes what it names, and keeps the rest', async () => {
  const ApplicationArn = await create({ Description: 'for science' })
  const SignInOptions = { Origin: 'APPLICATION', ApplicationUrl: 'https://notebook.example.com/' }
  await admin.call('UpdateApplication', { ApplicationArn, Status: 'DISABLED', PortalOptions: { SignInOptions } })
  expect(await admin.call('DescribeApplication', { ApplicationArn })).toMatchObject({
    Name: 'notebook',
    Description: 'for science',
    Status: 'DISABLED',
    PortalOptions: { Visibility: 'ENABLED', SignInOptions },
  })
})

test.each([
  [{ PortalOptions: { SignInOptions: { Origin: 'APPLICATION' } } }, 'ValidationException'],
  [{ ApplicationProviderArn: 'arn:aws:sso::aws:applicationProvider/custom-saml' }, 'ValidationException'],
  [{ ApplicationProviderArn: 'arn:aws:sso::aws:applicationProvider/nobodys' }, 'ResourceNotFoundException'],
  [{ InstanceArn: 'arn:aws:sso:::instance/ssoins-0000000000000000' }, 'AccessDeniedException'],
  [{ Name: '' }, 'ValidationException'],
])('an application with %o is refused with %s', async (members, name) => {
  await expect(create(members)).rejects.toMatchObject({ name })
})

test('the same client token gives the same application once; with another input it is a conflict', async () => {
  const ClientToken = 'once'
  const first = await create({ ClientToken })
  expect(await create({ ClientToken })).toBe(first)
  await expect(create({ ClientToken, Name: 'other' })).rejects.toMatchObject({ name: 'ConflictException' })
  expect(await create()).not.toBe(first)
  expect(await every('ListApplications', { InstanceArn: INSTANCE_ARN }, 'Applications')).toHaveLength(2)
})

test('of ten creates at once with one client token, all are told of one application', async () => {
  const arns = await Promise.all(Array.from({ length: 10 }, () => create({ ClientToken: 'once' })))
  expect(new Set(arns).size).toBe(1)
  expect(await every('ListApplications', { InstanceArn: INSTANCE_ARN }, 'Applications')).toHaveLength(1)
})

test('tags come with the application, and go with it', async () => {
  const ApplicationArn = await create({ Tags: [{ Key: 'team', Value: 'science' }] })
  const { tags } = server.context.store
  expect((await tags.list(ApplicationArn, { limit: 10 })).items).toEqual([{ key: 'team', value: 'science' }])
  await admin.call('DeleteApplication', { ApplicationArn })
  expect(await tags.countOf(ApplicationArn)).toBe(0)
  const gone = admin.call('DescribeApplication', { ApplicationArn })
  await expect(gone).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
})

test('applications are listed by account and by provider', async () => {
  await create()
  const list = (Filter: object) => every('ListApplications', { InstanceArn: INSTANCE_ARN, Filter }, 'Applications')
  expect(await list({ ApplicationAccount: '111122223333', ApplicationProvider: CUSTOM })).toHaveLength(1)
  expect(await list({ ApplicationAccount: '222233334444' })).toEqual([])
})

test('more applications than the quota are refused', async () => {
  const small = await startTestServer({ quotas: { ...server.context.config.quotas, applications: 1 } })
  const client = (await signedClients(small))('sso-admin')
  const input = { InstanceArn: INSTANCE_ARN, ApplicationProviderArn: CUSTOM, Name: 'x' }
  await client.call('CreateApplication', input)
  const second = client.call('CreateApplication', input)
  await expect(second).rejects.toMatchObject({ name: 'ServiceQuotaExceededException' })
  await small.close()
})

test('the templates are listed and described', async () => {
  const providers = await every('ListApplicationProviders', {}, 'ApplicationProviders')
  expect(providers).toContainEqual(expect.objectContaining({ ApplicationProviderArn: CUSTOM }))
  const ApplicationProviderArn = 'arn:aws:sso::aws:applicationProvider/custom-saml'
  const saml = await admin.call('DescribeApplicationProvider', { ApplicationProviderArn })
  expect(saml).toMatchObject({ FederationProtocol: 'SAML' })
  const unknown = admin.call('DescribeApplicationProvider', { ApplicationProviderArn: `${CUSTOM}-unknown` })
  await expect(unknown).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
})

test('an assignment is made, found, and taken back, each as often as one likes', async () => {
  const ApplicationArn = await create()
  const assignment = { ApplicationArn, PrincipalType: 'USER', PrincipalId: await idOf('bob') }
  await admin.call('CreateApplicationAssignment', assignment)
  await admin.call('CreateApplicationAssignment', assignment)
  expect(await admin.call('DescribeApplicationAssignment', assignment)).toEqual(assignment)
  expect(await every('ListApplicationAssignments', { ApplicationArn }, 'ApplicationAssignments')).toEqual([assignment])
  await admin.call('DeleteApplicationAssignment', assignment)
  await admin.call('DeleteApplicationAssignment', assignment)
  const gone = admin.call('DescribeApplicationAssignment', assignment)
  await expect(gone).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
})

test("what a user may use names the group through which; a group's own list is its own", async () => {
  const ApplicationArn = await create()
  const group = (await server.context.store.groups.list({ limit: 100 })).items.find(
    ({ displayName }) => displayName === 'Developers',
  )
  const PrincipalId = String(group?.id)
  await admin.call('CreateApplicationAssignment', { ApplicationArn, PrincipalType: 'GROUP', PrincipalId })
  const listOf = (principal: object) =>
    every(
      'ListApplicationAssignmentsForPrincipal',
      { InstanceArn: INSTANCE_ARN, ...principal },
      'ApplicationAssignments',
    )
  const expected = [{ ApplicationArn, PrincipalType: 'GROUP', PrincipalId }]
  expect(await listOf({ PrincipalType: 'USER', PrincipalId: await idOf('bob') })).toEqual(expected)
  expect(await listOf({ PrincipalType: 'GROUP', PrincipalId })).toEqual(expected)
  const direct = { ApplicationArn, PrincipalType: 'USER', PrincipalId: await idOf('bob') }
  const describe = admin.call('DescribeApplicationAssignment', direct)
  await expect(describe).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
})

test('nobody can be assigned who does not exist, and nothing to what does not', async () => {
  const ApplicationArn = await create()
  const unknown = { PrincipalType: 'USER', PrincipalId: '00000000-0000-0000-0000-000000000000' }
  const nobody = admin.call('CreateApplicationAssignment', { ApplicationArn, ...unknown })
  await expect(nobody).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
  const bob = { PrincipalType: 'USER', PrincipalId: await idOf('bob') }
  const nothing = admin.call('CreateApplicationAssignment', { ApplicationArn: NOWHERE, ...bob })
  await expect(nothing).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
})

test('an assignment is required until somebody says otherwise', async () => {
  const ApplicationArn = await create()
  const required = () => admin.call('GetApplicationAssignmentConfiguration', { ApplicationArn })
  expect(await required()).toEqual({ AssignmentRequired: true })
  await admin.call('PutApplicationAssignmentConfiguration', { ApplicationArn, AssignmentRequired: false })
  expect(await required()).toEqual({ AssignmentRequired: false })
})

test('access scopes are put, replaced, listed ten a page, and deleted; the twenty-sixth is refused', async () => {
  const ApplicationArn = await create()
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
  const ApplicationArn = await create()
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
  const ApplicationArn = await create()
  const TrustedTokenIssuerArn = await createIssuer()
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

const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer'
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
  const ApplicationArn = await create()
  const attempt = admin.call('PutApplicationGrant', { ApplicationArn, GrantType, Grant })
  await expect(attempt).rejects.toMatchObject({ name })
})

const OIDC = {
  IssuerUrl: 'https://login.example.com/realm',
  ClaimAttributePath: 'email',
  IdentityStoreAttributePath: 'emails.value',
  JwksRetrievalOption: 'OPEN_ID_DISCOVERY',
}

const createIssuer = async (members: Record<string, unknown> = {}, more: Record<string, unknown> = {}) => {
  const answer = await admin.call('CreateTrustedTokenIssuer', {
    InstanceArn: INSTANCE_ARN,
    Name: 'login',
    TrustedTokenIssuerType: 'OIDC_JWT',
    TrustedTokenIssuerConfiguration: { OidcJwtConfiguration: { ...OIDC, ...members } },
    ...more,
  })
  return String(answer['TrustedTokenIssuerArn'])
}

test('a trusted token issuer is created once, described, changed but for its address, and deleted', async () => {
  const TrustedTokenIssuerArn = await createIssuer({}, { ClientToken: 'once' })
  expect(await createIssuer({}, { ClientToken: 'once' })).toBe(TrustedTokenIssuerArn)
  const changed = { Name: 'renamed', ClaimAttributePath: 'user.name' }
  await admin.call('UpdateTrustedTokenIssuer', {
    TrustedTokenIssuerArn,
    Name: changed.Name,
    TrustedTokenIssuerConfiguration: { OidcJwtConfiguration: { ClaimAttributePath: changed.ClaimAttributePath } },
  })
  expect(await admin.call('DescribeTrustedTokenIssuer', { TrustedTokenIssuerArn })).toEqual({
    TrustedTokenIssuerArn,
    Name: 'renamed',
    TrustedTokenIssuerType: 'OIDC_JWT',
    TrustedTokenIssuerConfiguration: { OidcJwtConfiguration: { ...OIDC, ClaimAttributePath: 'user.name' } },
  })
  const list = await every('ListTrustedTokenIssuers', { InstanceArn: INSTANCE_ARN }, 'TrustedTokenIssuers')
  expect(list).toEqual([{ TrustedTokenIssuerArn, Name: 'renamed', TrustedTokenIssuerType: 'OIDC_JWT' }])
  await admin.call('DeleteTrustedTokenIssuer', { TrustedTokenIssuerArn })
  const gone = admin.call('DeleteTrustedTokenIssuer', { TrustedTokenIssuerArn })
  await expect(gone).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
})

test.each([
  { IssuerUrl: 'http://login.example.com' },
  { IssuerUrl: 'https://someone@login.example.com/' },
  { IssuerUrl: 'https://login.example.com/.well-known/openid-configuration' },
  { IdentityStoreAttributePath: 'displayName' },
  { ClaimAttributePath: 'a.b.c.d' },
])('a trusted token issuer with %o is refused', async (members) => {
  await expect(createIssuer(members)).rejects.toMatchObject({ name: 'ValidationException' })
})

test('the eleventh trusted token issuer is refused', async () => {
  for (let number = 0; number < 10; number += 1) await createIssuer()
  await expect(createIssuer()).rejects.toMatchObject({ name: 'ServiceQuotaExceededException' })
})
