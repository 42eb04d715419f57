import { minutes, seconds } from '@mayfly/identity-center/duration'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { registerClient, startDevice, type TestClient } from '../../testing/journeys.ts'
import { startTestServer, type TestServer } from '../../testing/test-server.ts'

let server: TestServer
let client: TestClient

beforeEach(async () => {
  server = await startTestServer()
  client = await registerClient(server)
})
afterEach(() => server.close())

test('a device authorization names the page, the code for the screen and how long both work', async () => {
  const started = await startDevice(server, client)
  expect(started).toMatchObject({
    verificationUri: 'http://localhost:7373/device',
    expiresIn: 600,
    interval: 1,
  })
  expect(started).toHaveProperty('userCode', expect.stringMatching(/^[B-DF-HJ-NP-TV-XZ]{4}-[B-DF-HJ-NP-TV-XZ]{4}$/))
})

test('the first two polls may come back to back, the third may not', async () => {
  const { poll } = await startDevice(server, client)
  await expect(poll()).rejects.toMatchObject({ name: 'AuthorizationPendingException' })
  await expect(poll()).rejects.toMatchObject({ name: 'AuthorizationPendingException' })
  await expect(poll()).rejects.toMatchObject({ name: 'SlowDownException' })
})

test('slow_down adds five seconds to the interval for good', async () => {
  const { poll } = await startDevice(server, client)
  for (let count = 0; count < 2; count += 1) await expect(poll()).rejects.toThrow()
  await expect(poll()).rejects.toMatchObject({ name: 'SlowDownException' })
  await server.clock.advance(seconds(3))
  await expect(poll()).rejects.toMatchObject({ name: 'SlowDownException' })
  await server.clock.advance(seconds(11))
  await expect(poll()).rejects.toMatchObject({ name: 'AuthorizationPendingException' })
})

test('a granted code gives a token for an hour, and a refresh token', async () => {
  const { poll, allow } = await startDevice(server, client)
  await allow(await server.signIn('alice'))
  const tokens = await poll()
  expect(tokens).toMatchObject({ tokenType: 'Bearer', expiresIn: 3600 })
  expect(tokens.accessToken).toMatch(/^aoa/)
  expect(tokens.refreshToken).toMatch(/^aor/)
})

test('a client that registered no scope gets eight hours and no refresh token', async () => {
  const legacy = await registerClient(server, { scopes: undefined })
  const { poll, allow } = await startDevice(server, legacy)
  await allow(await server.signIn('alice'))
  const tokens = await poll()
  expect(tokens.expiresIn).toBe(28_800)
  expect(tokens).not.toHaveProperty('refreshToken')
})

test('a code that was denied, has expired, was used or was never issued is refused in its own words', async () => {
  const denied = await startDevice(server, client)
  await denied.deny()
  await expect(denied.poll()).rejects.toMatchObject({ name: 'AccessDeniedException' })

  const late = await startDevice(server, client)
  await server.clock.advance(minutes(10))
  await expect(late.poll()).rejects.toMatchObject({ name: 'ExpiredTokenException' })

  const used = await startDevice(server, client)
  await used.allow(await server.signIn('alice'))
  await used.poll()
  await expect(used.poll()).rejects.toMatchObject({ name: 'InvalidGrantException' })

  const unknown = { grantType: 'urn:ietf:params:oauth:grant-type:device_code', deviceCode: 'aod_nothing' }
  const call = server.client('sso-oidc').call('CreateToken', { ...client, ...unknown })
  await expect(call).rejects.toMatchObject({ name: 'InvalidGrantException' })
})

test('of twenty clients that redeem one code at once, one gets a token', async () => {
  const { poll, allow } = await startDevice(server, client)
  await allow(await server.signIn('alice'))
  const answers = await Promise.allSettled(Array.from({ length: 20 }, () => poll()))
  expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  for (const answer of answers) {
    if (answer.status === 'rejected') expect(answer.reason).toMatchObject({ name: 'InvalidGrantException' })
  }
})

test("another client's device code is worth nothing, and stays good for its own", async () => {
  const { poll, allow } = await startDevice(server, client)
  await allow(await server.signIn('alice'))
  const thief = await registerClient(server, { clientName: 'thief' })
  await expect(poll(thief)).rejects.toMatchObject({ name: 'InvalidGrantException' })
  await expect(poll()).resolves.toMatchObject({ expiresIn: 3600 })
})

test('a device code without the client secret is worth nothing', async () => {
  const { poll, allow } = await startDevice(server, client)
  await allow(await server.signIn('alice'))
  const other = await registerClient(server, { clientName: 'other' })
  const halves = { clientId: client.clientId, clientSecret: other.clientSecret }
  await expect(poll(halves)).rejects.toMatchObject({ name: 'InvalidClientException' })
})

test('a user who was disabled after saying yes gets no token by device code', async () => {
  const { poll, allow } = await startDevice(server, client)
  await allow(await server.signIn('bob'))
  const bob = await server.context.store.users.findByUserName('bob')
  if (bob) await server.context.store.users.update({ ...bob, status: 'DISABLED' })
  await expect(poll()).rejects.toMatchObject({ name: 'AccessDeniedException' })
})

test('a session that ended after saying yes gives no token', async () => {
  const { poll, allow } = await startDevice(server, client)
  const session = await server.signIn('bob')
  await allow(session)
  await server.context.store.sessions.end(session.id, server.clock.now())
  await expect(poll()).rejects.toMatchObject({ name: 'InvalidGrantException' })
})

test('where the device grant is switched off, none is started and none that was granted is redeemed', async () => {
  const { poll, allow } = await startDevice(server, client)
  await allow(await server.signIn('alice'))
  await server.context.store.instances.update({ ...(await server.context.instance()), deviceGrantEnabled: false })
  await server.clock.advance(seconds(1))
  await expect(poll()).rejects.toMatchObject({ name: 'AccessDeniedException' })
  await expect(startDevice(server, client)).rejects.toMatchObject({ name: 'UnauthorizedClientException' })
})

test('a start URL that names no instance is refused, every spelling of a right one is taken', async () => {
  const start = (startUrl: string) =>
    server.client('sso-oidc').call('StartDeviceAuthorization', { ...client, startUrl })
  await expect(start('https://elsewhere.awsapps.com/start')).rejects.toMatchObject({ name: 'InvalidRequestException' })
  for (const startUrl of [
    'https://mayfly-example.awsapps.com/start',
    'https://mayfly-example.awsapps.com/start/#/',
    'https://mayfly-example.awsapps.com',
    'https://ssoins-7223b1e5f2a94c60.portal.us-east-1.app.aws/',
    'http://127.0.0.1:7373/start/',
  ]) {
    await expect(start(startUrl)).resolves.toHaveProperty('deviceCode')
  }
})
