import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { givePassword, TestBrowser } from './testing/test-browser.ts'

let server: TestServer
let alice: TestBrowser
let token: string

beforeAll(async () => {
  server = await startTestServer()
  await givePassword(server, 'alice')
  alice = new TestBrowser(server)
  await alice.signIn('alice')
  token = await alice.antiForgeryToken()
})
afterAll(() => server.close())

const PAGES = ['/sign-in', '/sign-in/mfa', '/sign-in/mfa/register', '/sign-out', '/authorize', '/device', '/link/x']
const ENDPOINTS = [
  '/portal/password',
  '/portal/mfa-devices/confirm',
  '/portal/mfa-devices/x/resync',
  '/portal/recovery-codes',
]
const NAMES = [
  'userName',
  'password',
  'code',
  'enrolment',
  'next',
  'user_code',
  'decision',
  'antiForgery',
  'client_id',
  'state',
]

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string(),
  fc.constantFrom('%', '%zz', '%00', '\\', '/\t/x', '\u202e', '{}'),
)
const form = fc.array(fc.tuple(fc.oneof(fc.constantFrom(...NAMES), text), text), { maxLength: 6 })
const encode = (pairs: [string, string][]) =>
  new URLSearchParams(pairs.map(([a, b]): [string, string] => [a, b])).toString()

test('whatever a form, a query or a cookie holds, a page answers and blames the visitor', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...PAGES),
      form,
      form,
      text,
      fc.boolean(),
      async (path, sent, asked, raw, signedIn) => {
        const visitor = signedIn ? alice : new TestBrowser(server)
        if (!signedIn)
          visitor.cookies.set('mayfly-sign-in', encodeURIComponent(raw)).set('mayfly-known', encodeURIComponent(raw))
        for (const url of [path, `${path}?${encode(asked)}`, `${path}?${encodeURI(raw.toWellFormed())}`]) {
          expect((await visitor.open(url)).status).toBeLessThan(500)
          expect((await visitor.post(url, new URLSearchParams(encode(sent)))).status).toBeLessThan(500)
        }
      },
    ),
    { numRuns: 60 },
  )
})

test('whatever JSON the portal is sent, it answers and blames the sender', async () => {
  const body = fc.oneof(
    fc.json(),
    text,
    fc
      .dictionary(
        fc.constantFrom('enrolment', 'name', 'code', 'code1', 'code2', 'currentPassword', 'newPassword'),
        fc.oneof(text, fc.integer()),
      )
      .map((value) => JSON.stringify(value)),
  )
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...ENDPOINTS), body, async (path, payload) => {
      const headers = { 'x-mayfly-anti-forgery': token, 'content-type': 'application/json' }
      const { status } = await alice.request('POST', path, { payload: payload.toWellFormed(), headers })
      expect(status).toBeGreaterThanOrEqual(400)
      expect(status).toBeLessThan(500)
    }),
    { numRuns: 150 },
  )
})
