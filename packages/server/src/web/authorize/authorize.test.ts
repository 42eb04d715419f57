import { days, seconds } from '@mayfly/identity-center/duration'
import { challengeOf } from '@mayfly/identity-center/oauth/pkce'
import { afterEach, beforeEach, expect, test } from 'vitest'
import {
  REDIRECT_URI,
  redeemCode,
  registerClient,
  registerPkceClient,
  type TestClient,
  VERIFIER,
} from '../../testing/journeys.ts'
import { startTestServer, type TestServer } from '../../testing/test-server.ts'
import { givePassword, type Shown, TestBrowser } from '../testing/test-browser.ts'

let server: TestServer
let browser: TestBrowser
let client: TestClient

beforeEach(async () => {
  server = await startTestServer()
  await givePassword(server, 'alice')
  client = await registerPkceClient(server)
  browser = new TestBrowser(server)
})
afterEach(() => server.close())

const authorize = (changes: Record<string, string | undefined> = {}): string => {
  const query = new URLSearchParams()
  const asked = {
    response_type: 'code',
    client_id: client.clientId,
    redirect_uri: REDIRECT_URI,
    state: 's t&=<"\u00e4',
    code_challenge_method: 'S256',
    code_challenge: challengeOf(VERIFIER),
    scopes: 'sso:account:access',
    ...changes,
  }
  for (const [name, value] of Object.entries(asked)) if (value !== undefined) query.set(name, value)
  return `/authorize?${query}`
}

async function consent(changes: Record<string, string | undefined> = {}): Promise<Shown> {
  const path = authorize(changes)
  const { location } = await browser.signIn('alice', undefined, path)
  return browser.open(location ?? '')
}

const answerOf = ({ location }: Shown): URLSearchParams => new URL(location ?? '').searchParams

test('the person is asked, and the code that follows buys a token once', async () => {
  const page = await consent()
  expect(page.status).toBe(200)
  const allowed = await browser.send(page, { decision: 'allow' })
  expect(allowed.status).toBe(303)
  expect(allowed.location).toMatch(/^http:\/\/127\.0\.0\.1:50123\/oauth\/callback\?/)
  expect(answerOf(allowed).get('state')).toBe('s t&=<"\u00e4')
  expect(answerOf(allowed).get('iss')).toBe('http://localhost:7373')
  const code = answerOf(allowed).get('code') ?? ''
  expect(await redeemCode(server, client, code)).toHaveProperty('accessToken')
  await expect(redeemCode(server, client, code)).rejects.toMatchObject({ name: 'InvalidGrantException' })
})

test('the page names the client as unverified, the scopes in words, the address, the browser and the time', async () => {
  const { html } = await consent()
  for (const words of [
    'botocore-client-test',
    'not verified',
    'Get short-lived credentials',
    '127.0.0.1',
    'Chrome 150',
    'UTC',
  ]) {
    expect(html).toContain(words)
  }
})

test('a no goes to the client as access_denied', async () => {
  const denied = await browser.send(await consent(), { decision: 'deny' })
  expect(answerOf(denied).get('error')).toBe('access_denied')
  expect(answerOf(denied).get('code')).toBeNull()
})

test('whoever is not signed in signs in first, and comes back to the same request', async () => {
  const path = authorize()
  const { status, location } = await browser.open(path)
  expect(status).toBe(303)
  expect(new URLSearchParams(location?.split('?')[1]).get('next')).toBe(path)
})

test.each([
  ['an unknown client', { client_id: 'made-up' }],
  ['a client id that was changed', { client_id: 'x'.repeat(200) }],
  ['no client', { client_id: undefined }],
  ['a foreign address', { redirect_uri: 'https://evil.example/callback' }],
  ['another path', { redirect_uri: 'http://127.0.0.1:50123/elsewhere' }],
  ['a host that only begins alike', { redirect_uri: 'http://127.0.0.1.evil.example/oauth/callback' }],
  ['a user before the host', { redirect_uri: 'http://127.0.0.1:1@evil.example/oauth/callback' }],
  ['another loopback name', { redirect_uri: 'http://localhost:50123/oauth/callback' }],
  ['a backslash', { redirect_uri: 'http://127.0.0.1\\@evil.example/oauth/callback' }],
  ['no address', { redirect_uri: undefined }],
])('%s is told on a page, and nothing is redirected', async (_name, changes) => {
  for (const signedIn of [false, true]) {
    if (signedIn) await browser.signIn('alice')
    const { status, location, html } = await browser.open(authorize(changes))
    expect(status).toBe(400)
    expect(location).toBeUndefined()
    expect(html).not.toContain('evil.example')
  }
})

