import { afterEach, beforeEach, expect, test } from 'vitest'
import {
  issueCode,
  redeemCode,
  refresh,
  registerPkceClient,
  roleCredentials,
  signInWithPkce,
  startDevice,
} from '../testing/journeys.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

let server: TestServer

beforeEach(async () => {
  server = await startTestServer()
})
afterEach(() => server.close())

const events = async () => (await server.context.store.auditEvents.list({ page: { limit: 100 } })).items

test('each operation leaves one event, with the same request id as the answer', async () => {
  const response = await server.inject({
    method: 'POST',
    url: '/client/register',
    payload: '{"clientName":"x","clientType":"public"}',
  })
  const [event, ...others] = await events()
  expect(others).toEqual([])
  expect(event).toMatchObject({
    eventSource: 'sso-oauth.amazonaws.com',
    eventName: 'RegisterClient',
    requestId: response.headers['x-amzn-requestid'],
    sourceAddress: '127.0.0.1',
    requestParameters: { clientName: 'x', clientType: 'public' },
    responseElements: { clientSecret: 'HIDDEN_DUE_TO_SECURITY_REASONS' },
    readOnly: false,
  })
})

test('a refusal is recorded with its name', async () => {
  await server.inject({ url: '/assignment/accounts', headers: { 'x-amz-sso_bearer_token': 'x' } })
  expect(await events()).toMatchObject([
    { eventName: 'ListAccounts', errorCode: 'UnauthorizedException', userIdentity: { type: 'Unknown' } },
  ])
})

test('whoever redeems a code is named by id, and never by name', async () => {
  const { session } = await signInWithPkce(server, 'alice')
  const [event] = (await events()).filter(({ eventName }) => eventName === 'CreateToken')
  expect(event?.userIdentity).toEqual({
    type: 'IdentityCenterUser',
    accountId: '111122223333',
    onBehalfOf: {
      userId: session.userId,
      identityStoreArn: 'arn:aws:identitystore::111122223333:identitystore/d-9067a1b2c3',
    },
    credentialId: session.id,
  })
})

test('no secret of any journey stands in an event or in the log', async () => {
  const client = await registerPkceClient(server)
  const session = await server.signIn('alice')
  const code = await issueCode(server, client, session)
  const tokens = await redeemCode(server, client, code)
  const next = await refresh(server, client, tokens.refreshToken)
  const portal = server.client('sso')
  const role = { accountId: '222233334444', roleName: 'ReadOnlyAccess' }
  const credentials = await roleCredentials(portal, next.accessToken, role)
  await server.client('sts', { credentials }).call('GetCallerIdentity', {})
  const device = await startDevice(server, await registerPkceClient(server, { grantTypes: [] }))
  await expect(device.poll()).rejects.toThrow()
  await server.inject({ url: `/federation/credentials?access_token=${next.accessToken}&code=${code}` })

  const written = JSON.stringify([await events(), server.logged])
  expect(server.logged.length).toBeGreaterThan(8)
  for (const secret of [
    client.clientSecret,
    code,
    tokens.accessToken,
    tokens.refreshToken,
    next.accessToken,
    next.refreshToken,
    credentials.secretAccessKey,
    credentials.sessionToken,
    device.deviceCode,
  ]) {
    expect(secret).toBeTypeOf('string')
    expect(written).not.toContain(secret)
  }
})

test('a fault is told as its request id alone, and logged whole', async () => {
  const { tokens } = await signInWithPkce(server, 'alice')
  const { effectiveAccess } = server.context.store
  effectiveAccess.accountsOf = () => Promise.reject(new Error('the disk is full'))
  const response = await server.inject({
    url: '/assignment/accounts',
    headers: { 'x-amz-sso_bearer_token': tokens.accessToken },
  })
  expect(response.statusCode).toBe(500)
  expect(response.headers['x-amzn-errortype']).toBe('InternalServerException')
  expect(response.body).not.toContain('disk')
  const requestId = String(response.headers['x-amzn-requestid'])
  expect(response.body).toContain(requestId)
  expect(server.logged.find((line) => line.includes('the disk is full'))).toContain(requestId)
})

test('what cannot be recorded is not answered', async () => {
  server.context.store.auditEvents.insert = () => Promise.reject(new Error('the disk is full'))
  const response = await server.inject({
    method: 'POST',
    url: '/client/register',
    payload: '{"clientName":"x","clientType":"public"}',
  })
  expect(response.statusCode).toBe(500)
  expect(response.body).not.toContain('clientSecret')
})

test('a record keeps no more than a few thousand characters of what a stranger sent', async () => {
  const payload = JSON.stringify({
    clientName: 'n'.repeat(100_000),
    clientType: 'public',
    scopes: Array.from({ length: 5000 }, (_, index) => `scope:${index}`),
  })
  expect((await server.inject({ method: 'POST', url: '/client/register', payload })).statusCode).toBe(400)
  const [event] = await events()
  expect(JSON.stringify(event).length).toBeLessThan(12_000)
})

test('a stranger who is refused without end fills no disk, and whoever comes after is on record', async () => {
  const ask = (remoteAddress: string) =>
    server.inject({ url: '/assignment/accounts', headers: { 'x-amz-sso_bearer_token': 'x' }, remoteAddress })
  const statuses = new Set<number>()
  for (let call = 0; call < 650; call += 1) statuses.add((await ask(`2001:db8:1:2::${call}`)).statusCode)
  expect([...statuses]).toEqual([401])
  expect(await server.context.store.auditEvents.count()).toBe(600)
  await ask('2001:db8:1:3::1')
  expect(await server.context.store.auditEvents.count()).toBe(601)
})
