import { type Duration, hours, minutes, seconds } from '@mayfly/identity-center/duration'
import { TestClock } from '@mayfly/identity-center/testing/test-clock'
import { loadModel } from '@mayfly/wire/model/models'
import { beforeAll, expect, test } from 'vitest'
import type { AgentAnswer } from '../hot/agent-call.ts'
import type { HttpRequest, HttpResponse } from '../machine/http.ts'
import { tokenFileName } from '../sign-in/token-cache.ts'
import { createTestMachine, jsonAnswer } from '../testing/test-machine.ts'
import { createAgent } from './agent.ts'
import type { AgentStatus } from './client.ts'

// Read once before: what comes from the real disk does not wait for the clock of a test.
beforeAll(async () => {
  await Promise.all([loadModel('sso'), loadModel('sso-oidc'), import('../machine/connection.ts')])
})

const START = new Date('2026-11-21T08:00:00Z')
const TOKEN_FILE = `~/.aws/sso/cache/${tokenFileName({ sessionName: 'corp', startUrl: '' })}`
const CONFIG = `[sso-session corp]
sso_start_url = https://d-1234567890.awsapps.com/start
sso_region = us-east-1
sso_registration_scopes = sso:account:access
`

const at = (length: Duration): string => new Date(START.getTime() + length).toISOString().replace('.000', '')

const token = (accessToken: string, lasts: Duration): string =>
  JSON.stringify({
    ...{ startUrl: 'https://d-1234567890.awsapps.com/start', region: 'us-east-1', accessToken, expiresAt: at(lasts) },
    ...{ clientId: 'c', clientSecret: 's', registrationExpiresAt: at(hours(2000)), refreshToken: 'r' },
  })

/** An agent at eight o'clock, signed in for an hour; roles last an hour, refreshed tokens an hour. */
function agentAtWork({ lasts = hours(1) }: { readonly lasts?: Duration } = {}) {
  const clock = new TestClock(START)
  let isReachable = true
  let refreshes = true
  const asked: string[] = []
  const answer = async (request: HttpRequest): Promise<HttpResponse> => {
    const { pathname, searchParams } = new URL(request.url)
    asked.push(pathname === '/token' ? 'refresh' : `role ${searchParams.get('role_name')}`)
    if (!isReachable) throw new (await import('../machine/connection.ts')).ConnectionRefusal('no network')
    if (pathname === '/token') {
      if (!refreshes) return jsonAnswer(400, { error: 'invalid_grant' }, 'InvalidGrantException')
      return jsonAnswer(200, { accessToken: `access-${asked.length}`, expiresIn: 3600, refreshToken: 'r2' })
    }
    const expiration = clock.now().getTime() + hours(1)
    return jsonAnswer(200, {
      roleCredentials: { accessKeyId: `ASIA${asked.length}`, secretAccessKey: 's', sessionToken: 't', expiration },
    })
  }
  const machine = createTestMachine({
    clock,
    files: { '~/.aws/config': CONFIG, [TOKEN_FILE]: token('access-0', lasts) },
    answer,
  })
  const agent = createAgent(machine, '1.0.0')
  let isFound = true
  let ended = false
  const life = agent.live({ pid: 7, isFound: () => isFound, tidy: () => undefined }).then(() => {
    ended = true
  })
  const ask = async (roleName = 'ReadOnly', surroundings = '\u001f\u001f\u001f\u001f'): Promise<AgentAnswer> =>
    (await agent.handle(['credentials', 'corp', '111122223333', roleName, surroundings])) as AgentAnswer
  return {
    ...{ agent, ask, asked, clock, machine, life },
    keyOf: async (roleName?: string): Promise<string> => JSON.parse((await ask(roleName)).text).AccessKeyId,
    status: async (): Promise<AgentStatus> => JSON.parse(((await agent.handle(['status'])) as AgentAnswer).text),
    hasEnded: () => ended,
    lose: () => {
      isFound = false
    },
    network: (state: boolean) => {
      isReachable = state
    },
    endSession: () => {
      refreshes = false
    },
  }
}

test('two that ask at once cause one question, and later ones none', async () => {
  const { ask, asked, clock } = agentAtWork()
  const [one, other] = await Promise.all([ask(), ask()])
  expect(one).toEqual(other)
  await clock.advance(minutes(30))
  await ask()
  expect(asked).toEqual(['role ReadOnly'])
})

test('a role that was asked for is renewed before less than a quarter of an hour is left', async () => {
  const { keyOf, asked, clock } = agentAtWork({ lasts: hours(9) })
  const first = await keyOf()
  await clock.advance(minutes(41))
  expect(asked).toEqual(['role ReadOnly', 'role ReadOnly'])
  const renewed = await keyOf()
  expect(renewed).not.toBe(first)
  expect(asked).toHaveLength(2)
})

