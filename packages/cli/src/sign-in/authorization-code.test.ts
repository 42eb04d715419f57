import { createHash } from 'node:crypto'
import { minutes } from '@mayfly/identity-center/duration'
import { TestClock } from '@mayfly/identity-center/testing/test-clock'
import { TestRandom } from '@mayfly/identity-center/testing/test-random'
import { expect, test } from 'vitest'
import type { Callback } from '../machine/loopback.ts'
import { Interrupted } from '../machine/question.ts'
import { createTestMachine } from '../testing/test-machine.ts'
import { type Answers, createTestOidc, QUIET_PAGE } from '../testing/test-oidc.ts'
import { authorizationUrl, createCodeVerifier, signInWithAuthorizationCode, WantsCode } from './authorization-code.ts'
import type { SignIn } from './issued-token.ts'
import type { ByHand, SignInPage } from './shown-page.ts'

const START_URL = 'https://d-9067aaaaaa.awsapps.com/start'
const REGISTRATION = '~/.aws/sso/cache/24dacaeaf7ecc7fd1802c1de8e861d8df5186b30.json'

function begin(answers: Answers = {}, more: Partial<SignIn> = {}, files: Record<string, string> = {}) {
  const clock = new TestClock('2026-11-21T01:30:00Z')
  const events: string[] = []
  const { promise: callback, resolve: comeBack } = Promise.withResolvers<Callback>()
  const states: string[] = []
  const machine = {
    ...createTestMachine({ clock, files }),
    loopback: {
      async listen({ state }: { state: string }) {
        events.push('listens')
        states.push(state)
        const close = async () => void events.push('closed')
        return { redirectUri: 'http://127.0.0.1:40000/oauth/callback', callback, close }
      },
    },
  }
  const client = createTestOidc(answers)
  const pages: SignInPage[] = []
  const { promise: byHand, resolve: bring, reject: interrupt } = Promise.withResolvers<ByHand>()
  const token = signInWithAuthorizationCode(machine, {
    client: {
      ...client,
      call(operation, input) {
        events.push(operation)
        return client.call(operation, input)
      },
    },
    sso: { sessionName: 'my-sso', startUrl: START_URL, region: 'us-east-1', registrationScopes: 'sso:account:access' },
    issuerUrl: START_URL,
    pages: client.endpoint,
    show: (page) => {
      events.push('shows')
      pages.push(page)
      return { byHand, close: async () => void events.push('tidied') }
    },
    ...more,
  })
  token.catch(() => undefined)
  const shown = async (): Promise<URL> => {
    await expect.poll(() => pages.length).toBe(1)
    return new URL(pages[0]?.grant === 'authorization_code' ? pages[0].url : '')
  }
  return { machine, clock, client, events, states, comeBack, bring, interrupt, token, shown }
}

test('the address names its parameters in order, and only unreserved characters stand for themselves', () => {
  const url = authorizationUrl({
    pages: 'https://oidc.us-east-1.amazonaws.com',
    clientId: "a!'()*b",
    redirectUri: 'http://127.0.0.1:4000/oauth/callback',
    state: 'st',
    scopes: ['sso:account:access', 'codewhisperer:completions'],
    codeChallenge: 'ch',
  })
  expect(url).toBe(
    'https://oidc.us-east-1.amazonaws.com/authorize?response_type=code&client_id=a%21%27%28%29%2Ab' +
      '&redirect_uri=http%3A%2F%2F127.0.0.1%3A4000%2Foauth%2Fcallback&state=st&code_challenge_method=S256' +
      '&scopes=sso%3Aaccount%3Aaccess%20codewhisperer%3Acompletions&code_challenge=ch',
  )
})

test('a code verifier has 64 unreserved characters', () => {
  expect(createCodeVerifier(new TestRandom())).toMatch(/^[A-Za-z0-9\-._~]{64}$/)
})

test('what the person brings by hand counts as the visit of the browser, and the port is closed', async () => {
  const { events, bring, token, shown, client } = begin()
  await shown()
  bring({ is: 'callback', callback: { answer: 'code', code: 'by-hand' } })
  await expect(token).resolves.toMatchObject({ accessToken: 'access-1' })
  expect(client.asked.at(-1)?.[1]).toMatchObject({ code: 'by-hand' })
  expect(events.slice(-3)).toEqual(['tidied', 'CreateToken', 'closed'])
})

test('of the browser and the person only the first one counts', async () => {
  for (const first of ['browser', 'person'] as const) {
    const { bring, comeBack, token, shown, client } = begin()
    await shown()
    const byBrowser = () => comeBack({ answer: 'code', code: 'browser' })
    const byPerson = () => bring({ is: 'callback', callback: { answer: 'code', code: 'person' } })
    for (const come of first === 'browser' ? [byBrowser, byPerson] : [byPerson, byBrowser]) come()
    await token
    expect(client.asked.filter(([operation]) => operation === 'CreateToken')).toHaveLength(1)
  }
})

