import { hours, minutes, seconds } from '@mayfly/identity-center/duration'
import type { ClientId } from '@mayfly/identity-center/identifiers'
import { importJWK, jwtVerify } from 'jose'
import { expect, onTestFinished, test } from 'vitest'
import { forEachEngine } from '../../../../store/src/testing/engines.ts'
import { idTokenPublicKey } from '../../keys/id-token.ts'
import { openIdentityContext } from '../../keys/identity-context.ts'
import { signedClients } from '../../testing/administrator.ts'
import { createTokens, issueCode, REDIRECT_URI, registerPkceClient, VERIFIER } from '../../testing/journeys.ts'
import { createTestApplication, type TestApplication, TOKEN_EXCHANGE } from '../../testing/test-application.ts'
import { startTestServer, type TestServer } from '../../testing/test-server.ts'

async function setUp(config: Parameters<typeof startTestServer>[0] = {}) {
  const server = await startTestServer(config)
  onTestFinished(() => server.close())
  return { server, application: await createTestApplication(server) }
}

const codeFor = async (server: TestServer, { arn }: TestApplication, userName = 'alice') =>
  issueCode(server, { clientId: arn, clientSecret: '' }, await server.signIn(userName))

const redeem = ({ createToken }: TestApplication, code: string, members: Record<string, unknown> = {}) =>
  createToken({ grantType: 'authorization_code', code, redirectUri: REDIRECT_URI, codeVerifier: VERIFIER, ...members })

const refresh = ({ createToken }: TestApplication, refreshToken: string | undefined) =>
  createToken({ grantType: 'refresh_token', refreshToken })

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

const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token'

/** A token of `notebook` with a scope that `warehouse` may exchange. */
async function exchanging() {
  const { server, application } = await setUp()
  const warehouse = await createTestApplication(server, 'warehouse')
  const Scope = 'sso:account:access'
  await application.change('PutApplicationAccessScope', { Scope, AuthorizedTargets: [warehouse.arn] })
  const { accessToken } = await redeem(application, await codeFor(server, application))
  const exchange = (members: Record<string, unknown> = {}) =>
    warehouse.createToken({
      grantType: TOKEN_EXCHANGE,
      subjectToken: accessToken,
      subjectTokenType: ACCESS_TOKEN,
      ...members,
    })
  return { server, application, warehouse, accessToken, exchange, Scope }
}

test("an application exchanges another's token for one of its own, with no more than both have", async () => {
  const { warehouse, exchange, Scope } = await exchanging()
  const tokens = await exchange()
  expect(tokens).toMatchObject({ issuedTokenType: ACCESS_TOKEN, scope: ['openid', 'aws', 'sts:identity_context'] })
  expect(tokens.refreshToken).toBeUndefined()
  await expect(exchange({ scope: [Scope] })).rejects.toMatchObject({ name: 'InvalidScopeException' })
  await warehouse.change('PutApplicationAccessScope', { Scope })
  expect((await exchange({ scope: [Scope] })).scope).toContain(Scope)
  const requestedTokenType = 'urn:ietf:params:oauth:token-type:refresh_token'
  const { refreshToken } = await exchange({ requestedTokenType })
  await expect(refresh(warehouse, refreshToken)).resolves.toHaveProperty('accessToken')
})

test('a token that was not meant for the application is not exchanged', async () => {
  const { server, application, exchange, accessToken, Scope } = await exchanging()
  const stranger = await createTestApplication(server, 'stranger')
  const by = (someone: TestApplication, members = {}) =>
    someone.createToken({
      grantType: TOKEN_EXCHANGE,
      subjectToken: accessToken,
      subjectTokenType: ACCESS_TOKEN,
      ...members,
    })
  await expect(by(stranger)).rejects.toMatchObject({ name: 'InvalidGrantException' })
  await expect(by(application)).rejects.toMatchObject({ name: 'InvalidGrantException' })
  await application.change('PutApplicationAccessScope', { Scope })
  await expect(exchange()).rejects.toMatchObject({ name: 'InvalidGrantException' })
})

test('an expired, an unknown, a registered client’s and another type of token are not exchanged', async () => {
  const { server, exchange } = await exchanging()
  const client = await registerPkceClient(server)
  const session = await server.signIn('alice')
  const own = await createTokens(server, client, {
    grantType: 'authorization_code',
    code: await issueCode(server, client, session),
    redirectUri: REDIRECT_URI,
    codeVerifier: VERIFIER,
  })
  for (const subjectToken of [own.accessToken, 'aoa_nonsense']) {
    await expect(exchange({ subjectToken })).rejects.toMatchObject({ name: 'InvalidGrantException' })
  }
  const invalid = { name: 'InvalidRequestException' }
  await expect(exchange({ subjectTokenType: 'urn:ietf:params:oauth:token-type:jwt' })).rejects.toMatchObject(invalid)
  await expect(exchange({ requestedTokenType: 'urn:ietf:params:oauth:token-type:jwt' })).rejects.toMatchObject(invalid)
  await server.clock.advance(minutes(59))
  await expect(exchange()).resolves.toHaveProperty('accessToken')
})

test('the person must be assigned to both applications', async () => {
  const { server, application, warehouse, exchange } = await exchanging()
  const alice = await server.context.store.users.findByUserName('alice')
  const principal = { PrincipalType: 'USER', PrincipalId: alice?.id }
  await warehouse.change('DeleteApplicationAssignment', principal)
  await expect(exchange()).rejects.toMatchObject({ name: 'AccessDeniedException' })
  await warehouse.assign('alice')
  await application.change('DeleteApplicationAssignment', principal)
  await expect(exchange()).rejects.toMatchObject({ name: 'AccessDeniedException' })
})

await forEachEngine((engine) => {
  test('of twenty that redeem one code of an application at once, one gets tokens', async () => {
    const { server, application } = await setUp({ databaseUrl: await engine.createDatabase() })
    await application.change('PutApplicationAccessScope', { Scope: 'sso:account:access' })
    const code = await codeFor(server, application)
    const answers = await Promise.allSettled(Array.from({ length: 20 }, () => redeem(application, code)))
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })
})
