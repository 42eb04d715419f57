import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { signInWithPkce } from './testing/journeys.ts'
import { startTestServer, type TestServer } from './testing/test-server.ts'

const REGISTER = { method: 'POST' as const, payload: '{"clientName":"x","clientType":"public"}' }

describe('at the root of its host', () => {
  let server: TestServer
  beforeEach(async () => {
    server = await startTestServer()
  })
  afterEach(() => server.close())

  test.each(['localhost:7373', '127.0.0.1:7373', '[::1]:7373', 'LOCALHOST:7373'])('answers to %s', async (host) => {
    expect((await server.inject({ url: '/healthz', headers: { host } })).statusCode).toBe(200)
  })

  test.each([
    ['evil.example', 421],
    ['evil.example:7373', 421],
    ['localhost:7374', 421],
    ['localhost', 421],
    ['localhost.evil.example:7373', 421],
    ['127.0.0.1.nip.io:7373', 421],
    ['localhost:7373@evil.example', 400],
  ])('refuses a request for %s with %i, whatever it asks for', async (host, status) => {
    for (const url of ['/', '/healthz', '/start', '/token', '/client/register']) {
      expect((await server.inject({ url, headers: { host } })).statusCode).toBe(status)
    }
  })

  test('a forwarded address or scheme is not believed', async () => {
    const headers = {
      'x-forwarded-for': '203.0.113.9',
      'x-forwarded-proto': 'https',
      'x-forwarded-host': 'evil.example',
    }
    const response = await server.inject({ ...REGISTER, url: '/client/register', headers })
    expect(response.headers['strict-transport-security']).toBeUndefined()
    const [event] = (await server.context.store.auditEvents.list({ page: { limit: 1 } })).items
    expect(event?.sourceAddress).toBe('127.0.0.1')
  })

  test('every answer carries a request id, a date and no invitation to keep it', async () => {
    const response = await server.inject({ ...REGISTER, url: '/client/register' })
    expect(response.headers).toMatchObject({
      'content-type': 'application/json',
      'x-amzn-requestid': expect.stringMatching(/^[0-9a-f-]{36}$/),
      date: 'Tue, 01 Jan 2030 00:00:00 GMT',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    })
  })

  test('paths work with a trailing slash too', async () => {
    expect((await server.inject({ ...REGISTER, url: '/client/register/' })).statusCode).toBe(200)
  })

  test('a body that is too large, no JSON, or of the wrong kind gets a modelled refusal', async () => {
    for (const [payload, status] of [
      [JSON.stringify({ clientName: 'x'.repeat(300_000), clientType: 'public' }), 413],
      ['{"clientName":', 400],
      ['[]', 400],
      ['"text"', 400],
      ['{"clientName":{},"clientType":"public"}', 400],
      ['{"clientName":"x","clientType":"public","scopes":"all"}', 400],
    ] as const) {
      const response = await server.inject({ method: 'POST', url: '/client/register', payload })
      expect(response.statusCode).toBe(status)
      expect(response.headers['x-amzn-errortype']).toMatch(/^[A-Z]\w+$/)
    }
  })

  test('what no service of ours answers gets an AWS error: a target, an action, a signed path, a wrong method', async () => {
    const authorization =
      'AWS4-HMAC-SHA256 Credential=AKIA/20300101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0'
    for (const request of [
      { method: 'POST', url: '/', headers: { 'x-amz-target': 'DynamoDB_20120810.ListTables' }, payload: '{}' },
      {
        method: 'POST',
        url: '/',
        payload: 'Action=DescribeInstances&Version=2016-11-15',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      },
      { method: 'GET', url: '/bucket/key', headers: { authorization } },
      { method: 'POST', url: '/v1/token', headers: { 'amz-sdk-invocation-id': 'x' }, payload: '{}' },
      { method: 'GET', url: '/token' },
      { method: 'DELETE', url: '/client/register' },
      { method: 'POST', url: '/' },
    ] as const) {
      const response = await server.inject(request)
      expect(response.statusCode).toBeGreaterThanOrEqual(400)
      expect(response.statusCode).not.toBe(500)
      expect(response.headers['x-amzn-requestid']).toBeDefined()
      expect(response.headers['content-type']).not.toContain('html')
    }
  })

  test('odd paths and methods are answered without a fault', async () => {
    for (const url of [
      '/%',
      '/%00',
      '/..%2f..%2fetc/passwd',
      '//evil.example',
      '/token%',
      '/~aws',
      `/${'a'.repeat(5000)}`,
    ]) {
      for (const method of ['GET', 'POST', 'HEAD', 'PUT', 'OPTIONS'] as const) {
        const { statusCode } = await server.inject({ method, url })
        expect(statusCode, `${method} ${url}`).toBeLessThan(500)
      }
    }
  })

  test('HEAD on a page is answered as GET is, without a body', async () => {
    const response = await server.inject({ method: 'HEAD', url: '/healthz' })
    expect(response.statusCode).toBe(200)
    expect(response.body).toBe('')
  })

  test('neither a query nor the token of a link is logged', async () => {
    await server.inject({ url: '/authorize?code=hidden' })
    await server.inject({ url: '/link/hidden' })
    await server.inject({ url: '/healthz?hidden' })
    expect(server.logged.length).toBeGreaterThanOrEqual(3)
    expect(server.logged.join('')).not.toContain('hidden')
  })
})

