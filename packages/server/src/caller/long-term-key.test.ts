import { before, hours, minutes, seconds } from '@mayfly/identity-center/duration'
import { type SigningCredentials, signRequest } from '@mayfly/wire/signature-v4'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { addAccessKey, createIamUser, type UserWithKey } from '../testing/iam-users.ts'
import { roleCredentials, signInWithPkce } from '../testing/journeys.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

const DEVELOPMENT = '222233334444'

let server: TestServer
let deploy: UserWithKey
beforeEach(async () => {
  server = await startTestServer()
  deploy = await createIamUser(server, { name: 'deploy', path: '/machines/' })
})
afterEach(() => server.close())

const identify = (credentials: SigningCredentials) =>
  server.client('sts', { credentials }).call('GetCallerIdentity', {})
const useOf = async ({ accessKeyId }: SigningCredentials) => {
  await server.context.accessKeyUses.settled()
  return (await server.context.store.iamAccessKeys.find(accessKeyId))?.key.lastUsed
}

const UNKNOWN = {
  name: 'InvalidClientTokenId',
  statusCode: 403,
  message: 'The security token included in the request is invalid.',
}

test('a key says who its user is', async () => {
  expect(await identify(deploy.credentials)).toMatchObject({
    UserId: expect.stringMatching(/^AIDA[A-Z2-7]{17}$/),
    Account: DEVELOPMENT,
    Arn: `arn:aws:iam::${DEVELOPMENT}:user/machines/deploy`,
  })
})

test('two keys of one user both sign', async () => {
  const second = await addAccessKey(server, deploy.user)
  expect(await identify(second)).toEqual(await identify(deploy.credentials))
})

test('a key that was deactivated is told what a key that never was is told, and signs again when it is active', async () => {
  const { store } = server.context
  const { user, credentials } = deploy
  await store.iamAccessKeys.setStatus(user.id, credentials.accessKeyId, 'Inactive')
  await expect(identify(credentials)).rejects.toMatchObject(UNKNOWN)
  await expect(identify({ ...credentials, accessKeyId: 'AKIAIOSFODNN7EXAMPLE' })).rejects.toMatchObject(UNKNOWN)
  await store.iamAccessKeys.setStatus(user.id, credentials.accessKeyId, 'Active')
  await expect(identify(credentials)).resolves.toHaveProperty('Arn')
})

test('a key that was deleted signs nothing more', async () => {
  await server.context.store.iamAccessKeys.delete(deploy.user.id, deploy.credentials.accessKeyId)
  await expect(identify(deploy.credentials)).rejects.toMatchObject(UNKNOWN)
})

test('a key of an account that was closed signs nothing more', async () => {
  const { store, clock } = server.context
  const account = await store.accounts.find(deploy.user.accountId)
  if (account) await store.accounts.update({ ...account, closedAt: clock.now() })
  await expect(identify(deploy.credentials)).rejects.toMatchObject(UNKNOWN)
})

test('another secret is told as at AWS, and is no use of the key', async () => {
  const other = { ...deploy.credentials, secretAccessKey: 'A'.repeat(40) }
  await expect(identify(other)).rejects.toMatchObject({ name: 'SignatureDoesNotMatch', statusCode: 403 })
  expect(await useOf(deploy.credentials)).toBeUndefined()
})

test('a session token beside a long-term key is refused, be it empty or another session’s', async () => {
  const { tokens } = await signInWithPkce(server, 'alice')
  const role = { accountId: DEVELOPMENT, roleName: 'AdministratorAccess' }
  const { sessionToken = '' } = await roleCredentials(server.client('sso'), tokens.accessToken, role)
  for (const token of ['', 'x', sessionToken]) {
    await expect(identify({ ...deploy.credentials, sessionToken: token })).rejects.toMatchObject(UNKNOWN)
  }
})

test('the key id of role credentials without its token is no long-term key', async () => {
  const { tokens } = await signInWithPkce(server, 'alice')
  const role = { accountId: DEVELOPMENT, roleName: 'AdministratorAccess' }
  const { accessKeyId, secretAccessKey } = await roleCredentials(server.client('sso'), tokens.accessToken, role)
  await expect(identify({ accessKeyId, secretAccessKey })).rejects.toMatchObject(UNKNOWN)
})