test('an error in a pasted address is told as one that the browser brings', async () => {
  const { bring, token, shown } = begin()
  await shown()
  bring({ is: 'callback', callback: { answer: 'error', error: 'access_denied', description: 'no' } })
  await expect(token).rejects.toThrow('The server said: access_denied: no')
})

test('who would rather have a code gets no further here, and nothing stays open', async () => {
  const { bring, token, shown, events } = begin()
  await shown()
  bring({ is: 'wants a code' })
  await expect(token).rejects.toBeInstanceOf(WantsCode)
  expect(events.slice(-2)).toEqual(['tidied', 'closed'])
})

test('Ctrl-C at the terminal ends it, and nothing stays open', async () => {
  const { interrupt, token, shown, events } = begin()
  await shown()
  interrupt(new Interrupted())
  await expect(token).rejects.toBeInstanceOf(Interrupted)
  expect(events.slice(-2)).toEqual(['tidied', 'closed'])
})

test('the port is open before the browser is, and closed at the end', async () => {
  const { events, comeBack, token, shown } = begin()
  await shown()
  comeBack({ answer: 'code', code: 'c1' })
  await token
  expect(events).toEqual(['listens', 'RegisterClient', 'shows', 'tidied', 'CreateToken', 'closed'])
})

test('the code is redeemed with the verifier whose challenge the page was given', async () => {
  const { client, comeBack, token, shown, states } = begin()
  const url = await shown()
  comeBack({ answer: 'code', code: 'c1' })
  await expect(token).resolves.toMatchObject({ accessToken: 'access-1', expiresAt: new Date('2026-11-21T09:30:00Z') })
  const redeemed = client.asked.at(-1)?.[1] ?? {}
  const { codeVerifier, ...rest } = redeemed
  expect(rest).toEqual({
    grantType: 'authorization_code',
    clientId: 'client-1',
    clientSecret: 'secret-1',
    redirectUri: 'http://127.0.0.1:40000/oauth/callback',
    code: 'c1',
  })
  const challenge = createHash('sha256').update(String(codeVerifier)).digest('base64url')
  expect(url.searchParams.get('code_challenge')).toBe(challenge)
  expect(states).toEqual([url.searchParams.get('state')])
})

test('who does not come back within ten minutes is told to start again, and the port is closed', async () => {
  const { clock, token, shown, events, machine } = begin()
  await shown()
  await clock.advance(minutes(9.9))
  expect(events).not.toContain('closed')
  await clock.advance(minutes(0.1))
  await expect(token).rejects.toMatchObject({ message: expect.stringContaining('has expired') })
  expect(events.at(-1)).toBe('closed')
  expect(machine.text(REGISTRATION)).toBeUndefined()
})

test('a no from the server is told in its own words, without what could move the cursor', async () => {
  const { comeBack, token, shown } = begin()
  await shown()
  comeBack({ answer: 'error', error: 'access_denied', description: 'No\u001b[2J access' })
  await expect(token).rejects.toMatchObject({
    code: 'forbidden',
    message: expect.stringContaining('access_denied: No [2J access'),
    hint: 'Run: mayfly sso login --sso-session my-sso',
  })
})

test('a code that has expired says to start again; any other refusal stays the service’s own', async () => {
  const expired = begin({ CreateToken: ['ExpiredTokenException'] })
  expired.comeBack({ answer: 'code', code: 'c1' })
  await expect(expired.token).rejects.toMatchObject({ message: expect.stringContaining('has expired') })
  const used = begin({ CreateToken: ['InvalidGrantException'] })
  used.comeBack({ answer: 'code', code: 'c1' })
  await expect(used.token).rejects.toMatchObject({ name: 'InvalidGrantException' })
})

test('when no port can be had, the device code is offered', async () => {
  const machine = {
    ...createTestMachine(),
    loopback: { listen: () => Promise.reject(new Error('listen EACCES')) },
  }
  const client = createTestOidc()
  const sso = { sessionName: 'my-sso', startUrl: START_URL, region: 'us-east-1' }
  const signIn = { client, sso, issuerUrl: START_URL, pages: client.endpoint, show: () => QUIET_PAGE }
  await expect(signInWithAuthorizationCode(machine, signIn)).rejects.toMatchObject({
    message: 'Unable to initialize the OAuth 2.0 authorization callback handler: listen EACCES',
    hint: 'Sign in with a code instead: mayfly sso login --use-device-code',
  })
  expect(client.asked).toEqual([])
})

test('a cached registration that our own server refuses is replaced before anybody sees a page', async () => {
  const cached = {
    clientId: 'old',
    clientSecret: 'old',
    expiresAt: '2027-01-01T00:00:00Z',
    grantTypes: ['authorization_code', 'refresh_token'],
  }
  const files = { [REGISTRATION]: JSON.stringify(cached) }
  const refused = begin({}, { findStatus: async () => 400 }, files)
  expect((await refused.shown()).searchParams.get('client_id')).toBe('client-1')
  const known = begin({}, { findStatus: async () => 303 }, files)
  expect((await known.shown()).searchParams.get('client_id')).toBe('old')
  const silent = begin({}, {}, files)
  expect((await silent.shown()).searchParams.get('client_id')).toBe('old')
})
