import type { UserId } from '@mayfly/identity-center/identifiers'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { roleCredentials, signInWithPkce } from '../testing/journeys.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { antiForgeryToken } from './session-cookie.ts'

let server: TestServer
beforeEach(async () => {
  server = await startTestServer()
})
afterEach(() => server.close())

const ROLE = '111122223333/AdministratorAccess'

type Headers = Readonly<Record<string, string>>

/** What a page of ours sends for the person of this browser. */
async function pageOf(userName: string): Promise<Headers> {
  const session = await server.signIn(userName)
  const cookie = `cookie of ${session.id}`
  return {
    cookie: `mayfly-session=${cookie}`,
    'x-mayfly-anti-forgery': antiForgeryToken(cookie),
    'x-mayfly-role': ROLE,
    'sec-fetch-site': 'same-origin',
  }
}

const identify = (headers: Headers, action = 'GetCallerIdentity') =>
  server.inject({
    method: 'POST',
    url: '/',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    payload: `Action=${action}&Version=2011-06-15`,
  })

const listInstances = (headers: Headers) =>
  server.inject({
    method: 'POST',
    url: '/',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'SWBExternalService.ListInstances',
      ...headers,
    },
    payload: '{}',
  })

test('a page of ours asks as one of the roles of its person, and is recorded as that role', async () => {
  const headers = await pageOf('alice')
  const answer = await identify(headers)
  expect(answer.body).toMatch(
    /<Arn>arn:aws:sts::111122223333:assumed-role\/AWSReservedSSO_AdministratorAccess_\w+\/alice/,
  )
  const { items } = await server.context.store.auditEvents.list({ page: { limit: 1 } })
  const alice = await server.context.store.users.findByUserName('alice')
  expect(items[0]?.userIdentity).toMatchObject({ type: 'AssumedRole', onBehalfOf: { userId: alice?.id } })
  expect(items[0]?.userIdentity).not.toHaveProperty('accessKeyId')
  expect((await listInstances(headers)).json()).toHaveProperty('Instances')
})

test.each<[string, (headers: Headers) => Headers]>([
  ['without the anti-forgery header', ({ 'x-mayfly-anti-forgery': _, ...rest }) => rest],
  [
    'with the anti-forgery token of another use',
    (sent) => ({ ...sent, 'x-mayfly-anti-forgery': antiForgeryToken('x') }),
  ],
  ['without the cookie', ({ cookie: _, ...rest }) => rest],
  ['with two different cookies', (sent) => ({ ...sent, cookie: `${sent['cookie']}; mayfly-session=other` })],
  ['from another site', (sent) => ({ ...sent, 'sec-fetch-site': 'cross-site' })],
  ['from another host of our site', (sent) => ({ ...sent, 'sec-fetch-site': 'same-site' })],
  ['without naming a role', ({ 'x-mayfly-role': _, ...rest }) => rest],
])('a request %s is nobody', async (_name, change) => {
  const answer = await listInstances(change(await pageOf('alice')))
  expect(answer.statusCode).toBe(403)
  expect(answer.headers['x-amzn-errortype']).toContain('MissingAuthenticationToken')
})

test.each([
  '222233334444/Billing',
  '999999999999/AdministratorAccess',
  'AdministratorAccess',
  '111122223333/AdministratorAccess/x',
  '',
])('a role that the person does not hold is refused: %s', async (role) => {
  const answer = await listInstances({ ...(await pageOf('bob')), 'x-mayfly-role': role })
  expect(answer.statusCode).toBe(403)
  expect(answer.json().__type).toContain('AccessDeniedException')
})

test('whoever is disabled, signed out or loses the role is nobody at the next request', async () => {
  const { store, clock } = server.context
  const alice = (await store.users.findByUserName('alice'))?.id as UserId
  const [disabled, ended] = [await pageOf('alice'), await pageOf('alice')]
  expect((await identify(ended)).statusCode).toBe(200)
  for (const session of await store.sessions.listOfUser(alice, clock.now()))
    await store.sessions.end(session.id, clock.now())
  expect((await identify(ended)).statusCode).toBe(403)
  const user = await store.users.get(alice)
  await store.users.update({ ...user, status: 'DISABLED' })
  expect((await identify(disabled)).statusCode).toBe(403)
})

test('any Authorization header counts alone', async () => {
  const headers = await pageOf('alice')
  for (const authorization of ['Bearer x', 'AWS4-HMAC-SHA256 Credential=x', '']) {
    expect((await listInstances({ ...headers, authorization })).statusCode).toBeGreaterThanOrEqual(400)
  }
  const { tokens } = await signInWithPkce(server, 'bob')
  const role = { accountId: '222233334444', roleName: 'ReadOnlyAccess' }
  const credentials = await roleCredentials(server.client('sso'), tokens.accessToken, role)
  const bob = await server.client('sts', { credentials }).call('GetCallerIdentity', {})
  expect(bob['Arn']).toContain('/bob')
})

test('a cookie obtains no credentials from sts', async () => {
  const answer = await identify(await pageOf('alice'), 'AssumeRole')
  expect(answer.statusCode).toBeGreaterThanOrEqual(400)
  expect(answer.body).toContain('MissingAuthenticationToken')
})
