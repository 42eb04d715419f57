import { hours, minutes } from '@mayfly/identity-center/duration'
import type { SigningCredentials } from '@mayfly/wire/signature-v4'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createIamUser } from '../../testing/iam-users.ts'
import { roleCredentials, signInWithPkce } from '../../testing/journeys.ts'
import { assumeRole, createRole, credentialsOf, trusts } from '../../testing/roles.ts'
import { startTestServer, type TestServer } from '../../testing/test-server.ts'
import { givePassword, TestBrowser } from '../testing/test-browser.ts'

let server: TestServer
let accessToken: string
let credentials: SigningCredentials

const ROLE = { accountId: '222233334444', roleName: 'AdministratorAccess' }
const EC2 = 'https://console.aws.amazon.com/ec2/home'

beforeEach(async () => {
  server = await startTestServer()
  accessToken = (await signInWithPkce(server, 'alice')).tokens.accessToken
  credentials = await roleCredentials(server.client('sso'), accessToken, ROLE)
})
afterEach(() => server.close())

const sessionOf = ({ accessKeyId, secretAccessKey, sessionToken }: SigningCredentials): string =>
  JSON.stringify({ sessionId: accessKeyId, sessionKey: secretAccessKey, sessionToken })

const get = (query: Record<string, string>) => server.inject({ url: `/federation?${new URLSearchParams(query)}` })
const post = (form: Record<string, string>) =>
  server.inject({
    method: 'POST',
    url: '/federation',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams(form).toString(),
  })

const signInToken = async (more: Record<string, string> = {}): Promise<string> =>
  (await get({ Action: 'getSigninToken', Session: sessionOf(credentials), ...more })).json().SigninToken

const login = (token: string, destination = EC2) =>
  get({ Action: 'login', Issuer: 'http://localhost:7373/start', Destination: destination, SigninToken: token })

test.each([
  ['GET', get],
  ['POST', post],
])('role credentials become a sign-in token by %s, and it a page that says who one is', async (_method, ask) => {
  const answer = await ask({ Action: 'getSigninToken', Session: sessionOf(credentials), SessionType: 'json' })
  expect(answer.headers['content-type']).toContain('application/json')
  const page = await login(answer.json().SigninToken)
  expect(page.statusCode).toBe(200)
  for (const text of ['Acme Development', '222233334444', 'AdministratorAccess', 'alice', EC2]) {
    expect(page.body).toContain(text)
  }
  expect(page.headers['set-cookie']).toBeUndefined()
  const { items } = await server.context.store.auditEvents.list({ page: { limit: 2 } })
  expect(items.map(({ eventName }) => eventName)).toEqual(['ConsoleLogin', 'GetSigninToken'])
  expect(JSON.stringify(items)).not.toContain(answer.json().SigninToken)
})

test.each([
  ['a wrong secret', () => ({ ...credentials, secretAccessKey: 'x'.repeat(40) })],
  ['the key id of somebody else', () => ({ ...credentials, accessKeyId: 'ASIAQNZGKIQY56JQ7WML' })],
  ['no session token', () => ({ ...credentials, sessionToken: '' })],
])('credentials with %s get a page and status 400', async (_name, change) => {
  const answer = await get({ Action: 'getSigninToken', Session: sessionOf(change()) })
  expect(answer.statusCode).toBe(400)
  expect(answer.headers['content-type']).toContain('text/html')
})

test.each(['', 'x', '[]', 'null', '{"sessionId":1}'])('a session of %j gets status 400', async (session) => {
  expect((await get({ Action: 'getSigninToken', Session: session })).statusCode).toBe(400)
})

test.each(['1', '899', '43201', '9e3', 'x', '-900'])('a session duration of %s is refused', async (duration) => {
  const answer = await get({ Action: 'getSigninToken', Session: sessionOf(credentials), SessionDuration: duration })
  expect(answer.statusCode).toBe(400)
})

test('a role that was taken with a long-term key signs in to no console, however many roles lie between', async () => {
  const { credentials: key } = await createIamUser(server)
  const arn = await createRole(server, { trust: [trusts('222233334444')] })
  const next = await createRole(server, { name: 'Next', trust: [trusts('222233334444')] })
  const taken = await credentialsOf(assumeRole(server, key, arn))
  for (const shown of [key, taken, await credentialsOf(assumeRole(server, taken, next))]) {
    const answer = await get({ Action: 'getSigninToken', Session: sessionOf(shown) })
    expect(answer.statusCode).toBeGreaterThanOrEqual(400)
    expect(answer.body).not.toContain('SigninToken":')
  }
})