test.each([
  ['unsupported_response_type', { response_type: 'token' }],
  ['invalid_request', { response_type: undefined }],
  ['invalid_request', { code_challenge: undefined }],
  ['invalid_request', { code_challenge: 'short' }],
  ['invalid_request', { code_challenge_method: 'plain' }],
  ['invalid_request', { code_challenge_method: undefined }],
  ['invalid_scope', { scopes: 'sso:account:access another:scope' }],
])('%s is told to the client, with its state, before anybody signs in', async (error, changes) => {
  const refused = await browser.open(authorize(changes))
  expect(refused.status).toBe(303)
  expect(refused.location?.startsWith(REDIRECT_URI)).toBe(true)
  expect(answerOf(refused).get('error')).toBe(error)
  expect(answerOf(refused).get('state')).toBe('s t&=<"\u00e4')
})

test('a parameter that is there twice is refused', async () => {
  expect((await browser.open(`${authorize()}&redirect_uri=https%3A%2F%2Fevil.example`)).status).toBe(400)
  expect(answerOf(await browser.open(`${authorize()}&code_challenge_method=plain`)).get('error')).toBe(
    'invalid_request',
  )
})

test('a registration that has run out is as good as none', async () => {
  await server.clock.advance(days(91))
  expect((await browser.open(authorize())).status).toBe(400)
})

test('a client for devices alone gets no code, one that names no grant may have any', async () => {
  client = await registerClient(server)
  expect((await browser.open(authorize())).status).toBe(400)
  const redirectUris = ['http://127.0.0.1/oauth/callback']
  client = await registerClient(server, { redirectUris, grantTypes: ['refresh_token'] })
  expect(answerOf(await browser.open(authorize())).get('error')).toBe('unauthorized_client')
  client = await registerClient(server, { redirectUris })
  expect((await browser.open(authorize())).location).toMatch(/^\/sign-in/)
})

test('a wrong request sends nobody to a site that anybody can have registered', async () => {
  const redirectUri = 'https://evil.example/login'
  client = await registerPkceClient(server, { redirectUris: [redirectUri] })
  const { status, location, html } = await browser.open(authorize({ redirect_uri: redirectUri, code_challenge: 'x' }))
  expect([status, location]).toEqual([400, undefined])
  expect(html).toContain('code_challenge is missing or malformed.')
})

test('looking at the page allows nothing, and a form from elsewhere neither', async () => {
  const page = await consent()
  const issued = async () => {
    const { items } = await server.context.store.auditEvents.list({ eventName: 'Authorize', page: { limit: 9 } })
    return items.length
  }
  const path = authorize()
  await browser.open(`${path}&decision=allow`)
  expect((await browser.post(path, new URLSearchParams({ decision: 'allow' }))).status).toBe(403)
  expect((await browser.send(page, { decision: 'allow', antiForgery: 'made-up' })).status).toBe(403)
  expect((await browser.send(page, { decision: 'perhaps' })).status).toBe(400)
  expect(await issued()).toBe(0)
})

test('what is allowed is what was shown: the token of one request allows no other', async () => {
  const page = await consent()
  const token = /name="antiForgery" value="([^"]*)"/.exec(page.html)?.[1] ?? ''
  const form = new URLSearchParams({ decision: 'allow', antiForgery: token })
  expect((await browser.post(authorize({ state: 'another' }), form)).status).toBe(403)
  const thief = await registerPkceClient(server, { clientName: 'thief' })
  expect((await browser.post(authorize({ client_id: thief.clientId }), form)).status).toBe(403)
})

test('somebody else in the same browser does not inherit the page', async () => {
  const page = await consent()
  await givePassword(server, 'bob')
  browser.cookies.clear()
  await browser.signIn('bob')
  expect((await browser.send(page, { decision: 'allow' })).status).toBe(403)
})

test('whoever was signed out, or disabled, meanwhile is asked to sign in again', async () => {
  const page = await consent()
  const { store, clock } = server.context
  const alice = await store.users.findByUserName('alice')
  if (alice) await store.users.update({ ...alice, status: 'DISABLED' })
  expect((await browser.send(page, { decision: 'allow' })).location).toMatch(/^\/sign-in\?next=/)
  if (alice) await store.users.update({ ...alice, status: 'ENABLED' })
  await server.clock.advance(seconds(1))
  if (alice) await store.sessions.endOfUser(alice.id, clock.now())
  expect((await browser.send(page, { decision: 'allow' })).location).toMatch(/^\/sign-in\?next=/)
})

test('names, states and user agents are shown as text', async () => {
  const evil = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
  client = await registerPkceClient(server, { clientName: evil })
  browser = new TestBrowser(server, { 'user-agent': evil })
  const { html } = await consent({ state: evil })
  expect(html).not.toContain('<script')
  expect(html).not.toContain('<img')
  expect(html.match(/&lt;script&gt;/g)?.length).toBeGreaterThanOrEqual(2)
})

test('the form may end at the registered address and nowhere else', async () => {
  const { response } = await consent()
  expect(response.headers['content-security-policy']).toContain("form-action 'self' http://127.0.0.1:50123;")
})
