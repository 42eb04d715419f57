/** What a stolen long-term key opens: sts and iam of its own account, until somebody turns it off. */

import { afterAll, beforeAll, expect, test } from 'vitest'
import { signedClients } from '../../packages/server/src/testing/administrator.ts'
import { createIamUser, type UserWithKey } from '../../packages/server/src/testing/iam-users.ts'
import { startTestServer, type TestServer } from '../../packages/server/src/testing/test-server.ts'
import { presignUrl, signRequest } from '../../packages/wire/src/signature-v4.ts'

const MANAGEMENT = '111122223333'
const DEVELOPMENT = '222233334444'

let server: TestServer
let stolen: UserWithKey
beforeAll(async () => {
  server = await startTestServer()
  stolen = await createIamUser(server, { accountId: MANAGEMENT, name: 'stolen' })
})
afterAll(() => server.close())

const get = (url: string) => server.inject({ method: 'GET', url: url.replace('http://localhost:7373', '') })

test('an address that was signed beforehand stops working with its key', async () => {
  const { user, credentials } = await createIamUser(server, { name: 'presigner' })
  const url = presignUrl({
    url: 'http://localhost:7373/?Action=GetCallerIdentity&Version=2011-06-15',
    expiresIn: 604_800,
    credentials,
    region: 'us-east-1',
    service: 'sts',
    now: server.clock.now(),
  })
  expect(await get(url)).toMatchObject({ statusCode: 200, body: expect.stringContaining('user/presigner') })
  await server.context.store.iamAccessKeys.setStatus(user.id, credentials.accessKeyId, 'Inactive')
  expect(await get(url)).toMatchObject({ statusCode: 403, body: expect.stringContaining('InvalidClientTokenId') })
})

test('a signature is no portal token: accounts and roles are listed to nobody', async () => {
  const portal = server.client('sso', { credentials: stolen.credentials })
  for (const [operation, input] of [
    ['ListAccounts', {}],
    ['ListAccountRoles', { accountId: MANAGEMENT }],
    ['GetRoleCredentials', { accountId: MANAGEMENT, roleName: 'AdministratorAccess' }],
  ] as const) {
    const call = portal.call(operation, { ...input, accessToken: stolen.credentials.accessKeyId })
    await expect(call, operation).rejects.toMatchObject({ name: 'UnauthorizedException' })
  }
})

test('the roles of permission sets are taken by no key', async () => {
  const alice = await signedClients(server)
  const { Arn } = (await alice('sts').call('GetCallerIdentity', {})) as { Arn: string }
  const RoleName = Arn.split('/')[1] ?? ''
  const { Role } = (await alice('iam').call('GetRole', { RoleName })) as { Role: { Arn: string } }
  const taken = server.client('sts', stolen).call('AssumeRole', { RoleArn: Role.Arn, RoleSessionName: 'x' })
  await expect(taken).rejects.toMatchObject({ name: 'AccessDenied' })
})

test('of another account a key sees no user, no role, no key, whoever asks for it by name', async () => {
  const other = await createIamUser(server, { accountId: DEVELOPMENT, name: 'neighbour' })
  const iam = server.client('iam', stolen)
  const names = JSON.stringify(await iam.call('ListUsers', {}))
  expect(names).toContain('stolen')
  expect(names).not.toContain('neighbour')
  await expect(iam.call('ListAccessKeys', { UserName: 'neighbour' })).rejects.toMatchObject({ name: 'NoSuchEntity' })
  const AccessKeyId = other.credentials.accessKeyId
  await expect(iam.call('GetAccessKeyLastUsed', { AccessKeyId })).rejects.toMatchObject({ name: 'AccessDenied' })
  const off = iam.call('UpdateAccessKey', { AccessKeyId, UserName: 'stolen', Status: 'Inactive' })
  await expect(off).rejects.toMatchObject({ name: 'NoSuchEntity' })
})

test('a key turns itself off, and is out with the next call', async () => {
  const { credentials } = await createIamUser(server, { name: 'leaving' })
  const iam = server.client('iam', { credentials })
  const { accessKeyId: AccessKeyId } = credentials
  await iam.call('UpdateAccessKey', { AccessKeyId, Status: 'Inactive' })
  await expect(iam.call('ListAccessKeys', {})).rejects.toMatchObject({ name: 'InvalidClientTokenId' })
})

test('strangers who guess key ids learn nothing: unknown, inactive and foreign ones are answered alike', async () => {
  const { user, credentials } = await createIamUser(server, { name: 'guessed' })
  await server.context.store.iamAccessKeys.setStatus(user.id, credentials.accessKeyId, 'Inactive')
  const answers = []
  for (const accessKeyId of [credentials.accessKeyId, `${credentials.accessKeyId.slice(0, -1)}2`, 'AKIA', 'AKIA_']) {
    const guess = { accessKeyId, secretAccessKey: 'x'.repeat(40) }
    const call = server.client('sts', { credentials: guess }).call('GetCallerIdentity', {})
    answers.push(await call.catch(({ name, message, statusCode }) => ({ name, message, statusCode })))
  }
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
})

/** GetCallerIdentity signed with the stolen key, and changed on its way. */
async function sendChanged(
  change: Readonly<Record<string, string>>,
  { body = IDENTITY, url = '/', service = 'sts' } = {},
) {
  const headers = { host: 'localhost:7373', 'content-type': 'application/x-www-form-urlencoded' }
  const request = { method: 'POST', rawPath: '/', rawQuery: '', headers, body: IDENTITY }
  const signing = { credentials: stolen.credentials, region: 'us-east-1', service, now: server.clock.now() }
  const signed = signRequest({ request, ...signing }).headers
  return await server.inject({ method: 'POST', url, headers: { ...headers, ...signed, ...change }, payload: body })
}
const IDENTITY = 'Action=GetCallerIdentity&Version=2011-06-15'

test('a signed request that was changed on its way is refused, whatever was changed', async () => {
  expect((await sendChanged({})).statusCode).toBe(200)
  const users = 'Action=ListUsers&Version=2010-05-08'
  for (const [what, sent] of [
    ['another body', sendChanged({}, { body: users })],
    ['another operation in the query', sendChanged({}, { url: '/?Action=ListUsers&Version=2010-05-08' })],
    ['another service', sendChanged({}, { service: 'iam' })],
    ['a header that counts and was not signed', sendChanged({ 'x-amz-target': 'SWBExternalService.ListInstances' })],
    ['another host', sendChanged({ host: '127.0.0.1:7373' })],
    ['another time', sendChanged({ 'x-amz-date': '20300101T000001Z' })],
    ['an empty session token', sendChanged({ 'x-amz-security-token': '' })],
    ['a session token', sendChanged({ 'x-amz-security-token': 'x' })],
    ['a second signature', sendChanged({}, { url: '/?X-Amz-Credential=x' })],
  ] as const) {
    expect({ what, status: (await sent).statusCode }).toMatchObject({ what, status: expect.toSatisfy(isRefusal) })
  }
})

const isRefusal = (status: number): boolean => status === 400 || status === 403

test('a browser’s role beside a signature counts for nothing: who signed is who asks', async () => {
  const role = `${MANAGEMENT}/AdministratorAccess`
  const { body } = await sendChanged({ 'x-mayfly-role': role, origin: 'http://localhost:7373' })
  expect(body).toContain(`arn:aws:iam::${MANAGEMENT}:user/stolen`)
})
