import { hours, minutes } from '@mayfly/identity-center/duration'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { issueCode, redeemCode, refresh, registerPkceClient, type TestClient } from '../../testing/journeys.ts'
import { startTestServer, type TestServer } from '../../testing/test-server.ts'

let server: TestServer
let client: TestClient

beforeEach(async () => {
  server = await startTestServer()
  client = await registerPkceClient(server)
})
afterEach(() => server.close())

const codeFor = async (userName: string) => issueCode(server, client, await server.signIn(userName))

test('a code with its verifier and its redirect URI gives a token for an hour, and a refresh token', async () => {
  const tokens = await redeemCode(server, client, await codeFor('alice'))
  expect(tokens).toMatchObject({ tokenType: 'Bearer', expiresIn: 3600, refreshToken: expect.stringMatching(/^aor/) })
})

test('a wrong verifier, a foreign redirect URI or another port is refused, and does not use the code up', async () => {
  const code = await codeFor('alice')
  for (const members of [
    { codeVerifier: 'x'.repeat(64) },
    { codeVerifier: 'dBjftJeZ4CVP' },
    { redirectUri: 'http://127.0.0.1:50124/oauth/callback' },
    { redirectUri: 'https://evil.example/oauth/callback' },
    { redirectUri: 'http://127.0.0.1/oauth/callback' },
  ]) {
    const attempt = redeemCode(server, client, code, members)
    await expect(attempt).rejects.toMatchObject({ name: 'InvalidGrantException' })
  }
  await expect(redeemCode(server, client, code)).resolves.toHaveProperty('accessToken')
})

test('a request without verifier, code or redirect URI is invalid', async () => {
  const code = await codeFor('alice')
  for (const name of ['codeVerifier', 'code', 'redirectUri']) {
    const attempt = redeemCode(server, client, code, { [name]: undefined })
    await expect(attempt).rejects.toMatchObject({
      name: 'InvalidRequestException',
      message: expect.stringContaining(name),
    })
  }
})

test('a code that comes again is refused, and what was issued for it is revoked', async () => {
  const code = await codeFor('alice')
  const { accessToken, refreshToken } = await redeemCode(server, client, code)
  await expect(redeemCode(server, client, code)).rejects.toMatchObject({ name: 'InvalidGrantException' })
  await expect(refresh(server, client, refreshToken)).rejects.toMatchObject({ name: 'InvalidGrantException' })
  const accounts = server.client('sso').call('ListAccounts', { accessToken })
  await expect(accounts).rejects.toMatchObject({ name: 'UnauthorizedException' })
})

test('of twenty that redeem one code at once, one gets a token', async () => {
  const code = await codeFor('alice')
  const answers = await Promise.allSettled(Array.from({ length: 20 }, () => redeemCode(server, client, code)))
  expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
})

test('a code works for a minute', async () => {
  const code = await codeFor('alice')
  await server.clock.advance(minutes(1))
  await expect(redeemCode(server, client, code)).rejects.toMatchObject({ name: 'InvalidGrantException' })
})

test("another client's code is worth nothing", async () => {
  const code = await codeFor('alice')
  const thief = await registerPkceClient(server, { clientName: 'thief' })
  await expect(redeemCode(server, thief, code)).rejects.toMatchObject({ name: 'InvalidGrantException' })
})

test('a disabled user gets no token, a session that ended gives none', async () => {
  const session = await server.signIn('bob')
  const [first, second] = [await issueCode(server, client, session), await issueCode(server, client, session)]
  const bob = await server.context.store.users.get(session.userId)
  await server.context.store.users.update({ ...bob, status: 'DISABLED' })
  await expect(redeemCode(server, client, first)).rejects.toMatchObject({ name: 'AccessDeniedException' })
  await server.context.store.users.update(bob)
  await server.context.store.sessions.end(session.id, server.clock.now())
  await expect(redeemCode(server, client, second)).rejects.toMatchObject({ name: 'InvalidGrantException' })
})

test('tokens end with the session, also when it has less than an hour left', async () => {
  const session = await server.signIn('alice', minutes(20))
  const { expiresIn } = await redeemCode(server, client, await issueCode(server, client, session))
  expect(expiresIn).toBe(1200)
})

test('a client that registered for device codes alone may not redeem an authorization code', async () => {
  const device = await registerPkceClient(server, { grantTypes: ['urn:ietf:params:oauth:grant-type:device_code'] })
  const code = await issueCode(server, device, await server.signIn('alice'))
  await expect(redeemCode(server, device, code)).rejects.toMatchObject({ name: 'UnauthorizedClientException' })
})

test('a grant type that nobody knows is unsupported', async () => {
  const attempt = redeemCode(server, client, 'code', { grantType: 'password' })
  await expect(attempt).rejects.toMatchObject({ name: 'UnsupportedGrantTypeException' })
})

test('a registration works for 90 days, then its client is told to register anew', async () => {
  await server.clock.advance(hours(90 * 24))
  const attempt = redeemCode(server, client, await codeFor('alice'))
  await expect(attempt).rejects.toMatchObject({ name: 'InvalidClientException' })
})