test('a signature of six minutes ago is refused', async () => {
  const now = server.clock.now()
  expect(await signedAt(before(now, minutes(4)))).toMatchObject({ status: 200 })
  expect(await signedAt(before(now, minutes(6)))).toMatchObject({
    status: 403,
    body: expect.stringContaining('SignatureDoesNotMatch'),
  })
})

async function signedAt(moment: Date): Promise<{ status: number; body: string }> {
  const body = 'Action=GetCallerIdentity&Version=2011-06-15'
  const headers = { host: 'localhost:7373', 'content-type': 'application/x-www-form-urlencoded' }
  const request = { method: 'POST', rawPath: '/', rawQuery: '', headers, body }
  const scope = { region: 'us-east-1', service: 'sts' }
  const signed = signRequest({ request, credentials: deploy.credentials, ...scope, now: moment })
  const answer = await server.inject({
    method: 'POST',
    url: '/',
    headers: { ...headers, ...signed.headers },
    payload: body,
  })
  return { status: answer.statusCode, body: answer.body }
}

test('the last use is noted with service and region, at most once a minute', async () => {
  const { clock } = server
  const { credentials } = deploy
  await identify(credentials)
  const first = clock.now()
  expect(await useOf(credentials)).toEqual({ at: first, region: 'us-east-1', service: 'sts' })
  await clock.advance(seconds(59))
  await server.client('iam', { credentials }).call('ListRoles', {})
  expect(await useOf(credentials)).toMatchObject({ at: first })
  await clock.advance(seconds(2))
  await server.client('iam', { credentials }).call('ListRoles', {})
  expect(await useOf(credentials)).toEqual({ at: clock.now(), region: 'us-east-1', service: 'iam' })
})

test('whoever is refused by a policy, or asks a service that takes no keys, has used the key', async () => {
  const reader = await createIamUser(server, { name: 'reader', allows: [] })
  await expect(server.client('iam', reader).call('ListRoles', {})).rejects.toMatchObject({ name: 'AccessDenied' })
  expect(await useOf(reader.credentials)).toMatchObject({ service: 'iam' })
  await server.clock.advance(hours(1))
  await expect(server.client('sso-admin', reader).call('ListInstances', {})).rejects.toMatchObject({
    name: 'AccessDeniedException',
  })
  expect(await useOf(reader.credentials)).toMatchObject({ service: 'sso', at: server.clock.now() })
})

test('a use that cannot be noted fails no call, and is told in the log', async () => {
  const { store } = server.context
  const touch = store.iamAccessKeys.touch
  store.iamAccessKeys.touch = () => Promise.reject(new Error('The disk is full.'))
  await expect(identify(deploy.credentials)).resolves.toHaveProperty('Arn')
  await server.context.accessKeyUses.settled()
  store.iamAccessKeys.touch = touch
  expect(server.logged.join('')).toContain('The disk is full.')
  expect(server.logged.join('')).not.toContain(deploy.credentials.secretAccessKey)
})

test('the record names the user and the key, and never its secret', async () => {
  const { store } = server.context
  await identify(deploy.credentials)
  const { items } = await store.auditEvents.list({ page: { limit: 10 } })
  expect(items.find(({ eventName }) => eventName === 'GetCallerIdentity')?.userIdentity).toEqual({
    type: 'IAMUser',
    principalId: deploy.user.id,
    arn: deploy.arn,
    accountId: DEVELOPMENT,
    accessKeyId: deploy.credentials.accessKeyId,
    userName: 'deploy',
  })
  const { secretAccessKey } = deploy.credentials
  const sealed = (await store.iamAccessKeys.find(deploy.credentials.accessKeyId))?.key.sealedSecret
  for (const text of [JSON.stringify(items), server.logged.join(''), sealed]) {
    expect(text).not.toContain(secretAccessKey.slice(0, 8))
  }
})
