import { afterEach, expect, test } from 'vitest'
import { signInWithPkce } from '../testing/journeys.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

const TOKEN = 'a-token-of-twenty-characters'
let server: TestServer
afterEach(() => server.close())

const read = (headers: Record<string, string> = {}, remoteAddress = '127.0.0.1') =>
  server.inject({ method: 'GET', url: '/metrics', headers, remoteAddress })

test('requests are counted by service, operation and kind of answer, and what waits is told', async () => {
  server = await startTestServer()
  expect((await read()).statusCode).toBe(200)
  await signInWithPkce(server, 'alice')
  await server
    .client('sso')
    .call('ListAccounts', { accessToken: 'wrong' })
    .catch(() => {})
  await server.inject({ method: 'GET', url: '/sign-in' })
  await server.inject({ method: 'GET', url: '/no/such/page' })
  const { body, headers } = await read()
  expect(headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/)
  const count = (labels: string) =>
    new RegExp(`mayfly_request_duration_seconds_count\\{${labels}\\} (\\d+)`).exec(body)?.[1]
  expect(count('service="sso-oidc",operation="CreateToken",status="2xx"')).toBe('1')
  expect(count('service="sso",operation="ListAccounts",status="4xx"')).toBe('1')
  expect(count('service="page",operation="GET /sign-in",status="2xx"')).toBe('1')
  expect(body).not.toContain('/no/such/page')
  for (const gauge of ['sessions 1', 'outbox_mails 0', 'audit_chain_lag_seconds 0', 'database_latency_seconds 0'])
    expect(body).toContain(`mayfly_${gauge}`)
})

test('without a token they are for this machine itself, and not for what a proxy on it hands on', async () => {
  server = await startTestServer()
  expect((await read({}, '192.0.2.1')).statusCode).toBe(404)
  for (const name of ['x-forwarded-for', 'x-real-ip', 'forwarded', 'via'])
    expect((await read({ [name]: '192.0.2.1' })).statusCode).toBe(404)
})

test('with a token they are for whoever shows it, from anywhere', async () => {
  server = await startTestServer({ metricsToken: TOKEN })
  expect((await read()).statusCode).toBe(404)
  expect((await read({ authorization: `Bearer ${TOKEN}x` }, '192.0.2.1')).statusCode).toBe(404)
  expect((await read({ authorization: `Bearer ${TOKEN}` }, '192.0.2.1')).statusCode).toBe(200)
})

test('names that clients make up are not counted by', async () => {
  server = await startTestServer()
  await read()
  for (const target of ['SWBExternalService.MadeUp1', 'Made.Up2'])
    await server.inject({
      method: 'POST',
      url: '/',
      headers: { 'x-amz-target': target, 'content-type': 'application/x-amz-json-1.1' },
      payload: '{}',
    })
  await server.inject({
    method: 'POST',
    url: '/',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: 'Action=MadeUp3&Version=2011-06-15',
  })
  expect((await read()).body).not.toMatch(/MadeUp/)
})
