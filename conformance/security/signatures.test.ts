/** Signatures of role credentials: smuggled headers, foreign scopes, foreign keys, changed tokens, old and future dates. */

import { afterAll, beforeAll, expect, test } from 'vitest'
import { alice } from '../harness/example.ts'
import { ServerProcess } from '../harness/server-process.ts'
import { ask, Callback, obtainTokens, Person, type RoleKeys, signIn, takeRole } from './attacker.ts'
import { identify, presign } from './signing.ts'

let server: ServerProcess
let origin: string
let keys: RoleKeys
let others: RoleKeys

beforeAll(async () => {
  server = await ServerProcess.start()
  origin = server.origin
  const callback = await Callback.start()
  const person = new Person()
  await signIn(person, origin, alice)
  const { tokens } = await obtainTokens(origin, person, callback)
  keys = await takeRole(origin, tokens.accessToken)
  others = await takeRole(origin, tokens.accessToken, {
    account_id: '111122223333',
    role_name: 'AdministratorAccess',
  })
  callback.stop()
})
afterAll(() => server.stop())

const minutes = (count: number): Date => new Date(Date.now() + count * 60_000)

test('the right signature is taken, and once more within its five minutes: asking who one is changes nothing', async () => {
  const now = minutes(-4)
  expect((await identify(origin, keys, { now })).status).toBe(200)
  expect((await identify(origin, keys, { now })).body).toContain('222233334444')
})

test.each([
  ['a signature of six minutes ago', { now: minutes(-6) }],
  ['one of six minutes ahead', { now: minutes(6) }],
  ['a signature for another service', { service: 'sso' }],
  ['another body than the one that was signed', { sentBody: 'Action=GetAccessKeyInfo&Version=2011-06-15' }],
  ['an X-Amz header that was added on the way', { after: { 'x-amz-date-of-mine': '1' } }],
  [
    'an action in a header that was added on the way',
    { after: { 'x-amz-target': 'SWBExternalService.ListInstances' } },
  ],
  ['another content hash', { after: { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' } }],
  ['another date than the one that was signed', { after: { 'x-amz-date': '20260101T000000Z' } }],
])('%s is refused', async (_, twist) => {
  const { status } = await identify(origin, keys, twist)
  expect(status).toBeGreaterThanOrEqual(400)
  expect(status).toBeLessThan(500)
})

test('the token of one role is worth nothing with the key of another', async () => {
  for (const mixed of [
    { ...keys, sessionToken: others.sessionToken },
    { ...keys, accessKeyId: others.accessKeyId },
    { ...others, secretAccessKey: keys.secretAccessKey },
    { ...others, accessKeyId: keys.accessKeyId, secretAccessKey: keys.secretAccessKey },
  ]) {
    expect((await identify(origin, mixed)).status).toBe(403)
  }
})

test('a session token that was changed anywhere is none', async () => {
  const { sessionToken } = keys
  for (let at = 0; at < sessionToken.length; at += 7) {
    const letter = sessionToken[at] === 'A' ? 'B' : 'A'
    const changed = sessionToken.slice(0, at) + letter + sessionToken.slice(at + 1)
    expect((await identify(origin, { ...keys, sessionToken: changed })).status).toBe(403)
  }
  for (const text of ['', 'x', sessionToken.slice(0, 40), sessionToken + sessionToken]) {
    expect((await identify(origin, { ...keys, sessionToken: text })).status).toBe(403)
  }
})

test('credentials without their session token, or with it alone, open nothing', async () => {
  const { accessKeyId, secretAccessKey, sessionToken } = keys
  const { status } = await identify(origin, { accessKeyId, secretAccessKey } as RoleKeys)
  expect(status).toBe(403)
  const form = { 'content-type': 'application/x-www-form-urlencoded', 'x-amz-security-token': sessionToken }
  const alone = await ask(origin, '/', {
    method: 'POST',
    headers: form,
    body: 'Action=GetCallerIdentity&Version=2011-06-15',
  })
  expect(alone.status).toBe(403)
})

test('a signature that leaves the host out, or names headers that were not sent, is refused', async () => {
  const date = new Date().toISOString().replace(/[-:]|\.\d+/g, '')
  const authorization = (signed: string) =>
    `AWS4-HMAC-SHA256 Credential=${keys.accessKeyId}/${date.slice(0, 8)}/us-east-1/sts/aws4_request, SignedHeaders=${signed}, Signature=${'0'.repeat(64)}`
  for (const signed of [
    'x-amz-date',
    'host;x-amz-date;x-not-sent',
    'constructor;host;x-amz-date',
    'host;host',
    '',
    ';',
  ]) {
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      'x-amz-date': date,
      'x-amz-security-token': keys.sessionToken,
      authorization: authorization(signed),
    }
    const { status } = await ask(origin, '/', {
      method: 'POST',
      headers,
      body: 'Action=GetCallerIdentity&Version=2011-06-15',
    })
    expect([400, 403]).toContain(status)
  }
})

test('a presigned address lives as long as it says, and no longer than seven days', async () => {
  expect((await ask(origin, `/?${presign(origin, keys, 900)}`)).status).toBe(200)
  expect((await ask(origin, `/?${presign(origin, keys, 60, minutes(-2))}`)).status).toBe(403)
  expect((await ask(origin, `/?${presign(origin, keys, 604_801)}`)).status).toBe(400)
  for (const expires of ['-1', '0', '1e5', '99999999', '']) {
    const query = presign(origin, keys, 900).replace('X-Amz-Expires=900', `X-Amz-Expires=${expires}`)
    expect([400, 403]).toContain((await ask(origin, `/?${query}`)).status)
  }
})

test('nothing of a presigned address can be changed, given twice, or put beside another signature', async () => {
  const query = presign(origin, keys, 900)
  for (const changed of [
    query.replace('GetCallerIdentity', 'GetAccessKeyInfo'),
    `${query}&Action=GetAccessKeyInfo`,
    `${query}&X-Amz-Expires=604800`,
    query.replace('X-Amz-Expires=900', 'X-Amz-Expires=604800'),
    query.replace('us-east-1', 'eu-west-1'),
    `${query}&x=1`,
  ]) {
    expect([400, 403]).toContain((await ask(origin, `/?${changed}`)).status)
  }
  const both = await ask(origin, `/?${query}`, { headers: { authorization: 'AWS4-HMAC-SHA256 Credential=x' } })
  expect(both.status).toBe(400)
})

test('an access key id names its account to whoever is signed in, and is no way to be somebody', async () => {
  const body = `Action=GetAccessKeyInfo&Version=2011-06-15&AccessKeyId=${others.accessKeyId}`
  expect((await identify(origin, keys, { body })).body).toContain('111122223333')
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  expect((await ask(origin, '/', { method: 'POST', headers: form, body })).status).toBe(403)
})
