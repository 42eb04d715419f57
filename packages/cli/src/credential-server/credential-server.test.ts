import { Refusal } from '@mayfly/identity-center/refusal'
import { ServiceException } from '@mayfly/wire/model/service-exception'
import { expect, test } from 'vitest'
import { SignInRequired } from '../sign-in/sign-in-required.ts'
import { createTestMachine } from '../testing/test-machine.ts'
import { testWebServer } from '../testing/test-web-server.ts'
import { type Access, type CredentialProvider, serveClients, startCredentialServer } from './credential-server.ts'

const KEYS = {
  accessKeyId: 'ASIA1',
  secretAccessKey: 'secret',
  sessionToken: 'token',
  expiration: new Date('2026-11-21T02:30:00.789Z'),
}

async function serve(provider: CredentialProvider = async () => KEYS) {
  const webServer = testWebServer()
  const machine = { ...createTestMachine(), webServer }
  const accesses: Access[] = []
  const server = await serveClients(
    machine,
    [
      { name: 'web', provider },
      { name: 'a b', provider, token: 'own' },
    ],
    { onAccess: (access) => accesses.push(access) },
  )
  const [web] = server.clients
  const ask = (headers: Record<string, string> = {}, target = '/credentials/web', method = 'GET') => {
    const all = { host: `127.0.0.1:${server.port}`, authorization: web?.token ?? '', ...headers }
    const lists = Object.fromEntries(Object.entries(all).map(([name, value]) => [name, [value]]))
    return webServer.ask(server.port, { method, target, headers: lists })
  }
  return { server, ask, accesses, webServer }
}

test('each client has an address and a token of its own, and what it gets has the form that every SDK reads', async () => {
  const { server, ask } = await serve()
  expect(server.clients).toMatchObject([
    { name: 'web', url: `${server.url}/credentials/web`, token: expect.stringMatching(/^[\w-]{43}$/) },
    { name: 'a b', url: `${server.url}/credentials/a%20b`, token: 'own' },
  ])
  const { status, headers, body } = await ask()
  expect(status).toBe(200)
  expect(headers).toMatchObject({ 'Content-Type': 'application/json', 'Cache-Control': 'no-store' })
  expect(JSON.parse(body)).toEqual({
    AccessKeyId: 'ASIA1',
    SecretAccessKey: 'secret',
    Token: 'token',
    Expiration: '2026-11-21T02:30:00Z',
  })
  expect((await ask({ authorization: 'own' })).status).toBe(401)
  expect((await ask({ authorization: 'own' }, '/credentials/a%20b')).status).toBe(200)
})

test('keys that have no end are said to have one, because every SDK wants one', async () => {
  const { ask } = await serve(async () => ({ accessKeyId: 'AKIA1', secretAccessKey: 'secret' }))
  expect(JSON.parse((await ask()).body)).toMatchObject({ Token: '', Expiration: '2026-11-21T02:30:00Z' })
})

test('another authority is answered once it is admitted: the far end of a forwarded port', async () => {
  const { server, ask } = await serve()
  expect((await ask({ host: '127.0.0.1:4711' })).status).toBe(403)
  server.admit('127.0.0.1:4711')
  expect((await ask({ host: '127.0.0.1:4711' })).status).toBe(200)
})

test.each([
  [{ 'sec-fetch-mode': 'cors' }, 200],
  [{ 'sec-fetch-mode': 'no-cors' }, 403],
  [{ 'sec-fetch-mode': 'navigate' }, 403],
  [{ 'sec-fetch-mode': 'cors', 'sec-fetch-site': 'none' }, 403],
  [{ 'sec-fetch-mode': 'cors', 'sec-fetch-site': 'same-origin' }, 403],
  [{ 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' }, 403],
  [{ 'sec-fetch-mode': 'cors', 'sec-ch-ua': '"Chromium"' }, 403],
  [{ 'sec-fetch-mode': 'cors', origin: 'http://127.0.0.1' }, 403],
  [{ 'sec-fetch-mode': 'cors', referer: 'http://evil.example/' }, 403],
  [{ 'sec-fetch-mode': 'cors', cookie: 'a=b' }, 403],
  [{ 'sec-fetch-site': 'none' }, 403],
] as readonly (readonly [Record<string, string>, number])[])(
  'fetch of Node is a program, a browser is none: %j',
  async (headers, status) => {
    const { ask } = await serve()
    expect((await ask(headers)).status).toBe(status)
  },
)

test('an access is told with its client and its end, and with no secret', async () => {
  const { ask, accesses } = await serve()
  await ask()
  await ask({ authorization: 'wrong-secret' })
  expect(accesses).toMatchObject([{ client: 'web', status: 200 }, { status: 401 }])
  expect(JSON.stringify(accesses)).not.toMatch(/wrong-secret|ASIA1|"token"/)
})

test.each([
  [new SignInRequired('expired', 'Run: mayfly sso login'), 403, 'SignInRequired', 'Run: mayfly sso login'],
  [
    new ServiceException('ForbiddenException', 'No access', { statusCode: 403 }),
    403,
    'ForbiddenException',
    'No access',
  ],
  [
    new ServiceException('TooManyRequestsException', 'Slow down', { statusCode: 429 }),
    503,
    'TooManyRequestsException',
    '',
  ],
  [new ServiceException('InternalFailure', 'Oops', { statusCode: 500 }), 503, 'InternalFailure', 'Oops'],
  [new Refusal('not-found', 'No profile\u001b[2J'), 403, 'NoCredentials', 'No profile [2J'],
  [new Refusal('invalid', 'Could not connect'), 503, 'Unavailable', 'Could not connect'],
])('a failure is told in both spellings: %s', async (error, status, code, words) => {
  const { ask } = await serve(() => Promise.reject(error))
  const answer = await ask()
  expect(answer.status).toBe(status)
  const { code: small, message, Code, Message } = JSON.parse(answer.body) as Record<string, string>
  expect([small, Code]).toEqual([code, code])
  expect(message).toContain(words)
  expect(Message).toBe(message)
})

test('what nobody foresaw is told at the terminal alone', async () => {
  const { ask, accesses } = await serve(() => Promise.reject(new Error('EIO: /home/alice/.aws')))
  const { status, body } = await ask()
  expect(status).toBe(502)
  expect(body).not.toContain('alice')
  expect(accesses[0]?.problem).toContain('EIO')
})

test('one client is served with an address and a token, until it is closed', async () => {
  const webServer = testWebServer()
  const machine = { ...createTestMachine(), webServer }
  const { url, token, close } = await startCredentialServer(machine, async () => KEYS)
  const { host, port, pathname } = new URL(url)
  const ask = () => webServer.ask(Number(port), { target: pathname, headers: { host: [host], authorization: [token] } })
  expect((await ask()).status).toBe(200)
  await close()
  await expect(ask()).rejects.toThrow('ECONNREFUSED')
})
