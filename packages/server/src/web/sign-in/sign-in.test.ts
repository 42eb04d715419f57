import { minutes, seconds } from '@mayfly/identity-center/duration'
import { hashOf } from '@mayfly/identity-center/secret'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../../testing/test-server.ts'
import { givePassword, PASSWORD, TestBrowser } from '../testing/test-browser.ts'

let server: TestServer
let browser: TestBrowser

beforeEach(async () => {
  server = await startTestServer()
  await givePassword(server, 'alice')
  browser = new TestBrowser(server)
})
afterEach(() => server.close())

const sessionsOf = async (userName: string) => {
  const { store, clock } = server.context
  const user = await store.users.findByUserName(userName)
  return user ? store.sessions.listOfUser(user.id, clock.now()) : []
}

test('the right password signs in, and the cookie holds nothing that the store keeps', async () => {
  const { status, location, response } = await browser.signIn('alice')
  expect([status, location]).toEqual([303, '/start'])
  const cookie = response.cookies.find(({ name }) => name === 'mayfly-session')
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/', maxAge: 8 * 3600 })
  const [session] = await sessionsOf('alice')
  expect(session?.cookieHash).toBe(hashOf(cookie?.value ?? ''))
  expect(session?.mfa).toBe(false)
  expect(JSON.stringify(session)).not.toContain(cookie?.value)
})

test('each sign-in gets a session of its own', async () => {
  await browser.signIn('alice')
  const first = browser.cookies.get('mayfly-session')
  const other = new TestBrowser(server)
  await other.signIn('alice')
  expect(other.cookies.get('mayfly-session')).not.toBe(first)
})

test('on https the cookies carry __Host- and Secure', async () => {
  const https = await startTestServer({ publicUrl: 'https://sso.example.com', trustedProxies: ['127.0.0.1'] })
  await givePassword(https, 'alice')
  const secure = new TestBrowser(https, { host: 'sso.example.com', 'x-forwarded-proto': 'https' })
  const { response } = await secure.signIn('alice')
  expect(response.headers['set-cookie']?.toString()).toMatch(
    /__Host-mayfly-session=[^;]+; Path=\/; HttpOnly; SameSite=Lax; Max-Age=28800; Secure/,
  )
  const me = await secure.open('/portal/me')
  expect(me.response.json().instance.origin).toBe('https://sso.example.com')
  // A cookie that another page planted under the plain name counts for nothing.
  const planted = new TestBrowser(https, { host: 'sso.example.com', 'x-forwarded-proto': 'https' })
  planted.cookies.set('mayfly-session', secure.cookies.get('__Host-mayfly-session') ?? '')
  expect((await planted.open('/portal/me')).status).toBe(401)
  await https.close()
})

