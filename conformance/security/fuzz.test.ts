/** Anything, sent anywhere: no fault, no wait, no growth, and a server that goes on answering. */

import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { alice } from '../harness/example.ts'
import { ServerProcess } from '../harness/server-process.ts'
import { ask, Callback, type Client, obtainTokens, Person, signIn } from './attacker.ts'

const PATHS = [
  '/',
  '/start',
  '/start/',
  '/healthz',
  '/assets/x',
  '/sign-in',
  '/sign-in/mfa',
  '/sign-in/mfa/register',
  '/sign-in/forgot-password',
  '/sign-in/first',
  '/metrics',
  '/sign-out',
  '/authorize',
  '/device',
  '/link/x',
  '/portal/me',
  '/portal/sessions',
  '/portal/sessions/x',
  '/portal/clients/x',
  '/portal/password',
  '/portal/mfa-devices',
  '/portal/mfa-devices/confirm',
  '/portal/mfa-devices/x',
  '/portal/mfa-devices/x/resync',
  '/portal/recovery-codes',
  '/client/register',
  '/device_authorization',
  '/token',
  '/token?aws_iam=t',
  '/assignment/accounts',
  '/assignment/roles',
  '/federation/credentials',
  '/logout',
  '/~aws',
]
const NAMES = [
  'account_id',
  'role_name',
  'max_result',
  'next_token',
  'clientId',
  'clientSecret',
  'clientName',
  'clientType',
  'scopes',
  'redirectUris',
  'issuerUrl',
  'grantType',
  'code',
  'deviceCode',
  'refreshToken',
  'codeVerifier',
  'redirectUri',
  'startUrl',
  'Action',
  'Version',
  'AccessKeyId',
  'userName',
  'password',
  'next',
  'user_code',
  'decision',
  'client_id',
  'redirect_uri',
  'state',
  '__proto__',
  'constructor',
]
const TYPES = [
  'application/json',
  'application/x-amz-json-1.1',
  'application/x-www-form-urlencoded',
  'text/plain',
  'multipart/form-data',
  'application/json; charset=utf-16',
]

let server: ServerProcess
let client: Client
let cookie: string
let token: string
let antiForgery: string

beforeAll(async () => {
  server = await ServerProcess.start()
  const person = new Person()
  await signIn(person, server.origin, alice)
  const callback = await Callback.start()
  const obtained = await obtainTokens(server.origin, person, callback)
  callback.stop()
  client = obtained.client
  token = obtained.tokens.accessToken
  cookie = [...person.cookies(server.origin)].map(([name, value]) => `${name}=${value}`).join('; ')
  antiForgery = JSON.parse((await person.open(`${server.origin}/portal/me`)).html).antiForgeryToken
})
afterAll(() => server.stop())

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    '',
    '\u0000',
    '\ud800',
    '../../etc/passwd',
    '%00',
    '%',
    "'; drop table users; --",
    '{{7*7}}',
    '-1',
    '1e309',
  ),
  fc.string({ minLength: 3000, maxLength: 6000 }),
)
const known = fc.constantFrom(
  ['clientId', () => client.clientId],
  ['clientSecret', () => client.clientSecret],
  ['grantType', () => 'refresh_token'],
  ['grantType', () => 'authorization_code'],
  ['clientType', () => 'public'],
  ['account_id', () => '222233334444'],
  ['antiForgery', () => antiForgery],
) as fc.Arbitrary<readonly [string, () => string]>
const members = fc.array(
  fc.oneof(
    known.map(([name, value]) => [name, value()] as const),
    fc.tuple(fc.constantFrom(...NAMES), fc.oneof(text, fc.jsonValue({ maxDepth: 2 }))),
  ),
  { maxLength: 6 },
)
const asForm = (pairs: readonly (readonly [string, unknown])[]): string =>
  pairs
    .map(
      ([name, value]) =>
        `${name}=${encodeURIComponent((typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).toWellFormed())}`,
    )
    .join('&')
