/** The plain pages in a real browser, with JavaScript switched off: every journey, its policy, its looks. */

import { createHash } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { chromiumPath } from '../harness/chromium.ts'
import { ServerProcess } from '../harness/server-process.ts'
import { HEAVIEST_PAGE, LoopbackListener, PlainBrowser, type PlainVisitor } from './plain-browser.ts'

const PASSWORD = 'mayfly-example'
const NEW_PASSWORD = 'Correct-horse-7'
const VERIFIER = 'v'.repeat(64)
const CHALLENGE = createHash('sha256').update(VERIFIER).digest('base64url')

describe.skipIf(chromiumPath === undefined)('the plain pages', () => {
  let server: ServerProcess
  let browser: PlainBrowser
  let visitor: PlainVisitor

  beforeAll(async () => {
    server = await ServerProcess.start()
    browser = await PlainBrowser.launch()
    console.log(`pictures of the plain pages: ${browser.pictures}`)
  })
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
  })

  const post = async (path: string, body: object): Promise<Record<string, string>> => {
    const response = await fetch(server.origin + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': 'aws-cli/2.9.19 Python/3.11.2 Linux/6.1.0' },
      body: JSON.stringify(body),
    })
    return (await response.json()) as Record<string, string>
  }
  const register = (members: object) =>
    post('/client/register', {
      clientName: 'botocore-client-acme',
      clientType: 'public',
      scopes: ['sso:account:access'],
      ...members,
    })
  const startDevice = async () =>
    post('/device_authorization', { ...credentialsOf(await register({})), startUrl: server.startUrl })
  const authorizeUrl = async (redirectUri: string, changes: Record<string, string> = {}) => {
    const { clientId } = await register({
      grantTypes: ['authorization_code', 'refresh_token'],
      redirectUris: [redirectUri.replace(/:\d+\//, '/')],
    })
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: clientId ?? '',
      redirect_uri: redirectUri,
      state: 'a&b=<c>',
      code_challenge_method: 'S256',
      code_challenge: CHALLENGE,
      scopes: 'sso:account:access',
      ...changes,
    })
    return `${server.origin}/authorize?${query}`
  }

  describe.each([
    ['without JavaScript', false],
    ['under the eyes of axe', true],
  ] as const)('%s', (_name, javaScript) => {
    beforeEach(async () => {
      visitor = await browser.visitor(javaScript)
    })
    afterEach(async () => {
      const { faults } = visitor
      await visitor.close()
      expect(faults).toEqual([])
    })

    test('somebody signs in, mistyping first, and signs out', async () => {
      await visitor.open(`${server.origin}/sign-in`)
      await visitor.look('sign-in')
      await visitor.signIn('bob', 'not this one')
      expect(await visitor.page.getByRole('alert').innerText()).toContain('not right')
      await visitor.look('sign-in-wrong')
      await visitor.signIn('bob', PASSWORD)
      expect(new URL(visitor.page.url()).pathname).toBe('/start')
      await visitor.open(`${server.origin}/sign-out`)
      await visitor.look('sign-out')
      await visitor.press('Sign out')
      expect(await visitor.heading()).toBe('You are signed out')
      await visitor.look('signed-out')
    })

    test.each(['127.0.0.1', 'localhost', '[::1]'] as const)('a client on %s is allowed, and denied', async (host) => {
      const listener = await LoopbackListener.start(host)
      try {
        await visitor.open(await authorizeUrl(listener.redirectUri))
        if (host === '127.0.0.1') await visitor.look('sign-in-for-client')
        await visitor.signIn('alice', PASSWORD)
        if (host === '127.0.0.1') await visitor.look('consent')
        await visitor.press('Allow')
        expect(await visitor.heading()).toBe('Back at the client')
        await visitor.open(await authorizeUrl(listener.redirectUri))
        await visitor.press('Deny')
        expect(await visitor.heading()).toBe('Back at the client')
        const [allowed, denied] = listener.came.filter(({ pathname }) => pathname === '/oauth/callback')
        expect(allowed?.searchParams.get('state')).toBe('a&b=<c>')
        expect(allowed?.searchParams.get('iss')).toBe(server.origin)
        expect(allowed?.searchParams.get('code')).toMatch(/^\S{40,}$/)
        expect(denied?.searchParams.get('error')).toBe('access_denied')
      } finally {
        await listener.stop()
      }
    })

    test('a device is signed in by its code', async () => {
      const { userCode, verificationUri, verificationUriComplete } = await startDevice()
      await visitor.open(verificationUriComplete ?? '')
      await visitor.signIn('alice', PASSWORD)
      await visitor.look('device-compare')
      await visitor.open(verificationUri ?? '')
      await visitor.look('device-code')
      await visitor.field('user_code').fill('BBBB-BBBB')
      await visitor.press('Continue')
      await visitor.look('device-unknown')
      await visitor.field('user_code').fill((userCode ?? '').toLowerCase().replace('-', ''))
      await visitor.press('Continue')
      await visitor.look('device-confirm')
      await visitor.press('Allow')
      expect(await visitor.heading()).toBe('Your device is signed in')
      await visitor.look('device-done')
    })

    test('a device is denied', async () => {
      const { verificationUriComplete } = await startDevice()
      await visitor.open(verificationUriComplete ?? '')
      await visitor.signIn('alice', PASSWORD)
      await visitor.press('The codes are the same')
      await visitor.press('Deny')
      expect(await visitor.heading()).toBe('Access was denied')
      await visitor.look('device-denied')
    })

    test('what leads nowhere says so', async () => {
      await visitor.open(`${server.origin}/authorize?client_id=unknown`)
      await visitor.look('unknown-client')
      await visitor.open(`${server.origin}/link/used`)
      await visitor.look('used-link')
      await visitor.open(`${server.origin}/nowhere`)
      await visitor.look('nowhere')
    })

    test('the first administrator follows the link, sets up an app, and comes back with it', async () => {
      const fresh = await ServerProcess.start({ args: [] })
      try {
        const link = /http\S+\/link\/\S+/.exec(fresh.output)?.[0] ?? ''
        await visitor.open(link)
        await visitor.look('first-administrator')
        for (const [name, value] of Object.entries({
          userName: 'ada lovelace',
          givenName: 'Ada',
          familyName: 'Lovelace',
          email: 'ada@example.com',
          newPassword: NEW_PASSWORD,
          newPasswordAgain: NEW_PASSWORD,
        })) {
          await visitor.field(name).fill(value)
        }
        await visitor.press('Create the administrator')
        await visitor.look('first-administrator-wrong')
        await visitor.field('userName').fill('ada')
        await visitor.field('newPassword').fill(NEW_PASSWORD)
        await visitor.field('newPasswordAgain').fill(NEW_PASSWORD)
        await visitor.press('Create the administrator')
        expect(await visitor.heading()).toBe('Set up your second factor')
        await visitor.page.locator('summary').click()
        await visitor.look('mfa-registration')
        const secret = Secret.fromBase32((await visitor.page.locator('.secret').innerText()).replace(/\s/g, ''))
        const app = new TOTP({ secret })
        await visitor.field('code').fill('000000')
        await visitor.press('Register')
        await visitor.look('mfa-registration-wrong')
        await visitor.field('code').fill(app.generate())
        await visitor.press('Register')
        await visitor.look('recovery-codes')
        const [recoveryCode = ''] = await visitor.page.locator('.codes li').allInnerTexts()

        await visitor.open(`${new URL(link).origin}/sign-out`)
        await visitor.press('Sign out')
        await visitor.open(`${new URL(link).origin}/sign-in`)
        await visitor.signIn('ada', NEW_PASSWORD)
        await visitor.look('mfa')
        await visitor.field('code').fill('000000')
        await visitor.press('Continue')
        await visitor.look('mfa-wrong')
        await visitor.page.getByRole('link', { name: 'Use a recovery code' }).click()
        await visitor.look('mfa-recovery')
        await visitor.field('code').fill(recoveryCode.toLowerCase())
        await visitor.press('Continue')
        expect(new URL(visitor.page.url()).pathname).toBe('/start')
        await visitor.open(link)
        expect(await visitor.heading()).toBe('There is nothing here')
      } finally {
        await fresh.stop()
      }
    })
  })

  test('what the policy forbids would have been noticed, also without JavaScript', async () => {
    const bare = await browser.visitor(false)
    await bare.page.route('**/planted', (route) =>
      route.fulfill({
        headers: { 'content-type': 'text/html', 'content-security-policy': "default-src 'none'; form-action 'self'" },
        body: '<!doctype html><h1>Planted</h1><p style="color:red">Red</p>',
      }),
    )
    await bare.open(`${server.origin}/planted`)
    await bare.page.waitForTimeout(200)
    expect(bare.faults.join()).toMatch(/content security policy/i)
    await bare.close()
  })

  test('a browser lets a form end at a client only where the policy of the page names it', async () => {
    const listener = await LoopbackListener.start('127.0.0.1')
    const strict = await browser.visitor(false)
    await strict.page.route('**/authorize?*', async (route) => {
      if (route.request().method() !== 'GET') return route.continue()
      const response = await route.fetch({ maxRedirects: 0 })
      const policy = response.headers()['content-security-policy'] ?? ''
      await route.fulfill({
        response,
        headers: { ...response.headers(), 'content-security-policy': policy.replace(/ http:\/\/127\.0\.0\.1:\d+/, '') },
      })
    })
    await strict.open(`${server.origin}/sign-in`)
    await strict.signIn('alice', PASSWORD)
    await strict.open(await authorizeUrl(listener.redirectUri))
    await strict.page.getByRole('button', { name: 'Allow' }).click()
    await strict.page.waitForTimeout(1000)
    expect(strict.faults.join()).toMatch(/form-action/)
    expect(listener.came).toEqual([])
    await strict.close()
    await listener.stop()
  })

  test('the stylesheet and the heaviest page stay small', async () => {
    const page = await (await fetch(`${server.origin}/sign-in`)).text()
    const path = /href="(\/assets-plain\/[^"]+)"/.exec(page)?.[1] ?? ''
    const stylesheet = await fetch(server.origin + path)
    expect(stylesheet.headers.get('cache-control')).toContain('immutable')
    expect(page.length + (await stylesheet.text()).length).toBeLessThan(HEAVIEST_PAGE)
  })
})

const credentialsOf = ({ clientId, clientSecret }: Record<string, string>) => ({ clientId, clientSecret })
