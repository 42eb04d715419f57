import { Refusal } from '@mayfly/identity-center/refusal'
import { expect, test } from 'vitest'
import type { HttpRequest, HttpResponse } from '../../machine/http.ts'
import { createTestMachine, jsonAnswer } from '../../testing/test-machine.ts'
import { NO_WORDS } from '../command.ts'
import { ssoLogout } from './logout.ts'

const token = (accessToken: string, more: object = {}) =>
  JSON.stringify({
    startUrl: 'https://d-1.awsapps.com/start',
    region: 'eu-west-1',
    accessToken,
    expiresAt: '2026-11-21T09:30:00Z',
    ...more,
  })

const FILES = {
  '~/.aws/sso/cache/a.json': token('one'),
  '~/.aws/sso/cache/b.json': token('two', { region: 'us-east-1' }),
  '~/.aws/sso/cache/c.json': token('three', { startUrl: 'http://127.0.0.1:7373/start' }),
  '~/.aws/sso/cache/d.json': JSON.stringify({ accessToken: 'no-region', expiresAt: '2026-11-21T09:30:00Z' }),
  '~/.aws/sso/cache/registration.json': JSON.stringify({ clientId: 'c', clientSecret: 's' }),
  '~/.aws/sso/cache/torn.json': '{"accessTo',
  '~/.aws/cli/cache/role.json': JSON.stringify({ ProviderType: 'sso', Credentials: {} }),
  '~/.aws/cli/cache/assumed.json': JSON.stringify({ Credentials: {} }),
  '~/.aws/cli/cache/session.db': 'SQLite',
}

async function logout(answer: (request: HttpRequest) => HttpResponse) {
  const machine = createTestMachine({ files: FILES, answer })
  const outcome = await ssoLogout.run({}, machine, NO_WORDS).catch((error: unknown) => error)
  return { machine, outcome, left: [...machine.disk.keys()].map((path) => path.replace('/home/alice/.aws/', '')) }
}

const LEFT = ['sso/cache/registration.json', 'sso/cache/torn.json', 'cli/cache/assumed.json', 'cli/cache/session.db']

test('each token is ended at the portal of its own region or start URL, and every secret leaves the disk', async () => {
  const { machine, outcome, left } = await logout(() => jsonAnswer(200, {}))
  expect(outcome).toBe(0)
  expect(machine.requests.map(({ method, url, headers }) => [method, url, headers['x-amz-sso_bearer_token']])).toEqual([
    ['POST', 'https://portal.sso.eu-west-1.amazonaws.com/logout', 'one'],
    ['POST', 'https://portal.sso.us-east-1.amazonaws.com/logout', 'two'],
    ['POST', 'http://127.0.0.1:7373/logout', 'three'],
  ])
  expect(left).toEqual(LEFT)
  expect(machine.stdout() + machine.stderr()).toBe('')
})

test('a token that the portal does not know any more is deleted all the same', async () => {
  const { outcome, left } = await logout(() => jsonAnswer(401, { message: 'no' }, 'UnauthorizedException'))
  expect(outcome).toBe(0)
  expect(left).toEqual(LEFT)
})

test('a portal that cannot be reached does not keep the others from being told, and is named in the end', async () => {
  const { machine, outcome, left } = await logout(({ url }) => {
    if (url.includes('eu-west-1')) throw new Refusal('invalid', 'Could not connect to the endpoint URL: "x"')
    return jsonAnswer(200, {})
  })
  expect(machine.requests).toHaveLength(3)
  expect(left).toEqual(LEFT)
  expect(outcome).toBeInstanceOf(Refusal)
  expect(outcome).toMatchObject({
    message: expect.stringContaining('https://d-1.awsapps.com/start (until 2026-11-21T09:30:00Z)'),
    hint: expect.stringContaining('access portal'),
  })
})
