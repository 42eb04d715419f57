import { hours, seconds } from '@mayfly/identity-center/duration'
import type { ClientId } from '@mayfly/identity-center/identifiers'
import { importJWK, jwtVerify } from 'jose'
import { expect, onTestFinished, test } from 'vitest'
import { forEachEngine } from '../../../../store/src/testing/engines.ts'
import { idTokenPublicKey } from '../../keys/id-token.ts'
import { openIdentityContext } from '../../keys/identity-context.ts'
import { signedClients } from '../../testing/administrator.ts'
import { createTokens, REDIRECT_URI, registerPkceClient, VERIFIER } from '../../testing/journeys.ts'
import {
  codeFor,
  createTestApplication,
  JWT_BEARER,
  redeem,
  refresh,
  type TestApplication,
  TOKEN_EXCHANGE,
  trustIssuer,
} from '../../testing/test-application.ts'
import { startTestIssuer } from '../../testing/test-issuer.ts'
import { startTestServer } from '../../testing/test-server.ts'

async function setUp(config: Parameters<typeof startTestServer>[0] = {}) {
  const server = await startTestServer(config)
  onTestFinished(() => server.close())
  return { server, application: await createTestApplication(server) }
}

/** Codes are issued with `sso:account:access`: the application has it. */
async function signedIn() {
  const { server, application } = await setUp()
  await application.change('PutApplicationAccessScope', { Scope: 'sso:account:access' })
  return { server, application, tokens: await redeem(application, await codeFor(server, application)) }
}

test('a code becomes tokens, and an id token that says for whom and for which application', async () => {
  const { server, application, tokens } = await signedIn()
  const alice = await server.context.store.users.findByUserName('alice')
  const key = await importJWK(idTokenPublicKey(server.context.keys))
  const { payload } = await jwtVerify(tokens.idToken, key, {
    audience: application.arn,
    issuer: 'https://identitycenter.amazonaws.com/ssoins-7223b1e5f2a94c60',
    currentDate: server.clock.now(),
    algorithms: ['ES256'],
  })
  const { identityContext } = tokens.awsAdditionalDetails
  expect(payload).toMatchObject({ sub: alice?.id, 'sts:identity_context': identityContext })
  expect(openIdentityContext(identityContext, server.clock.now(), server.context.keys)).toMatchObject({
    userId: alice?.id,
    applicationArn: application.arn,
  })
  await server.clock.advance(hours(1))
  expect(openIdentityContext(identityContext, server.clock.now(), server.context.keys)).toBeUndefined()
  expect(openIdentityContext('nonsense', server.clock.now(), server.context.keys)).toBeUndefined()
})

test('no secret of the answer is kept in the record of it', async () => {
  const { server, tokens } = await signedIn()
  const { items } = await server.context.store.auditEvents.list({
    eventName: 'CreateTokenWithIAM',
    page: { limit: 10 },
  })
  const text = JSON.stringify(items)
  expect(items).toHaveLength(1)
  const alice = await server.context.store.users.findByUserName('alice')
  expect(items[0]?.additionalEventData).toMatchObject({ onBehalfOf: { userId: alice?.id } })
  for (const secret of [
    tokens.accessToken,
    tokens.refreshToken,
    tokens.idToken,
    tokens.awsAdditionalDetails.identityContext,
  ]) {
    expect(text).not.toContain(secret)
  }
})

test('a code works once; a second time revokes what was issued for it', async () => {
  const { server, application } = await setUp()
  await application.change('PutApplicationAccessScope', { Scope: 'sso:account:access' })
  const code = await codeFor(server, application)
  const { refreshToken } = await redeem(application, code)
  await expect(redeem(application, code)).rejects.toMatchObject({ name: 'InvalidGrantException' })
  await expect(refresh(application, refreshToken)).rejects.toMatchObject({ name: 'InvalidGrantException' })
})

test("neither another application nor a registered client redeems an application's code or refresh token", async () => {
  const { server, application, tokens } = await signedIn()
  const other = await createTestApplication(server, 'other')
  const client = await registerPkceClient(server)
  const code = await codeFor(server, application)
  const shown = { code, redirectUri: REDIRECT_URI, codeVerifier: VERIFIER }
  await expect(redeem(other, code)).rejects.toMatchObject({ name: 'InvalidGrantException' })
  await expect(refresh(other, tokens.refreshToken)).rejects.toMatchObject({ name: 'InvalidGrantException' })
  for (const members of [
    { grantType: 'authorization_code', ...shown },
    { grantType: 'refresh_token', refreshToken: tokens.refreshToken },
  ]) {
    await expect(createTokens(server, client, members)).rejects.toMatchObject({ name: 'InvalidGrantException' })
    const unsigned = createTokens(server, { clientId: application.arn, clientSecret: 'x' }, members)
    await expect(unsigned).rejects.toMatchObject({ name: 'InvalidClientException' })
  }
  await expect(redeem(application, code)).resolves.toHaveProperty('accessToken')
})

test('refresh tokens rotate with a grace, and their reuse ends the family', async () => {
  const { server, application, tokens } = await signedIn()
  const next = await refresh(application, tokens.refreshToken)
  expect(next.idToken).not.toBe(tokens.idToken)
  await expect(refresh(application, tokens.refreshToken)).resolves.toHaveProperty('accessToken')
  await server.clock.advance(seconds(61))
  await expect(refresh(application, tokens.refreshToken)).rejects.toMatchObject({ name: 'InvalidGrantException' })
  await expect(refresh(application, next.refreshToken)).rejects.toMatchObject({ name: 'InvalidGrantException' })
})

