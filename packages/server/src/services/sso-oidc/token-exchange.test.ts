import { minutes } from '@mayfly/identity-center/duration'
import { expect, onTestFinished, test } from 'vitest'
import { createTokens, issueCode, REDIRECT_URI, registerPkceClient, VERIFIER } from '../../testing/journeys.ts'
import {
  codeFor,
  createTestApplication,
  redeem,
  refresh,
  type TestApplication,
  TOKEN_EXCHANGE,
} from '../../testing/test-application.ts'
import { startTestServer } from '../../testing/test-server.ts'

const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token'

/** A token of `notebook` with a scope that `warehouse` may exchange. */
async function exchanging() {
  const server = await startTestServer()
  onTestFinished(() => server.close())
  const application = await createTestApplication(server)
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
