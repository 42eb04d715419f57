/** Pages under attack: addresses to be answered at, ways back, forms of other sites, frames, scripts, caches, cookies. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { alice } from '../harness/example.ts'
import { ServerProcess } from '../harness/server-process.ts'
import {
  allowDevice,
  ask,
  authorizePath,
  type Client,
  createProof,
  Person,
  register,
  registerRaw,
  signIn,
  startDevice,
} from './attacker.ts'

let server: ServerProcess
let origin: string
let person: Person
let cookie: string
let client: Client

beforeAll(async () => {
  server = await ServerProcess.start()
  origin = server.origin
  person = new Person()
  await signIn(person, origin, alice)
  cookie = [...person.cookies(origin)].map(([name, value]) => `${name}=${value}`).join('; ')
  client = await register(origin, { redirectUris: ['http://127.0.0.1/oauth/callback', 'https://app.example/callback'] })
})
afterAll(() => server.stop())

const proof = createProof()

describe('an address to be answered at', () => {
  test.each([
    'http://127.0.0.1@evil.example/oauth/callback',
    'http://127.0.0.1:80@evil.example/oauth/callback',
    'http://127.0.0.1.evil.example/oauth/callback',
    'http://127.1/oauth/callback',
    'http://0x7f.1/oauth/callback',
    'http://2130706433/oauth/callback',
    'http://127.0.0.2/oauth/callback',
    'http://[::ffff:127.0.0.1]/oauth/callback',
    'http://[::1]/oauth/callback',
    'http://localhost/oauth/callback',
    'http://localhost.evil.example/oauth/callback',
    'http://127.0.0.1./oauth/callback',
    'http://127.0.0.1\\@evil.example/oauth/callback',
    'http://127.0.0.1/oauth/callback/../../evil',
    'http://127.0.0.1/oauth/callback/%2e%2e/evil',
    'http://127.0.0.1/oauth/callback?x=1',
    'http://127.0.0.1/oauth/callback#x',
    'http://127.0.0.1/OAUTH/callback',
    'http://127.0.0.1:99999/oauth/callback',
    'https://127.0.0.1/oauth/callback',
    'https://app.example:444/callback',
    'https://app.example./callback',
    'https://app.example/callback/',
    'https://app.example@evil.example/callback',
    '//app.example/callback',
    'javascript:alert(1)',
    'data:text/html,x',
    ' https://app.example/callback',
    'https://app.example/callback\r\nset-cookie: a=b',
  ])('that is not registered gets nothing: %s', async (redirectUri) => {
    for (const headers of [{}, { cookie }]) {
      const {
        status,
        headers: answered,
        body,
      } = await ask(origin, authorizePath(client, redirectUri, proof), { headers })
      expect([status, answered['location'], answered['set-cookie']]).toEqual([400, undefined, undefined])
      expect(body).not.toContain('<form')
    }
  })

  test.each([
    'http://example.com/callback',
    'javascript:alert(1)//a.b',
    'https://evil.example;script-src/callback',
    'https://evil.example,x/callback',
    'file:///etc/passwd',
    'http://user@127.0.0.1/',
    'https://app.example/#x',
    'com.example:callback\r\nx: y',
  ])('that could hurt is never registered: %s', async (redirectUri) => {
    const answer = await registerRaw(origin, { clientName: 'x', clientType: 'public', redirectUris: [redirectUri] })
    expect(answer.status).toBe(400)
  })

  test('that is registered gets no more than an error when the request is wrong, and never a code by a GET', async () => {
    const good = authorizePath(client, 'http://127.0.0.1:50000/oauth/callback', proof)
    const page = await ask(origin, good, { headers: { cookie } })
    expect([page.status, page.headers['location']]).toEqual([200, undefined])
    for (const more of [{ code_challenge_method: 'plain' }, { code_challenge: '' }, { response_type: 'token' }]) {
      const wrong = authorizePath(client, 'http://127.0.0.1:50000/oauth/callback', proof, more)
      const { headers } = await ask(origin, wrong, { headers: { cookie } })
      expect(headers['location']).toMatch(/^http:\/\/127\.0\.0\.1:50000\/oauth\/callback\?error=/)
      expect(headers['location']).not.toContain('code=')
    }
  })
})

test.each([
  'https://evil.example/',
  '//evil.example/',
  '/\\evil.example/',
  '/start\\..\\..\\evil',
  '/start/../../evil.example',
  '/start?x=\r\nset-cookie:a=b',
  '/%2fevil.example',
  'javascript:alert(1)',
  '/start.evil.example',
  '\t//evil.example',
  '/authorize?redirect_uri=https://evil.example/',
])('the way back after signing in leads to a page of ours: %j', async (next) => {
  const fresh = new Person()
  const page = await fresh.open(`${origin}/sign-in?next=${encodeURIComponent(next)}`)
  const hidden = /name="next" value="([^"]*)"/.exec(page.html)?.[1] ?? '/start'
  expect(hidden).toMatch(/^\/(start|authorize\?|device)/)
  const signedIn = await ask(origin, `/sign-in?next=${encodeURIComponent(next)}`, { headers: { cookie } })
  const location = String(signedIn.headers['location'])
  expect(new URL(location, origin).origin).toBe(origin)
  expect(signedIn.headers['set-cookie']?.join() ?? '').not.toContain('a=b')
})

test('a browser is never sent elsewhere with the destination of a shortcut', async () => {
  const { status, headers } = await ask(origin, '/start?destination=https%3A%2F%2Fevil.example', {
    headers: { cookie },
  })
  expect([status, headers['location']]).toEqual([200, undefined])
})

describe('a form of another site', () => {
  const form = 'application/x-www-form-urlencoded'
  const authorize = () => authorizePath(client, 'http://127.0.0.1:50000/oauth/callback', proof)

  test.each([
    ['signs nobody in', '/sign-in', 'userName=alice&password=mayfly-example'],
    ['answers no second factor', '/sign-in/mfa', 'code=123456'],
    ['registers no second factor', '/sign-in/mfa/register', 'code=123456&enrolment=x'],
    ['signs nobody out', '/sign-out', ''],
    ['lets no client in', 'AUTHORIZE', 'decision=allow'],
    ['enters no device code', '/device', 'user_code=BCDF-GHJK'],
    ['lets no device in', '/device', 'user_code=BCDF-GHJK&decision=allow'],
    ['sets no password', '/link/aol_x', 'newPassword=Aa1!aaaa&newPasswordAgain=Aa1!aaaa'],
  ])('%s', async (_, path, body) => {
    for (const extra of [{}, { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }]) {
      for (const token of ['', '&antiForgery=', `&antiForgery=${'A'.repeat(43)}`]) {
        const headers = { cookie, 'content-type': form, ...extra }
        const address = path === 'AUTHORIZE' ? authorize() : path
        const answer = await ask(origin, address, { method: 'POST', headers, body: body + token })
        const isRefused = answer.status >= 400 || String(answer.headers['location']).startsWith('/sign-in')
        expect([isRefused, answer.headers['set-cookie']?.some((each) => /session=[^;]/.test(each))]).toEqual([
          true,
          answer.headers['set-cookie'] ? false : undefined,
        ])
      }
    }
    expect((await ask(origin, '/portal/me', { headers: { cookie } })).status).toBe(200)
  })

  test('signs the victim in as the attacker by no token that the attacker can have', async () => {
    const attacker = new Person()
    const page = await attacker.open(`${origin}/sign-in`)
    const antiForgery = /name="antiForgery" value="([^"]*)"/.exec(page.html)?.[1] ?? ''
    const body = new URLSearchParams({ antiForgery, userName: 'bob', password: 'mayfly-example' }).toString()
    const victim = await new Person().open(`${origin}/sign-in`)
    const victims = [victim.headers['set-cookie']].flat()[0]?.split(';')[0] ?? ''
    for (const headers of [{}, { cookie: victims }, { cookie: `${victims}; mayfly-browser=planted` }]) {
      const answer = await ask(origin, '/sign-in', {
        method: 'POST',
        headers: { ...headers, 'content-type': form },
        body,
      })
      expect(answer.status).toBe(403)
    }
  })

  test('changes nothing in the portal, nor reads or takes anything there', async () => {
    const { antiForgeryToken } = JSON.parse((await person.open(`${origin}/portal/me`)).html)
    const calls = [
      ['POST', '/portal/password', '{"currentPassword":"mayfly-example","newPassword":"Aa1!aaaa"}'],
      ['POST', '/portal/mfa-devices', '{}'],
      ['POST', '/portal/mfa-devices/confirm', '{}'],
      ['POST', '/portal/recovery-codes', '{"currentPassword":"mayfly-example"}'],
      ['DELETE', '/portal/sessions/x', ''],
      ['DELETE', '/portal/clients/x', ''],
    ] as const
    for (const [method, path, body] of calls) {
      for (const token of [undefined, '', antiForgeryToken.slice(1), `${antiForgeryToken}A`]) {
        const headers = {
          cookie,
          ...(body === '' ? {} : { 'content-type': 'application/json' }),
          ...(token === undefined ? {} : { 'x-mayfly-anti-forgery': token }),
        }
        expect((await ask(origin, path, { method, headers, body })).status).toBe(401)
      }
      // What a form can send is no JSON; the token alone is not enough for it.
      const asForm = { cookie, 'content-type': 'text/plain', 'x-mayfly-anti-forgery': antiForgeryToken }
      if (body !== '') expect((await ask(origin, path, { method, headers: asForm, body })).status).toBe(400)
    }
    for (const path of [
      '/assignment/accounts',
      '/federation/credentials?account_id=222233334444&role_name=ReadOnlyAccess',
    ]) {
      expect((await ask(origin, path, { headers: { cookie } })).status).toBe(401)
    }
    expect((await ask(origin, '/logout', { method: 'POST', headers: { cookie } })).status).toBe(401)
  })

  test('is told nothing by any header that would let it read answers', async () => {
    const headers = { cookie, origin: 'https://evil.example', 'access-control-request-method': 'POST' }
    for (const path of ['/portal/me', '/assignment/accounts', '/token', '/start', '/device']) {
      for (const method of ['GET', 'OPTIONS']) {
        const answer = await ask(origin, path, { method, headers })
        expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control-'))).toEqual([])
      }
    }
  })
})

test('every page forbids frames, foreign scripts and caches, and says nothing of where one came from', async () => {
  const paths = ['/sign-in', '/sign-in/mfa', '/sign-out', '/device', '/link/x', '/nothing-here', '/start', '/portal/me']
  for (const path of [...paths, authorizePath(client, 'http://127.0.0.1:50000/oauth/callback', proof)]) {
    const { headers } = await ask(origin, path, { headers: { cookie } })
    const policy = String(headers['content-security-policy'])
    expect(policy).toContain(`default-src 'none'`)
    expect(policy).toContain(`frame-ancestors 'none'`)
    expect(policy).not.toMatch(/unsafe|\*/)
    expect(headers['x-frame-options']).toBe('DENY')
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers['referrer-policy']).toBe('no-referrer')
    expect(headers['cache-control']).toMatch(/no-store|no-cache/)
    expect(headers['server'] ?? headers['x-powered-by']).toBeUndefined()
  }
})

