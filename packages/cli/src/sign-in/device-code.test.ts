import { seconds } from '@mayfly/identity-center/duration'
import { TestClock } from '@mayfly/identity-center/testing/test-clock'
import { expect, test } from 'vitest'
import { createTestMachine } from '../testing/test-machine.ts'
import { type Answers, createTestOidc, DEVICE, QUIET_PAGE, REGISTERED, TOKEN } from '../testing/test-oidc.ts'
import { signInWithDeviceCode } from './device-code.ts'
import type { SignInPage } from './shown-page.ts'

const START_URL = 'https://d-9067aaaaaa.awsapps.com/start'

function begin(answers: Answers, files: Record<string, string> = {}) {
  const clock = new TestClock('2026-11-21T01:30:00Z')
  const machine = createTestMachine({ clock, files })
  const client = createTestOidc({ StartDeviceAuthorization: [DEVICE], ...answers })
  const pages: SignInPage[] = []
  const token = signInWithDeviceCode(machine, {
    client,
    sso: { sessionName: 'my-sso', startUrl: START_URL, region: 'us-east-1', registrationScopes: 'sso:account:access' },
    issuerUrl: START_URL,
    pages: client.endpoint,
    show: (page) => {
      pages.push(page)
      return QUIET_PAGE
    },
  })
  token.catch(() => undefined)
  const polls = () => client.asked.filter(([operation]) => operation === 'CreateToken').length
  return { machine, clock, client, pages, token, polls }
}

const PENDING = 'AuthorizationPendingException'
const settled = () => new Promise((resolve) => setTimeout(resolve, 5))

test('it polls once before the code is shown and once at once after, then waits the interval each time', async () => {
  const { clock, pages, token, polls } = begin({ CreateToken: [PENDING, PENDING, PENDING, TOKEN] })
  await settled()
  expect(polls()).toBe(2)
  expect(pages).toEqual([expect.objectContaining({ grant: 'device_code', userCode: 'ABCD-EFGH' })])
  await clock.advance(seconds(1))
  expect(polls()).toBe(3)
  await clock.advance(seconds(1))
  await expect(token).resolves.toMatchObject({ accessToken: 'access-1', refreshToken: 'refresh-1' })
})

test('a client that was approved before shows no code', async () => {
  const { pages, token } = begin({})
  await token
  expect(pages).toEqual([])
})

test('slow_down makes every later wait five seconds longer', async () => {
  const { clock, token, polls } = begin({ CreateToken: [PENDING, 'SlowDownException', PENDING, TOKEN] })
  await settled()
  await clock.advance(seconds(5))
  expect(polls()).toBe(2)
  await clock.advance(seconds(1))
  expect(polls()).toBe(3)
  await clock.advance(seconds(5))
  expect(polls()).toBe(3)
  await clock.advance(seconds(1))
  await token
  expect(polls()).toBe(4)
})

test('the token says when it ends by the clock of the answer, and whose registration it came from', async () => {
  const { token } = begin({})
  await expect(token).resolves.toEqual({
    startUrl: START_URL,
    region: 'us-east-1',
    accessToken: 'access-1',
    expiresAt: new Date('2026-11-21T09:30:00Z'),
    clientId: 'client-1',
    clientSecret: 'secret-1',
    registrationExpiresAt: new Date(1_803_000_000_000),
    refreshToken: 'refresh-1',
  })
})

test('a code that has expired says to start again', async () => {
  const { token } = begin({ CreateToken: [PENDING, 'ExpiredTokenException'] })
  await expect(token).rejects.toMatchObject({
    message: expect.stringContaining('has expired'),
    hint: 'Run: mayfly sso login --sso-session my-sso',
  })
})

test.each(['AccessDeniedException', 'InvalidGrantException', 'UnauthorizedClientException'])(
  '%s ends the sign-in at once',
  async (name) => {
    const { token, polls } = begin({ CreateToken: [PENDING, name] })
    await expect(token).rejects.toMatchObject({ name })
    expect(polls()).toBe(2)
  },
)

test('a server that does not say its interval is asked every five seconds', async () => {
  const { interval, ...silent } = DEVICE
  expect(interval).toBe(1)
  const { clock, polls } = begin({ StartDeviceAuthorization: [silent], CreateToken: [PENDING] })
  await settled()
  await clock.advance(seconds(4))
  expect(polls()).toBe(2)
  await clock.advance(seconds(1))
  expect(polls()).toBe(3)
})

test('a cached registration that the server does not know is replaced, once', async () => {
  const cached = {
    clientId: 'old',
    clientSecret: 'old',
    expiresAt: '2027-01-01T00:00:00Z',
    scopes: ['sso:account:access'],
  }
  const path = '~/.aws/sso/cache/24dacaeaf7ecc7fd1802c1de8e861d8df5186b30.json'
  const { client, token, machine } = begin(
    { StartDeviceAuthorization: ['InvalidClientException', DEVICE] },
    { [path]: JSON.stringify(cached) },
  )
  await token
  expect(client.asked.map(([operation, { clientId }]) => [operation, clientId])).toEqual([
    ['StartDeviceAuthorization', 'old'],
    ['RegisterClient', undefined],
    ['StartDeviceAuthorization', REGISTERED.clientId],
    ['CreateToken', REGISTERED.clientId],
  ])
  expect(JSON.parse(machine.text(path) ?? '')).toMatchObject({ clientId: 'client-1' })
})