const body = fc.oneof(
  members.map((pairs) => JSON.stringify(Object.fromEntries(pairs))),
  members.map(
    (pairs) =>
      `{${pairs.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value) ?? 'null'}`).join(',')}}`,
  ),
  members.map(asForm),
  fc.json({ maxDepth: 4 }),
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  fc.constant('{"__proto__":{"admin":true},"constructor":{"prototype":{"admin":true}}}'),
)
// What a client library lets through: a raw byte below a blank never gets as far as the server's parser.
const headerText = text.map((value) =>
  Buffer.from(value.slice(0, 2000))
    .toString('latin1')
    .replace(/[^\t\x20-\x7e\x80-\xff]/g, ''),
)
const headers = fc.record(
  {
    'content-type': fc.oneof(fc.constantFrom(...TYPES), headerText),
    cookie: fc.oneof(fc.constant('alice'), headerText),
    'x-amz-sso_bearer_token': fc.oneof(fc.constant('token'), headerText),
    'x-mayfly-anti-forgery': fc.oneof(fc.constant('right'), headerText),
    'x-amz-target': fc.oneof(
      fc.constantFrom('SWBExternalService.ListInstances', 'AWSIdentityStore.ListUsers'),
      headerText,
    ),
    authorization: fc.oneof(
      fc.constant('AWS4-HMAC-SHA256 Credential=a/20260101/b/sts/aws4_request, SignedHeaders=host, Signature=0'),
      headerText,
    ),
    'x-amz-date': fc.oneof(fc.constant('20260101T000000Z'), headerText),
    'x-amz-security-token': headerText,
    'user-agent': headerText,
    'accept-encoding': headerText,
    'transfer-encoding': fc.constant('chunked'),
  },
  { requiredKeys: [] },
)
const requests = fc.record({
  method: fc.constantFrom('GET', 'POST', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'),
  path: fc.constantFrom(...PATHS),
  tail: fc.oneof(
    fc.constant(''),
    text.map((value) => `/${encodeURIComponent(value.toWellFormed())}`),
  ),
  query: fc.oneof(fc.constant(''), members.map(asForm)),
  headers,
  body,
})
type Sent = typeof requests extends fc.Arbitrary<infer Value> ? Value : never

const residentMegabytes = (): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))?.[1]) / 1024

function send({ method, path, tail, query, headers: chosen, body: content }: Sent) {
  const right: Record<string, string> = {}
  for (const [name, value] of Object.entries(chosen)) if (value !== undefined) right[name] = value
  if (right['cookie'] === 'alice') right['cookie'] = cookie
  if (right['x-amz-sso_bearer_token'] === 'token') right['x-amz-sso_bearer_token'] = token
  if (right['x-mayfly-anti-forgery'] === 'right') right['x-mayfly-anti-forgery'] = antiForgery
  const address =
    `${path}${tail}`.slice(0, 7000) + (query === '' ? '' : `${path.includes('?') ? '&' : '?'}${query.slice(0, 7000)}`)
  // A GET with a body is odd, and as welcome as any other.
  return ask(server.origin, address, { method, headers: right, body: content })
}

/** Logging out is no accident of a fuzzer: it would make every later request a stranger's. */
const keepsAlice = ({ method, path }: Sent): boolean =>
  !(path === '/logout' || path === '/sign-out' || (method !== 'GET' && path === '/portal/password'))

test('no request makes a fault, however it is put together', async () => {
  const before = residentMegabytes()
  await fc.assert(
    fc.asyncProperty(fc.array(requests.filter(keepsAlice), { minLength: 8, maxLength: 8 }), async (together) => {
      const answers = await Promise.all(
        together.map((request) =>
          send(request).catch((error: Error & { code?: string }) => {
            // The server may refuse to read on: then it closes, and says so before.
            if (/^(ECONNRESET|EPIPE|HPE_)/.test(error.code ?? '')) return undefined
            throw error
          }),
        ),
      )
      for (const [index, answer] of answers.entries()) {
        if (answer && answer.status >= 500 && answer.status !== 501) {
          throw new Error(
            `${answer.status} to ${JSON.stringify(together[index]).slice(0, 3000)}: ${answer.body.slice(0, 300)}`,
          )
        }
        expect(answer?.body ?? '').not.toMatch(/node_modules|\.ts:\d+|at async /)
      }
    }),
    {
      numRuns: 150,
      interruptAfterTimeLimit: 15_000,
      seed: 20_261_121,
      endOnFailure: true,
      // What was sent fills screens; the error names the one that matters.
      reporter: ({ failed, seed, errorInstance }) => {
        if (failed) throw new Error(`seed ${seed}: ${String(errorInstance).slice(0, 4000)}`)
      },
    },
  )
  expect((await ask(server.origin, '/healthz')).status).toBe(200)
  expect((await ask(server.origin, '/portal/me', { headers: { cookie } })).status).toBe(200)
  expect(residentMegabytes() - before).toBeLessThan(250)
  expect(server.output).not.toMatch(/"level":"error"/)
})
