import { hours, minutes, seconds } from '@mayfly/identity-center/duration'
import { presignUrl, type SigningCredentials } from '@mayfly/wire/signature-v4'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { endSession } from '../../caller/session-end.ts'
import { roleCredentials, signInWithPkce } from '../../testing/journeys.ts'
import { startTestServer, type TestServer } from '../../testing/test-server.ts'

let server: TestServer
let credentials: SigningCredentials
let sessionId: Awaited<ReturnType<typeof signInWithPkce>>['session']['id']

beforeEach(async () => {
  server = await startTestServer()
  const { session, tokens } = await signInWithPkce(server, 'alice')
  sessionId = session.id
  const role = { accountId: '222233334444', roleName: 'AdministratorAccess' }
  credentials = await roleCredentials(server.client('sso'), tokens.accessToken, role)
})
afterEach(() => server.close())

const identify = (shown: SigningCredentials = credentials) =>
  server.client('sts', { credentials: shown }).call('GetCallerIdentity', {})

const change = (text: string) => (text.startsWith('A') ? 'B' : 'A') + text.slice(1)

test('role credentials say whose they are, without the path of the role', async () => {
  const { Account, Arn, UserId } = await identify()
  expect(Account).toBe('222233334444')
  expect(Arn).toMatch(
    /^arn:aws:sts::222233334444:assumed-role\/AWSReservedSSO_AdministratorAccess_[0-9a-f]{16}\/alice$/,
  )
  expect(UserId).toMatch(/^AROA[A-Z2-7]{17}:alice$/)
})

test('a presigned URL works until it expires', async () => {
  const url = presignUrl({
    url: 'http://localhost:7373/?Action=GetCallerIdentity&Version=2011-06-15',
    credentials,
    region: 'us-east-1',
    service: 'sts',
    now: server.clock.now(),
    expiresIn: 60,
  })
  const get = () => server.inject({ url: url.slice('http://localhost:7373'.length) })
  expect((await get()).body).toContain('<Account>222233334444</Account>')
  await server.clock.advance(seconds(61))
  expect((await get()).statusCode).toBe(403)
})

test('nobody can change a part of role credentials', async () => {
  const { accessKeyId, secretAccessKey, sessionToken = '' } = credentials
  const other = `ASIA${change(accessKeyId.slice(4))}`
  for (const [changed, name] of [
    [{ accessKeyId: other, secretAccessKey, sessionToken }, 'InvalidClientTokenId'],
    [{ accessKeyId, secretAccessKey: change(secretAccessKey), sessionToken }, 'SignatureDoesNotMatch'],
    [{ accessKeyId, secretAccessKey, sessionToken: change(sessionToken) }, 'InvalidClientTokenId'],
    [{ accessKeyId, secretAccessKey, sessionToken: sessionToken.slice(0, -1) }, 'InvalidClientTokenId'],
    [{ accessKeyId, secretAccessKey }, 'InvalidClientTokenId'],
    [{ accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'x'.repeat(40) }, 'InvalidClientTokenId'],
  ] as const) {
    await expect(identify(changed)).rejects.toMatchObject({ name })
  }
})

test('role credentials end with their hour', async () => {
  await server.clock.advance(hours(1))
  await expect(identify()).rejects.toMatchObject({ name: 'ExpiredToken' })
})

test('a signature is good for five minutes', async () => {
  const stale = new Date(server.clock.now())
  await server.clock.advance(minutes(6))
  const client = server.client('sts', { credentials })
  await expect(client.call('GetCallerIdentity', {})).resolves.toHaveProperty('Account')
  const url = presignUrl({
    url: 'http://localhost:7373/?Action=GetCallerIdentity&Version=2011-06-15',
    credentials,
    region: 'us-east-1',
    service: 'sts',
    now: stale,
    expiresIn: 60,
  })
  expect((await server.inject({ url: url.slice('http://localhost:7373'.length) })).statusCode).toBe(403)
})

test('a signature for another service opens nothing here', async () => {
  const url = presignUrl({
    url: 'http://localhost:7373/?Action=GetCallerIdentity&Version=2011-06-15',
    credentials,
    region: 'us-east-1',
    service: 'sso',
    now: server.clock.now(),
    expiresIn: 60,
  })
  const response = await server.inject({ url: url.slice('http://localhost:7373'.length) })
  expect(response.body).toContain('<Code>SignatureDoesNotMatch</Code>')
})

test('signing out leaves role credentials alone, ending a session does not', async () => {
  await endSession(sessionId, { roleCredentials: 'live-on' }, server.context)
  await expect(identify()).resolves.toHaveProperty('Account')
  await endSession(sessionId, { roleCredentials: 'end' }, server.context)
  await expect(identify()).rejects.toMatchObject({ name: 'InvalidClientTokenId' })
})

test.each([
  ['user', (userId: string) => `user:${userId}` as const],
  ['everything', () => 'everything' as const],
])('what is withdrawn for %s is void at once, and what is issued afterwards is not', async (_name, subjectOf) => {
  const alice = await server.context.store.users.findByUserName('alice')
  await server.context.revocations.revoke(subjectOf(alice?.id ?? ''))
  await expect(identify()).rejects.toMatchObject({ name: 'InvalidClientTokenId' })
  await server.clock.advance(seconds(1))
  const { tokens } = await signInWithPkce(server, 'alice')
  const role = { accountId: '222233334444', roleName: 'AdministratorAccess' }
  const fresh = await roleCredentials(server.client('sso'), tokens.accessToken, role)
  await expect(identify(fresh)).resolves.toHaveProperty('Account')
})

test('any access key id tells its account', async () => {
  const client = server.client('sts', { credentials })
  const own = await client.call('GetAccessKeyInfo', { AccessKeyId: credentials.accessKeyId })
  expect(own).toEqual({ Account: '222233334444' })
  const known = await client.call('GetAccessKeyInfo', { AccessKeyId: 'ASIAQNZGKIQY56JQ7WML' })
  expect(known).toEqual({ Account: '029608264753' })
  const none = client.call('GetAccessKeyInfo', { AccessKeyId: 'short' })
  await expect(none).rejects.toMatchObject({ name: 'ValidationError' })
})

test('what sts does not do here is an invalid action', async () => {
  const call = server
    .client('sts', { credentials })
    .call('GetWebIdentityToken', { Audience: ['x'], SigningAlgorithm: 'RS256' })
  await expect(call).rejects.toMatchObject({ name: 'InvalidAction' })
})