test('a wrong password, an unknown user, a user without a password and a disabled one look alike', async () => {
  await givePassword(server, 'bob')
  const { store } = server.context
  const bob = await store.users.findByUserName('bob')
  if (bob) await store.users.update({ ...bob, status: 'DISABLED' })
  await browser.open('/sign-in')
  const refused = await Promise.all([
    browser.signIn('alice', 'wrong'),
    browser.signIn('nobody', 'wrong'),
    browser.signIn('bob'),
  ])
  for (const { status, html } of refused) {
    expect(status).toBe(403)
    expect(html).toContain('The user name or the password is not right.')
  }
  const pages = refused.map(({ html }) => html.replace(/value="(alice|nobody|bob)"/, ''))
  expect(new Set(pages.map((page) => page.replace(/name="antiForgery" value="[^"]*"/, ''))).size).toBe(1)
  expect(await sessionsOf('bob')).toEqual([])
})

test('a form that our page did not make signs nobody in', async () => {
  const page = await browser.open('/sign-in')
  const form = new URLSearchParams({ userName: 'alice', password: PASSWORD })
  const stranger = new TestBrowser(server)
  expect((await stranger.post('/sign-in', form)).status).toBe(403)
  const token = /name="antiForgery" value="([^"]*)"/.exec(page.html)?.[1] ?? ''
  form.set('antiForgery', token)
  await stranger.open('/sign-in')
  expect((await stranger.post('/sign-in', form)).status).toBe(403)
  expect((await browser.post('/sign-in', form, { 'sec-fetch-site': 'cross-site' })).status).toBe(403)
  expect(await sessionsOf('alice')).toEqual([])
  expect((await browser.post('/sign-in', form, { 'sec-fetch-site': 'same-origin' })).status).toBe(303)
})

test('guesses count however many come at once and however the name is written; then even the right one must wait', async () => {
  const page = await browser.open('/sign-in')
  const names = ['alice', 'ALICE', ' Alice ', 'aLiCe', '\uff41lice']
  const guesses = Array.from({ length: 20 }, (_, index) =>
    browser.send(page, { userName: names[index % names.length] ?? '', password: `guess ${index}` }),
  )
  const statuses = (await Promise.all(guesses)).map(({ status }) => status)
  expect(statuses.filter((status) => status === 403)).toHaveLength(5)
  expect(statuses.filter((status) => status === 429)).toHaveLength(15)
  const blocked = await browser.send(page, { userName: 'alice', password: PASSWORD })
  expect(blocked.status).toBe(429)
  expect(blocked.html).toMatch(/Try again in \d+ second/)
  await server.clock.advance(seconds(2))
  expect((await browser.send(page, { userName: 'alice', password: PASSWORD })).status).toBe(303)
})

test('strangers who guess keep nobody out of a browser that was used before, and it has a count of its own', async () => {
  await browser.signIn('alice')
  await browser.send(await browser.open('/sign-out'))
  const stranger = new TestBrowser(server)
  for (let guess = 0; guess < 8; guess += 1) await stranger.signIn('alice', 'guess')
  expect((await stranger.signIn('alice')).status).toBe(429)
  const guesses = Array.from({ length: 4 }, () => browser.signIn('alice', 'typo'))
  expect((await Promise.all(guesses)).map(({ status }) => status)).toEqual([403, 403, 403, 403])
  expect((await browser.signIn('alice')).status).toBe(303)
  await browser.send(await browser.open('/sign-out'))
  for (let guess = 0; guess < 5; guess += 1) await browser.signIn('alice', 'guess')
  expect((await browser.signIn('alice')).status).toBe(429)
  // For another user the browser is a stranger like any other.
  await givePassword(server, 'bob')
  for (let guess = 0; guess < 5; guess += 1) await stranger.signIn('bob', 'guess')
  expect((await browser.signIn('bob')).status).toBe(429)
})

test('one address that tries many names is slowed down too', async () => {
  const page = await browser.open('/sign-in')
  const guesses = Array.from({ length: 40 }, (_, index) =>
    browser.send(page, { userName: `user${index}`, password: 'guess' }),
  )
  const statuses = (await Promise.all(guesses)).map(({ status }) => status)
  expect(statuses.filter((status) => status === 429).length).toBeGreaterThanOrEqual(10)
  await server.clock.advance(minutes(6))
  expect((await browser.send(page, { userName: 'alice', password: PASSWORD })).status).toBe(303)
})

test('a whole office signs in from one address', async () => {
  for (let person = 0; person < 35; person += 1) {
    expect((await new TestBrowser(server).signIn('alice')).status).toBe(303)
  }
})

test('what was typed comes back as text, and no password ever does', async () => {
  const { html } = await browser.signIn('"><script>alert(1)</script>', 'Secret-of-mine-1')
  expect(html).not.toContain('<script')
  expect(html).toContain('&lt;script&gt;')
  expect(html).not.toContain('Secret-of-mine')
  expect(server.logged.join()).not.toContain('Secret-of-mine')
})

test.each(['https://evil.example/', '//evil.example', '/\\evil.example', '/start.evil', '/sign-out'])(
  'after signing in nobody is sent to %s',
  async (next) => {
    expect((await browser.signIn('alice', PASSWORD, next)).location).toBe('/start')
  },
)

test('whoever is signed in is sent on without a password', async () => {
  await browser.signIn('alice')
  expect((await browser.open('/sign-in?next=%2Fdevice')).location).toBe('/device')
})

test.each(['user\u0000name', 'a\u0008b'])('control characters in %j are refused, not stored', async (userName) => {
  const refused = await browser.signIn(userName)
  expect(refused.status).toBe(400)
})

test('a body that is no form, or is too large, is refused with a page', async () => {
  for (const [type, payload] of [
    ['application/json', '{}'],
    ['application/x-www-form-urlencoded', `userName=${'x'.repeat(70_000)}`],
  ] as const) {
    const { status, html } = await browser.request('POST', '/sign-in', { payload, headers: { 'content-type': type } })
    expect(status).toBe(400)
    expect(html).toContain('could not be read')
  }
})

test('signing out ends the session, once the person has said so', async () => {
  await browser.signIn('alice')
  const cookie = browser.cookies.get('mayfly-session') ?? ''
  const page = await browser.open('/sign-out')
  expect(await sessionsOf('alice')).toHaveLength(1)
  expect((await browser.post('/sign-out', new URLSearchParams())).status).toBe(403)
  expect((await browser.send(page)).status).toBe(200)
  expect(await sessionsOf('alice')).toEqual([])
  browser.cookies.set('mayfly-session', cookie)
  expect((await browser.open('/portal/me')).status).toBe(401)
})

test('every sign-in is on record, without the password and without names that nobody has', async () => {
  await browser.signIn('alice')
  await new TestBrowser(server).signIn('my password by mistake', 'x')
  const { items } = await server.context.store.auditEvents.list({ page: { limit: 50 } })
  const names = items.map(({ eventName, errorCode }) => [eventName, errorCode])
  expect(names).toEqual(
    expect.arrayContaining([
      ['CredentialVerification', undefined],
      ['UserAuthentication', undefined],
      ['CredentialVerification', 'AuthenticationFailed'],
    ]),
  )
  expect(JSON.stringify(items)).not.toMatch(/by mistake|Mayfly-example-1/)
})

test('a sign-in is on record in the words of CloudTrail: its steps tied together, the person by id, the result apart', async () => {
  await browser.signIn('alice')
  const { items } = await server.context.store.auditEvents.list({ page: { limit: 50 } })
  const [session] = await sessionsOf('alice')
  const steps = items.filter(({ eventSource }) => eventSource === 'signin.amazonaws.com')
  const [verification] = steps.filter(({ eventName }) => eventName === 'CredentialVerification')
  const [authentication] = steps.filter(({ eventName }) => eventName === 'UserAuthentication')
  const data = { CredentialType: 'PASSWORD', LoginTo: 'http://localhost:7373/start', UserName: 'alice' }
  expect(verification?.additionalEventData).toMatchObject(data)
  expect(verification?.serviceEventDetails).toEqual({ CredentialVerification: 'Success' })
  expect(authentication?.additionalEventData).toEqual(verification?.additionalEventData)
  expect(authentication?.serviceEventDetails).toEqual({ UserAuthentication: 'Success' })
  expect(authentication?.userIdentity).toMatchObject({ type: 'IdentityCenterUser', credentialId: session?.id })
  expect(authentication?.requestParameters).toBeUndefined()
})

test('whoever guesses at others does not begin anew by signing in as himself', async () => {
  await givePassword(server, 'bob')
  const page = await browser.open('/sign-in')
  let refused = 0
  for (let guess = 0; guess < 60; guess += 1) {
    const { status } = await browser.send(page, { userName: `user${guess}`, password: 'Spring-2026' })
    if (status === 429) refused += 1
    const own = new TestBrowser(server)
    if (guess % 10 === 9) await own.signIn('bob')
  }
  expect(refused).toBeGreaterThanOrEqual(25)
})

test('attempts that are refused unseen are on record too, and say who was counted', async () => {
  for (let guess = 0; guess < 8; guess += 1) await browser.signIn('alice', 'guess')
  const { items } = await server.context.store.auditEvents.list({ page: { limit: 50 } })
  const throttled = items.filter(({ errorCode }) => errorCode === 'ThrottlingException')
  expect(throttled).toHaveLength(3)
  expect(throttled[0]).toMatchObject({
    eventName: 'CredentialVerification',
    additionalEventData: { CredentialType: 'PASSWORD', CountedBy: 'user' },
    serviceEventDetails: { CredentialVerification: 'Failure' },
  })
  expect(JSON.stringify(throttled)).not.toContain('guess')
})