test('cookies cannot be read by scripts, go to no other host, and are not taken when they are there twice', async () => {
  const fresh = await new Person().open(`${origin}/sign-in`)
  for (const set of [fresh.headers['set-cookie']].flat()) {
    expect(set).toMatch(/; Path=\/; HttpOnly; SameSite=Lax/)
    expect(set).not.toMatch(/domain=/i)
  }
  const session = person.cookies(origin).get('mayfly-session')
  const status = async (text: string) => (await ask(origin, '/portal/me', { headers: { cookie: text } })).status
  expect(await status(`mayfly-session=${session}`)).toBe(200)
  for (const text of [
    `mayfly-session=${session}; mayfly-session=x`,
    `mayfly-session=x; mayfly-session=${session}`,
    `Mayfly-Session=${session}`,
    `mayfly-session="${session}"`,
    `__Host-mayfly-session=${session}`,
    `mayfly-session=${session}A`,
    `mayfly-session=${'A'.repeat(9000)}`,
  ]) {
    expect([401, 431]).toContain(await status(text))
  }
})

test('names, user agents, states and codes of strangers are shown as text', async () => {
  const evil = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
  const named = await register(origin, { clientName: `${evil}\u202e${'\u0007'.repeat(0)}` })
  const { userCode } = await startDevice(origin, named)
  const entered = await person.submit(await person.open(`${origin}/device`), { user_code: userCode })
  const consent = await person.open(
    origin + authorizePath(named, 'http://127.0.0.1:50000/oauth/callback', proof, { state: evil }),
  )
  const typed = await person.open(`${origin}/device?user_code=${encodeURIComponent(evil)}`)
  const mistyped = await new Person().open(`${origin}/sign-in?next=${encodeURIComponent(evil)}`)
  const nothing = await person.open(`${origin}/${encodeURIComponent(evil)}`)
  for (const { html } of [entered, consent, typed, mistyped, nothing]) {
    expect(html).not.toMatch(/<script|<img|onerror=alert\(1\)>/)
    expect(html).not.toContain('\u202e')
  }
  expect(entered.html).toContain('&lt;script&gt;')
  await allowDevice(person, origin, userCode)
})

test('a device is shown before it is let in, and a link to the page lets nobody in', async () => {
  const { userCode } = await startDevice(origin, client)
  const linked = await person.open(`${origin}/device?user_code=${userCode}&decision=allow`)
  expect(linked.html).toContain('Compare this code')
  expect(linked.html).not.toContain('decision')
  const shown = await person.submit(linked, {})
  expect(shown.html).toContain('not verified')
  expect(shown.html).toContain('127.0.0.1')
  // The token of one code lets no other in.
  const other = await startDevice(origin, client)
  const swapped = await person.submit(shown, { user_code: other.userCode }, { button: 'decision=allow' })
  expect(swapped.status).toBe(403)
})

test('whoever tries codes of devices is slowed down after five', async () => {
  const guesser = new Person()
  await signIn(guesser, origin, { userName: 'bob', password: 'mayfly-example' })
  const page = await guesser.open(`${origin}/device`)
  const statuses: number[] = []
  for (let guess = 0; guess < 8; guess += 1) {
    statuses.push((await guesser.submit(page, { user_code: `BCDF-GHJ${'BCDFGHJK'[guess]}` })).status)
  }
  expect(statuses.slice(5)).toEqual([429, 429, 429])
})
