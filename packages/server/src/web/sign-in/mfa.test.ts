import { minutes, seconds } from '@mayfly/identity-center/duration'
import { parseBase32, stepAt, totpAt } from '@mayfly/identity-center/sign-in/totp'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../../testing/test-server.ts'
import { givePassword, PASSWORD, type Shown, TestBrowser } from '../testing/test-browser.ts'

let server: TestServer
let browser: TestBrowser
let secret: Uint8Array

beforeEach(async () => {
  server = await startTestServer()
  await givePassword(server, 'alice')
  const { store } = server.context
  await store.instances.update({ ...(await store.instances.get()), mfaWithoutDevice: 'require-registration' })
  await server.clock.advance(seconds(2))
  browser = new TestBrowser(server)
})
afterEach(() => server.close())

const codeNow = (steps = 0): string => totpAt(secret, stepAt(server.clock.now()) + steps)
const wrongCode = (): string => (codeNow() === '000000' ? '000001' : '000000')

/** Signs alice in for the first time and registers an app; the recovery codes. */
async function register(): Promise<string[]> {
  const { location = '' } = await browser.signIn('alice', PASSWORD, '/device')
  expect(location).toBe('/sign-in/mfa/register?next=%2Fdevice')
  const page = await browser.open(location)
  const key = /<p class="secret">([A-Z2-7 ]+)</.exec(page.html)?.[1] ?? ''
  secret = parseBase32(key) ?? new Uint8Array()
  const done = await browser.send(page, { code: codeNow() })
  expect(done.status).toBe(200)
  expect(done.html).toContain('href="/device"')
  await server.clock.advance(seconds(30))
  return [...done.html.matchAll(/<li>([0-9A-Z-]{17})<\/li>/g)].map(([, code = '']) => code)
}

/** Alice at the second step, in a browser of its own. */
async function atSecondStep(): Promise<{ browser: TestBrowser; page: Shown }> {
  const own = new TestBrowser(server)
  const { location = '' } = await own.signIn('alice')
  expect(location).toBe('/sign-in/mfa?next=%2Fstart')
  return { browser: own, page: await own.open(location) }
}

/** Back at the first step, with the way that was wanted. */
const SIGN_IN = '/sign-in?next=%2Fstart'

const sessionsOfAlice = async () => {
  const { store, clock } = server.context
  const alice = await store.users.findByUserName('alice')
  return alice ? store.sessions.listOfUser(alice.id, clock.now()) : []
}

test('whoever must register gets no session before a code proves the app, and ten recovery codes after it', async () => {
  await browser.signIn('alice')
  expect(await sessionsOfAlice()).toEqual([])
  expect((await browser.open('/portal/me')).status).toBe(401)
  const codes = await register()
  expect(new Set(codes).size).toBe(10)
  expect(await sessionsOfAlice()).toMatchObject([{ mfa: true }])
  expect((await browser.open('/portal/me')).status).toBe(200)
})

test('a wrong code registers nothing, and the same picture stays', async () => {
  await browser.signIn('alice')
  const page = await browser.open('/sign-in/mfa/register')
  const key = /<p class="secret">([A-Z2-7 ]+)</.exec(page.html)?.[1]
  const wrong = await browser.send(page, { code: 'abc' })
  expect(wrong.status).toBe(403)
  expect(wrong.html).toContain(key)
  expect(await sessionsOfAlice()).toEqual([])
})

test('a password alone adds no second app to an account that has one', async () => {
  await browser.signIn('alice')
  const page = await browser.open('/sign-in/mfa/register')
  const other = new TestBrowser(server)
  await other.signIn('alice')
  const others = await other.open('/sign-in/mfa/register')
  secret = parseBase32(/<p class="secret">([A-Z2-7 ]+)</.exec(page.html)?.[1] ?? '') ?? new Uint8Array()
  await browser.send(page, { code: codeNow() })
  secret = parseBase32(/<p class="secret">([A-Z2-7 ]+)</.exec(others.html)?.[1] ?? '') ?? new Uint8Array()
  expect((await other.send(others, { code: codeNow() })).location).toBe(SIGN_IN)
  expect((await other.open('/sign-in/mfa/register')).location).toBe(SIGN_IN)
  expect(await sessionsOfAlice()).toHaveLength(1)
})

test('of two who register with the same password at the same time, one does', async () => {
  const own = await Promise.all(
    [new TestBrowser(server), new TestBrowser(server)].map(async (each) => {
      const page = await each.open((await each.signIn('alice')).location ?? '')
      const key = parseBase32(/<p class="secret">([A-Z2-7 ]+)</.exec(page.html)?.[1] ?? '') ?? new Uint8Array()
      return { each, page, code: totpAt(key, stepAt(server.clock.now())) }
    }),
  )
  const answers = await Promise.all(own.map(({ each, page, code }) => each.send(page, { code })))
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
  expect(await sessionsOfAlice()).toHaveLength(1)
})

test('an enrolment of one user registers nothing for another, and one that ended is not taken again', async () => {
  await register()
  const alice = await browser.call('POST', '/portal/mfa-devices', {})
  await givePassword(server, 'bob')
  await server.clock.advance(seconds(2))
  const bob = new TestBrowser(server)
  await bob.signIn('bob')
  const page = await bob.open('/sign-in/mfa/register')
  secret = parseBase32(alice.json().secret) ?? new Uint8Array()
  expect((await bob.send(page, { enrolment: alice.json().enrolment, code: codeNow() })).status).toBe(400)
  const proof = { enrolment: alice.json().enrolment, name: 'Spare', code: codeNow() }
  expect((await browser.call('POST', '/portal/mfa-devices/confirm', proof)).statusCode).toBe(200)
  expect((await browser.call('POST', '/portal/mfa-devices/confirm', proof)).statusCode).toBe(409)
})