describe('behind a proxy, under a path', () => {
  let server: TestServer
  beforeEach(async () => {
    server = await startTestServer({
      publicUrl: 'https://aws.example.com/identity',
      trustedProxies: ['10.0.0.0/8'],
    })
  })
  afterEach(() => server.close())

  const proxied = { remoteAddress: '10.1.2.3' }
  const headers = { host: 'aws.example.com', 'x-forwarded-proto': 'https', 'x-forwarded-for': '203.0.113.9' }

  test.each(['/identity/client/register', '/identity/client/register/', '/client/register'])(
    '%s registers',
    async (url) => {
      expect((await server.inject({ ...REGISTER, ...proxied, url, headers })).statusCode).toBe(200)
    },
  )

  test.each(['/identity', '/identity/'])(
    'POST %s reaches the services that are told apart by their body',
    async (url) => {
      const form = { 'content-type': 'application/x-www-form-urlencoded' }
      const payload = 'Action=GetCallerIdentity&Version=2011-06-15'
      const response = await server.inject({
        method: 'POST',
        ...proxied,
        url,
        payload,
        headers: { ...headers, ...form },
      })
      expect(response.body).toContain('MissingAuthenticationToken')
    },
  )

  test('a signature covers the prefix', async () => {
    const endpoint = 'https://aws.example.com/identity'
    const { tokens } = await signInWithPkce(server, 'alice')
    const portal = server.client('sso', { endpoint })
    const answer = await portal.call('GetRoleCredentials', {
      accessToken: tokens.accessToken,
      accountId: '222233334444',
      roleName: 'ReadOnlyAccess',
    })
    const credentials = answer['roleCredentials'] as {
      accessKeyId: string
      secretAccessKey: string
      sessionToken: string
    }
    const identity = await server.client('sts', { endpoint, credentials }).call('GetCallerIdentity', {})
    expect(identity['Account']).toBe('222233334444')
  })

  test('the address and the scheme come from the proxy, and from it alone', async () => {
    const near = await server.inject({ ...REGISTER, ...proxied, url: '/client/register', headers })
    expect(near.headers['strict-transport-security']).toBeDefined()
    const far = await server.inject({ ...REGISTER, remoteAddress: '192.0.2.1', url: '/client/register', headers })
    // The public URL says https, which a proxy that forgets to say so does not change.
    expect(far.headers['strict-transport-security']).toBeDefined()
    const { items } = await server.context.store.auditEvents.list({ page: { limit: 10 } })
    expect(items.map(({ sourceAddress }) => sourceAddress).sort()).toEqual(['192.0.2.1', '203.0.113.9'])
  })

  test('people are sent to the public address', async () => {
    const client = server.client('sso-oidc')
    const registered = await client.call('RegisterClient', { clientName: 'x', clientType: 'public' })
    const { clientId, clientSecret } = registered
    const startUrl = 'https://aws.example.com/identity/start'
    const started = await client.call('StartDeviceAuthorization', { clientId, clientSecret, startUrl })
    expect(started['verificationUri']).toBe('https://aws.example.com/device')
  })
})

test('cookies are for https alone when the public URL is, also where no proxy is trusted', async () => {
  const behind = await startTestServer({ publicUrl: 'https://aws.example.com' })
  const page = await behind.inject({ url: '/sign-in', headers: { host: 'aws.example.com' } })
  expect(page.headers['set-cookie']?.toString()).toMatch(/^__Host-mayfly-browser=.*; Secure/)
  const beside = await behind.inject({ url: '/sign-in' })
  expect(beside.headers['set-cookie']?.toString()).toMatch(/^mayfly-browser=/)
  await behind.close()
})

test('a database that is gone is a fault whose reason only the log knows', async () => {
  const server = await startTestServer()
  const { store } = server.context
  store.ready = () => Promise.reject(new Error('connect ECONNREFUSED 10.1.2.3:5432'))
  const answer = await server.inject({ url: '/healthz' })
  expect(answer.statusCode).toBe(503)
  expect(answer.body).not.toContain('10.1.2.3')
  expect(server.logged.join()).toContain('10.1.2.3')
  await server.close()
})