test('a sign-in token works for fifteen minutes, and not longer than what it was made from', async () => {
  const token = await signInToken({ SessionDuration: '43200' })
  await server.clock.advance(minutes(14))
  expect((await login(token)).statusCode).toBe(200)
  await server.clock.advance(minutes(1))
  expect((await login(token)).statusCode).toBe(400)
  await server.clock.advance(minutes(44))
  const late = await signInToken()
  await server.clock.advance(minutes(1))
  expect((await login(late)).statusCode).toBe(400)
  expect((await get({ Action: 'getSigninToken', Session: sessionOf(credentials) })).statusCode).toBe(400)
})

test('a sign-in token is good for that one page, and nothing else for it', async () => {
  const token = await signInToken()
  const { accessKeyId, secretAccessKey, sessionToken = '' } = credentials
  const call = server.client('sts', { credentials: { accessKeyId, secretAccessKey, sessionToken: token } })
  await expect(call.call('GetCallerIdentity', {})).rejects.toMatchObject({ name: 'InvalidClientTokenId' })
  for (const other of [sessionToken, accessToken, token.slice(0, -2), '']) {
    expect((await login(other)).statusCode).toBe(400)
  }
})

test('what was withdrawn opens no page any more, and makes no token', async () => {
  const token = await signInToken()
  const alice = await server.context.store.users.findByUserName('alice')
  await server.context.revocations.revoke(`user:${alice?.id ?? ''}`)
  expect((await login(token)).statusCode).toBe(400)
  expect((await get({ Action: 'getSigninToken', Session: sessionOf(credentials) })).statusCode).toBe(400)
})

test.each(['https://evil.example/', 'javascript:alert(1)', '//console.aws.amazon.com/', ''])(
  'a sign-in leads nowhere else: %s',
  async (destination) => {
    const answer = await login(await signInToken(), destination)
    expect(answer.statusCode).toBe(400)
    expect(answer.headers['location']).toBeUndefined()
  },
)

test('an action that is not there gets status 400', async () => {
  expect((await get({ Action: 'logout' })).statusCode).toBe(400)
  expect((await get({})).statusCode).toBe(400)
})

const portal = (headers: Record<string, string>, query: Record<string, string> = {}) => {
  const search = new URLSearchParams({ account_id: ROLE.accountId, role_name: ROLE.roleName, ...query })
  return server.inject({ url: `/federation/console?${search}`, headers })
}
const bearer = () => ({ 'x-amz-sso_bearer_token': accessToken })

test('the portal leads from a token to the page of a role', async () => {
  const answer = await portal(bearer(), { destination: EC2 })
  const { signInToken: token, signInFederationLocation, destination } = answer.json()
  expect({ signInFederationLocation, destination }).toEqual({
    signInFederationLocation: 'http://localhost:7373/federation',
    destination: EC2,
  })
  expect((await login(token, destination)).body).toContain('AdministratorAccess')
  expect((await portal(bearer())).json().destination).toBe('https://console.aws.amazon.com/')
})

test('the portal leads there by cookie only with the anti-forgery header', async () => {
  await givePassword(server, 'alice')
  const browser = new TestBrowser(server)
  await browser.signIn('alice')
  const path = `/federation/console?account_id=${ROLE.accountId}&role_name=${ROLE.roleName}`
  expect((await browser.open(path)).status).toBe(401)
  const headers = { 'x-mayfly-anti-forgery': await browser.antiForgeryToken() }
  expect((await browser.request('GET', path, { headers })).response.json()).toHaveProperty('signInToken')
})

test('the portal says no in its own words', async () => {
  expect((await portal({ 'x-amz-sso_bearer_token': 'x' })).statusCode).toBe(401)
  expect((await portal({})).json().message).toBe('Session token not found or invalid')
  const none = await portal(bearer(), { role_name: 'Nothing' })
  expect([none.statusCode, none.headers['x-amzn-errortype'], none.json().message]).toEqual([
    403,
    'ForbiddenException',
    'No access',
  ])
  expect((await portal(bearer(), { destination: 'https://evil.example/' })).statusCode).toBe(400)
  await server.clock.advance(hours(9))
  expect((await portal(bearer())).statusCode).toBe(401)
})
