import type { Client } from '@mayfly/wire/call'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { INSTANCE_ARN, signedClients } from '../../testing/administrator.ts'
import { startTestServer, type TestServer } from '../../testing/test-server.ts'

let server: TestServer
let admin: Client

beforeEach(async () => {
  server = await startTestServer()
  admin = (await signedClients(server))('sso-admin')
})
afterEach(() => server.close())

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
  const list = (await admin.call('ListTrustedTokenIssuers', { InstanceArn: INSTANCE_ARN }))['TrustedTokenIssuers']
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