test('a session whose roles are asked for is refreshed ahead', async () => {
  const { ask, asked, clock } = agentAtWork()
  await ask()
  await clock.advance(minutes(41))
  expect(asked).toContain('refresh')
})

test('nobody asked for three hours: nothing is renewed any more', async () => {
  const { ask, asked, clock } = agentAtWork({ lasts: hours(9) })
  await ask()
  await clock.advance(hours(3))
  const sofar = asked.length
  await clock.advance(hours(2))
  expect(asked).toHaveLength(sofar)
})

test('after a sleep the first question is answered by the wall clock, not by what was held', async () => {
  const { keyOf, clock } = agentAtWork({ lasts: hours(9) })
  const first = await keyOf()
  // A laptop that slept: no timer ran meanwhile.
  clock.jump(new Date(START.getTime() + minutes(50)))
  expect(await keyOf()).not.toBe(first)
})

test('without a network it tries again ever more rarely, and what it holds is handed out meanwhile', async () => {
  const { keyOf, ask, asked, clock, network } = agentAtWork({ lasts: hours(9) })
  const first = await keyOf()
  network(false)
  await clock.advance(minutes(43))
  expect(await keyOf()).toBe(first)
  expect(asked.length).toBeLessThan(6)
  await clock.advance(minutes(17))
  expect((await ask()).answer).toBe('no')
  expect(asked.length).toBeLessThan(14)
  network(true)
  await clock.advance(seconds(1))
  expect((await ask()).answer).toBe('ok')
})

test('whoever signs out gets nothing more, and whoever signs in what belongs to that', async () => {
  const { keyOf, ask, machine } = agentAtWork()
  const first = await keyOf()
  const place = TOKEN_FILE.replace('~', machine.home)
  await machine.files.delete(place)
  for (const name of await machine.files.list(`${machine.home}/.aws/cli/cache`)) {
    await machine.files.delete(`${machine.home}/.aws/cli/cache/${name}`)
  }
  expect(await ask()).toMatchObject({ answer: 'no' })
  await machine.files.write(place, token('another', hours(1)))
  expect(await keyOf()).not.toBe(first)
})

test('it answers only who has the same surroundings, and only sessions of the config', async () => {
  const { agent, ask, asked } = agentAtWork()
  expect(await ask('ReadOnly', '/other/config\u001f\u001f\u001f\u001f')).toEqual({
    answer: 'no',
    text: 'other-surroundings',
  })
  const unknown = await agent.handle(['credentials', 'nobodys', '1', 'R', '\u001f\u001f\u001f\u001f'])
  expect(unknown).toMatchObject({ answer: 'no' })
  expect(agent.handle(['no-such-verb'])).toBeUndefined()
  expect(asked).toEqual([])
})

test('status names sessions with their end and roles, and a session that ends says why', async () => {
  const { ask, clock, endSession, status } = agentAtWork()
  await ask()
  expect(await status()).toEqual({
    ...{ pid: 7, version: '1.0.0', startedAt: at(seconds(0)), holdsDataKey: false },
    sessions: [
      {
        name: 'corp',
        startUrl: 'https://d-1234567890.awsapps.com/start',
        tokenEndsAt: at(hours(1)),
        endsAt: at(hours(2000)),
      },
    ],
    roles: [
      {
        ...{ sessionName: 'corp', accountId: '111122223333', roleName: 'ReadOnly' },
        ...{ endsAt: at(hours(1)), lastAskedAt: at(seconds(0)) },
      },
    ],
  })
  endSession()
  await clock.advance(minutes(45))
  expect((await status()).sessions).toMatchObject([{ endsAt: at(hours(1)), problem: expect.stringContaining('token') }])
})

test('idle for an hour with nothing left alive, it leaves; with something alive it stays', async () => {
  const { ask, clock, hasEnded, endSession } = agentAtWork()
  endSession()
  await ask()
  await clock.advance(minutes(59))
  expect(hasEnded()).toBe(false)
  await clock.advance(hours(2))
  expect(hasEnded()).toBe(true)
})

test('idle for twelve hours it leaves whatever is alive', async () => {
  const { ask, clock, hasEnded } = agentAtWork({ lasts: hours(100) })
  await ask()
  await clock.advance(hours(11))
  expect(hasEnded()).toBe(false)
  await clock.advance(hours(2))
  expect(hasEnded()).toBe(true)
})

test('told to stop, or found no more, it ends at once and within half a minute', async () => {
  const told = agentAtWork()
  expect(told.agent.handle(['stop'])).toEqual({ answer: 'ok', text: '' })
  await told.life
  const lost = agentAtWork()
  lost.lose()
  await lost.clock.advance(seconds(31))
  expect(lost.hasEnded()).toBe(true)
})