test.each<[string, string, (application: TestApplication) => Promise<unknown>]>([
  ['is disabled', 'UnauthorizedClientException', ({ change }) => change('UpdateApplication', { Status: 'DISABLED' })],
  ['is deleted', 'InvalidClientException', ({ change }) => change('DeleteApplication')],
  [
    'has lost its refresh grant',
    'UnauthorizedClientException',
    ({ change }) => change('DeleteApplicationGrant', { GrantType: 'refresh_token' }),
  ],
  [
    'has lost the scope',
    'AccessDeniedException',
    ({ change }) => change('DeleteApplicationAccessScope', { Scope: 'sso:account:access' }),
  ],
  [
    'has lost its authentication method',
    'AccessDeniedException',
    ({ change }) => change('DeleteApplicationAuthenticationMethod', { AuthenticationMethodType: 'IAM' }),
  ],
])('an application that %s refreshes nothing: %s', async (_, name, change) => {
  const { application, tokens } = await signedIn()
  await change(application)
  await expect(refresh(application, tokens.refreshToken)).rejects.toMatchObject({ name })
})

test('whoever is no longer assigned has no token that works, neither here nor at the portal', async () => {
  const { server, application, tokens } = await signedIn()
  const accounts = () => server.client('sso').call('ListAccounts', { accessToken: tokens.accessToken })
  await expect(accounts()).resolves.toHaveProperty('accountList')
  const alice = await server.context.store.users.findByUserName('alice')
  await application.change('DeleteApplicationAssignment', { PrincipalType: 'USER', PrincipalId: alice?.id })
  await expect(accounts()).rejects.toMatchObject({ name: 'UnauthorizedException' })
  await expect(refresh(application, tokens.refreshToken)).rejects.toMatchObject({ name: 'AccessDeniedException' })
  await expect(redeem(application, await codeFor(server, application))).rejects.toMatchObject({
    name: 'AccessDeniedException',
  })
})

test('a session that ends takes the tokens of applications along', async () => {
  const { server, application, tokens } = await signedIn()
  const [family] = (
    await server.context.store.tokenFamilies.listOfUser(
      (
        await server.context.store.users.findByUserName('alice')
      )?.id as never,
    )
  ).filter(({ clientId }) => clientId === (application.arn as string as ClientId))
  if (family) await server.context.store.sessions.end(family.sessionId, server.clock.now())
  await expect(refresh(application, tokens.refreshToken)).rejects.toMatchObject({ name: 'InvalidGrantException' })
})

test('a role that the actor policy does not name, or whose own policies do not allow it, is refused', async () => {
  const { server, application } = await signedIn()
  const code = await codeFor(server, application)
  const shown = { grantType: 'authorization_code', code, redirectUri: REDIRECT_URI, codeVerifier: VERIFIER }
  for (const role of [
    { accountId: '222233334444', roleName: 'AdministratorAccess' },
    { userName: 'bob', accountId: '222233334444', roleName: 'ReadOnlyAccess' },
  ]) {
    const attempt = (await signedClients(server, role))('sso-oidc').call('CreateTokenWithIAM', {
      clientId: application.arn,
      ...shown,
    })
    await expect(attempt).rejects.toMatchObject({ name: 'AccessDeniedException' })
  }
  await expect(redeem(application, code)).resolves.toHaveProperty('accessToken')
})

test.each([
  [{ grantType: 'password' }, 'UnsupportedGrantTypeException'],
  [{ grantType: 'urn:ietf:params:oauth:grant-type:device_code' }, 'UnsupportedGrantTypeException'],
  [{ grantType: 'constructor' }, 'UnsupportedGrantTypeException'],
  [{ grantType: 'authorization_code' }, 'InvalidRequestException'],
  [{ grantType: 'refresh_token' }, 'InvalidRequestException'],
  [{ grantType: 'refresh_token', refreshToken: 'x', scope: ['openid'] }, 'InvalidScopeException'],
  [{ grantType: 'refresh_token', refreshToken: 'x' }, 'InvalidGrantException'],
  [{ grantType: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion: 'a.b.c' }, 'UnauthorizedClientException'],
  [{ grantType: 'urn:ietf:params:oauth:grant-type:jwt-bearer' }, 'InvalidRequestException'],
  [{ grantType: TOKEN_EXCHANGE }, 'InvalidRequestException'],
  [{ clientId: 'nobody', grantType: 'refresh_token' }, 'InvalidClientException'],
])('%j is refused with %s', async (members, name) => {
  const { application } = await setUp()
  await expect(application.createToken(members)).rejects.toMatchObject({ name })
})

await forEachEngine((engine) => {
  test('of twenty that redeem one code of an application at once, one gets tokens', async () => {
    const { server, application } = await setUp({ databaseUrl: await engine.createDatabase() })
    await application.change('PutApplicationAccessScope', { Scope: 'sso:account:access' })
    const code = await codeFor(server, application)
    const answers = await Promise.allSettled(Array.from({ length: 20 }, () => redeem(application, code)))
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  test('of twenty that redeem one assertion at once at two nodes, one gets tokens', async () => {
    const databaseUrl = await engine.createDatabase()
    const { server, application } = await setUp({ databaseUrl })
    const other = await startTestServer({ databaseUrl }, { seed: 'other', clock: server.clock })
    onTestFinished(() => other.close())
    const issuer = await startTestIssuer(server)
    await trustIssuer(application, issuer.url)
    const clients = [await signedClients(server), await signedClients(other)]
    const members = { clientId: application.arn, grantType: JWT_BEARER, assertion: await issuer.sign() }
    const redeemAt = (index: number) => clients[index % 2]?.('sso-oidc').call('CreateTokenWithIAM', members)
    const answers = await Promise.allSettled(Array.from({ length: 20 }, (_, index) => redeemAt(index)))
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })
})