test('the code signs in, with blanks or without', async () => {
  await register()
  const { browser: own, page } = await atSecondStep()
  const code = codeNow()
  const { status, location } = await own.send(page, { code: ` ${code.slice(0, 3)} ${code.slice(3)}` })
  expect([status, location]).toEqual([303, '/start'])
  expect(own.cookies.has('mayfly-sign-in')).toBe(false)
})

test('a code works once: of many who show it at the same time, one gets in', async () => {
  await register()
  const people = await Promise.all(Array.from({ length: 4 }, atSecondStep))
  const before = (await sessionsOfAlice()).length
  const code = codeNow()
  const answers = await Promise.all(people.map(({ browser: own, page }) => own.send(page, { code })))
  expect(answers.filter(({ status }) => status === 303)).toHaveLength(1)
  expect(await sessionsOfAlice()).toHaveLength(before + 1)
})

test('the code before the one that was taken works no more either', async () => {
  await register()
  const first = await atSecondStep()
  const earlier = codeNow(-1)
  await first.browser.send(first.page, { code: codeNow() })
  const second = await atSecondStep()
  expect((await second.browser.send(second.page, { code: earlier })).status).toBe(403)
})

test('guesses at the code count however many come at once, and end the sign-in', async () => {
  await register()
  const { browser: own, page } = await atSecondStep()
  const wrong = wrongCode()
  const cookie = own.cookies.get('mayfly-sign-in') ?? ''
  const answers = await Promise.all(Array.from({ length: 30 }, () => own.send(page, { code: wrong })))
  expect(answers.filter(({ html }) => html.includes('That code is not right')).length).toBeLessThanOrEqual(5)
  expect(own.cookies.has('mayfly-sign-in')).toBe(false)
  // Whoever kept the cookie is told so too, even with the right code.
  own.cookies.set('mayfly-sign-in', cookie)
  const ended = await own.send(page, { code: codeNow() })
  expect(ended.status).toBe(403)
  expect(ended.html).toContain('Start again')
  expect((await own.open('/sign-in/mfa')).location).toBe(SIGN_IN)
})

test('a right password forgives no wrong code: the second factor stays blocked for a while, and only for a while', async () => {
  await register()
  for (let count = 0; count < 2; count += 1) {
    const { browser: own, page } = await atSecondStep()
    for (let guess = 0; guess < 3; guess += 1) await own.send(page, { code: wrongCode() })
  }
  const { browser: own, page } = await atSecondStep()
  expect((await own.send(page, { code: codeNow() })).status).toBe(429)
  await server.clock.advance(minutes(1))
  const later = await atSecondStep()
  expect((await later.browser.send(later.page, { code: codeNow() })).status).toBe(303)
})

test('a recovery code signs in once, though many show it at the same time', async () => {
  const [recoveryCode = ''] = await register()
  const people = await Promise.all(Array.from({ length: 4 }, atSecondStep))
  const answers = await Promise.all(
    people.map(({ browser: own, page }) => own.send(page, { code: recoveryCode.toLowerCase().replaceAll('-', ' ') })),
  )
  expect(answers.filter(({ status }) => status === 303)).toHaveLength(1)
})

test('the second step waits ten minutes', async () => {
  await register()
  const { browser: own, page } = await atSecondStep()
  await server.clock.advance(minutes(10))
  expect((await own.send(page, { code: codeNow() })).location).toBe(SIGN_IN)
})

test('a sign-in that is pending dies with the password that began it', async () => {
  await register()
  const { browser: own, page } = await atSecondStep()
  await server.clock.advance(seconds(1))
  await givePassword(server, 'alice')
  const { status, html } = await own.send(page, { code: codeNow() })
  expect(status).toBe(403)
  expect(html).toContain('Start again')
})

test('whoever was disabled after the password gets no session for the code', async () => {
  await register()
  const { browser: own, page } = await atSecondStep()
  const { store } = server.context
  const alice = await store.users.findByUserName('alice')
  if (alice) await store.users.update({ ...alice, status: 'DISABLED' })
  expect((await own.send(page, { code: codeNow() })).status).toBe(403)
  expect(own.cookies.has('mayfly-session')).toBe(false)
})

test('a way back that is longer than a cookie is not lost, and one that leads away is', async () => {
  await register()
  const next = `/authorize?client_id=${'x'.repeat(5000)}`
  const own = new TestBrowser(server)
  const page = await own.open((await own.signIn('alice', PASSWORD, next)).location ?? '')
  expect((await own.send(page, { code: 'wrong', next })).status).toBe(403)
  expect((await own.send(page, { code: codeNow() })).location).toBe(next)
  await server.clock.advance(seconds(30))
  const { browser: other, page: again } = await atSecondStep()
  expect((await other.send(again, { code: codeNow(), next: '//evil.example/' })).location).toBe('/start')
})

test('nobody reaches the second step, or registers, without the first', async () => {
  for (const path of ['/sign-in/mfa', '/sign-in/mfa/register']) {
    expect((await browser.open(path)).location).toBe(SIGN_IN)
    expect((await browser.post(path, new URLSearchParams({ code: '000000' }))).location).toBe(SIGN_IN)
  }
  browser.cookies.set('mayfly-sign-in', 'made-up')
  expect((await browser.open('/sign-in/mfa')).location).toBe(SIGN_IN)
})

test('an instance may block whoever has no second factor', async () => {
  const { store } = server.context
  await store.instances.update({ ...(await store.instances.get()), mfaWithoutDevice: 'block-sign-in' })
  await server.clock.advance(seconds(2))
  const { status, html } = await browser.signIn('alice')
  expect(status).toBe(403)
  expect(html).toContain('Ask your administrator')
})
