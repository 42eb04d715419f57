import { seconds } from '@mayfly/identity-center/duration'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { signInWithPkce } from './testing/journeys.ts'
import { startTestServer, type TestServer } from './testing/test-server.ts'

let server: TestServer
beforeEach(async () => {
  server = await startTestServer()
})
afterEach(() => server.close())

const signedFor = (service: string) =>
  `AWS4-HMAC-SHA256 Credential=AKIA/20300101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`

describe('what an AWS client sends gets an answer that it can read', () => {
  test.each(['x-amz-sso_bearer_token', 'x-amz-sso-bearer-token'])(
    'with %s, also where no model lists anything: an error and no page',
    async (header) => {
      const asked = { url: '/token/whoAmI', headers: { [header]: 'x' } }
      const { statusCode, headers } = await server.inject(asked)
      expect([statusCode, headers['content-type']]).toEqual([404, 'application/json'])
      expect(headers['x-amzn-errortype']).toBe('UnknownOperationException')
    },
  )

  test('of S3: XML, and a status that says nothing about objects', async () => {
    for (const method of ['GET', 'HEAD', 'PUT'] as const) {
      const headers = { authorization: signedFor('s3') }
      const response = await server.inject({ method, url: '/bucket/key', headers })
      expect([response.statusCode, response.headers['content-type']]).toEqual([501, 'application/xml'])
      if (method === 'GET') expect(response.body).toContain('<Error><Code>NotImplemented</Code>')
    }
  })

  test('under a name that is not ours: the protocol that was spoken', async () => {
    const host = 'bucket.localhost:7373'
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    const payload = 'Action=GetCallerIdentity&Version=2011-06-15'
    const query = await server.inject({ method: 'POST', url: '/', payload, headers: { host, ...form } })
    expect(query.statusCode).toBe(421)
    expect(query.body).toContain('<Code>MisdirectedRequest</Code><Message>This server does not answer for that name.')
    const rest = await server.inject({ url: '/assignment/accounts', headers: { host } })
    expect([rest.statusCode, rest.headers['x-amzn-errortype']]).toEqual([421, 'MisdirectedRequest'])
  })

  test('too long to be read: with the content type of its protocol and nothing behind it', async () => {
    const payload = 'x'.repeat(300_000)
    const { statusCode, headers } = await server.inject({ method: 'POST', url: '/token', payload })
    expect([statusCode, headers['content-type']]).toEqual([413, 'application/json'])
  })
})

test('a user whose script runs away is told so with 429, others and this machine are not', async () => {
  const [alice, bob] = [await signInWithPkce(server, 'alice'), await signInWithPkce(server, 'bob')]
  const list = ({ tokens }: typeof alice, remoteAddress: string) =>
    server.inject({
      url: '/assignment/accounts',
      remoteAddress,
      headers: { 'x-amz-sso_bearer_token': tokens.accessToken },
    })
  const { portalCalls } = server.context
  const takeOne = () => portalCalls.take('192.0.2.7', alice.session.userId)
  while (takeOne());
  const refused = await list(alice, '192.0.2.8')
  expect([refused.statusCode, refused.headers['x-amzn-errortype']]).toEqual([429, 'TooManyRequestsException'])
  expect((await list(bob, '192.0.2.7')).statusCode).toBe(200)
  expect((await list(alice, '127.0.0.1')).statusCode).toBe(200)
  await server.clock.advance(seconds(1))
  expect((await list(alice, '192.0.2.8')).statusCode).toBe(200)
})

test('every answer says under which number the log knows it, and when it was given', async () => {
  for (const asked of [
    { url: '/healthz' },
    { url: '/' },
    { url: '/start' },
    { method: 'HEAD', url: '/start' },
    { url: '/sign-in' },
    { url: '/authorize' },
    { url: '/nothing' },
    { url: '/%' },
    { url: '/portal/me' },
    { url: '/sign-in', headers: { host: 'evil.example' } },
    { method: 'POST', url: '/logout' },
  ] as const) {
    const { headers } = await server.inject(asked)
    expect(headers['x-amzn-requestid'], JSON.stringify(asked)).toMatch(/^[0-9a-f-]{36}$/)
    expect(headers.date, JSON.stringify(asked)).toBeDefined()
    const last = JSON.parse(server.logged.at(-1) ?? '{}')
    expect(last.requestId).toBe(headers['x-amzn-requestid'])
  }
})
