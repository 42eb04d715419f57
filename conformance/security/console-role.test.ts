/** The console's caller: a cookie that acts as a role, and what else one could make it do. */

import { beforeEach, expect, test } from 'vitest'
import type { GroupId } from '../../packages/identity-center/src/identifiers.ts'
import { antiForgeryToken } from '../../packages/server/src/caller/session-cookie.ts'
import { signedClients } from '../../packages/server/src/testing/administrator.ts'
import { roleCredentials, signInWithPkce } from '../../packages/server/src/testing/journeys.ts'
import { startTestServer, type TestServer } from '../../packages/server/src/testing/test-server.ts'
import { createClient } from '../../packages/wire/src/call.ts'

const ADMINISTRATOR = '111122223333/AdministratorAccess'

let server: TestServer
let headers: Record<string, string>

beforeEach(async () => {
  server = await startTestServer()
  headers = await headersOf('alice')
  return () => server.close()
})

async function headersOf(userName: string): Promise<Record<string, string>> {
  const cookie = `cookie of ${(await server.signIn(userName)).id}`
  return {
    cookie: `mayfly-session=${cookie}`,
    'x-mayfly-anti-forgery': antiForgeryToken(cookie),
    'x-mayfly-role': ADMINISTRATOR,
    'sec-fetch-site': 'same-origin',
  }
}

interface Sent {
  readonly headers: Readonly<Record<string, string>>
  readonly target?: string
  readonly url?: string
  readonly body?: string
}

const send = ({ headers: sent, target = 'SWBExternalService.ListInstances', url = '/', body = '{}' }: Sent) =>
  server.inject({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': target, ...sent },
    payload: body,
  })

test('its answers are kept by no cache and read by no other origin', async () => {
  const answer = await send({ headers: { ...headers, origin: 'https://evil.example' } })
  expect(answer.headers['cache-control']).toBe('no-store')
  expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([])
})

test('a browser may not ask beforehand whether it may: there is no answer that lets it', async () => {
  const answer = await server.inject({
    method: 'OPTIONS',
    url: '/',
    headers: {
      origin: 'https://evil.example',
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'x-mayfly-role,x-mayfly-anti-forgery,x-amz-target',
    },
  })
  expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([])
})

test('under another name of this machine the cookie is nobody’s', async () => {
  const answer = await send({ headers: { ...headers, host: 'evil.example:7373' } })
  expect(answer.statusCode).toBe(421)
})

test('a signed request stays its signer’s, whatever role and cookie come with it', async () => {
  const { tokens } = await signInWithPkce(server, 'bob')
  const bob = { accountId: '222233334444', roleName: 'ReadOnlyAccess' }
  const credentials = await roleCredentials(server.client('sso'), tokens.accessToken, bob)
  const model = server.context.wire.models.get('sts')
  if (!model) throw new Error('sts is not served.')
  const client = createClient(model, {
    endpoint: 'http://localhost:7373',
    credentials,
    now: () => server.clock.now(),
    userAgent: 'test/1',
    async send({ headers: signed, body }) {
      const all = { ...headers, ...signed }
      const answer = await server.inject({ method: 'POST', url: '/', headers: all, payload: body })
      return { status: answer.statusCode, headers: {}, body: answer.body }
    },
  })
  expect(await client.call('GetCallerIdentity', {})).toMatchObject({ Arn: expect.stringMatching(/ReadOnly.*\/bob$/) })
  // A signature that is wrong, or one in the address, is no reason to look at the cookie.
  for (const [authorization, url] of [
    ['AWS4-HMAC-SHA256 Credential=ASIA/20300101/us-east-1/sso/aws4_request, SignedHeaders=host, Signature=00', '/'],
    ['', '/?X-Amz-Signature=00&X-Amz-Algorithm=AWS4-HMAC-SHA256'],
  ] as const) {
    const answer = await send({ headers: { ...headers, ...(authorization && { authorization }) }, url })
    expect(answer.statusCode).toBeGreaterThanOrEqual(400)
    expect(answer.body).not.toContain('Instances')
  }
})

test('it hands out no credentials: neither of another role nor of an application', async () => {
  const RoleArn = 'arn:aws:iam::111122223333:role/x'
  for (const action of [
    `AssumeRole&RoleArn=${RoleArn}&RoleSessionName=job`,
    'GetSessionToken',
    'GetFederationToken&Name=x',
  ]) {
    const answer = await server.inject({
      method: 'POST',
      url: '/',
      headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
      payload: `Action=${action}&Version=2011-06-15`,
    })
    expect(answer.body, action).toContain('MissingAuthenticationToken')
  }
  const token = await server.inject({
    method: 'POST',
    url: '/token?aws_iam=t',
    headers: { ...headers, 'content-type': 'application/json' },
    payload: JSON.stringify({ clientId: 'x', grantType: 'authorization_code' }),
  })
  expect(token.statusCode).toBeGreaterThanOrEqual(400)
  expect(token.headers['x-amzn-errortype']).toMatch(/MissingAuthentication|AccessDenied/)
})

test('whoever is taken out of the group, or whose set loses its policy, is refused at the next click', async () => {
  expect((await send({ headers })).statusCode).toBe(200)
  const { store } = server.context
  const administrators = await store.groups.findByDisplayName('Administrators')
  const { items } = await store.groupMemberships.listOfGroup(administrators?.id as GroupId, { limit: 10 })
  const admin = (await signedClients(server))('identitystore')
  const { identityStoreId: IdentityStoreId } = await server.context.instance()
  for (const { id: MembershipId } of items) {
    await admin.call('DeleteGroupMembership', { IdentityStoreId, MembershipId }).catch(() => undefined)
  }
  const answer = await send({ headers })
  expect(answer.statusCode).toBe(403)
  expect(answer.json().__type).toContain('AccessDenied')
})

test.each([
  ['two roles', `${ADMINISTRATOR}, ${ADMINISTRATOR}`],
  ['a role with a line behind it', `${ADMINISTRATOR}\t`],
  ['a role of a prototype', '111122223333/__proto__'],
  ['a role of every account', '%/AdministratorAccess'],
  ['a pattern', '111122223333/Administrator_ccess'],
])('%s in the header is no role', async (_, role) => {
  const answer = await send({ headers: { ...(await headersOf('bob')), 'x-mayfly-role': role } })
  expect(answer.statusCode).toBe(403)
})
