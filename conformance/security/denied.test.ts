/** What a policy forbids stays forbidden, however the request spells it. */

import { afterAll, beforeAll, expect, test } from 'vitest'
import { antiForgeryToken } from '../../packages/server/src/caller/session-cookie.ts'
import { INSTANCE_ARN, signedClients } from '../../packages/server/src/testing/administrator.ts'
import { roleCredentials, signInWithPkce } from '../../packages/server/src/testing/journeys.ts'
import { assumeRole, createRole, credentialsOf, trusts } from '../../packages/server/src/testing/roles.ts'
import { startTestServer, type TestServer } from '../../packages/server/src/testing/test-server.ts'
import type { ServiceName } from '../../packages/wire/src/model/service-model.ts'
import type { SigningCredentials } from '../../packages/wire/src/signature-v4.ts'

const MANAGEMENT = '111122223333'

let server: TestServer
let alice: SigningCredentials
let made = 0

beforeAll(async () => {
  server = await startTestServer()
  const { tokens } = await signInWithPkce(server, 'alice')
  const administrator = { accountId: MANAGEMENT, roleName: 'AdministratorAccess' }
  alice = await roleCredentials(server.client('sso'), tokens.accessToken, administrator)
})
afterAll(() => server.close())

/** Clients of a role that may do everything but what `denies` says. */
async function everythingBut(...denies: object[]): Promise<(service: ServiceName) => ReturnType<TestServer['client']>> {
  made += 1
  const allows = [
    { Effect: 'Allow', Action: '*', Resource: '*' },
    ...denies.map((deny) => ({ Effect: 'Deny', Resource: '*', ...deny })),
  ]
  const role = { accountId: MANAGEMENT, name: `Guarded${made}`, trust: [trusts(MANAGEMENT)], allows }
  const credentials = await credentialsOf(assumeRole(server, alice, await createRole(server, role)))
  return (service) => server.client(service, { credentials })
}

const denied = { name: expect.stringMatching(/^AccessDenied/) }
const administrators = 'arn:aws:iam::aws:policy/AdministratorAccess'
const trust = JSON.stringify({ Version: '2012-10-17', Statement: [trusts(MANAGEMENT)] })

test.each(['aws', 'aws-cn', 'aws-us-gov'])(
  'a role is not assumed by its ARN of the partition %s',
  async (partition) => {
    const arn = await createRole(server, {
      name: `Keys-${partition}`,
      accountId: MANAGEMENT,
      trust: [trusts(MANAGEMENT)],
    })
    const as = await everythingBut({ Action: 'sts:AssumeRole', Resource: arn })
    const RoleArn = arn.replace('arn:aws:', `arn:${partition}:`)
    await expect(as('sts').call('AssumeRole', { RoleArn, RoleSessionName: 'job' })).rejects.toMatchObject(denied)
  },
)

test('a policy that must not be attached is not attached by its name in another partition', async () => {
  const as = await everythingBut({
    Action: 'iam:AttachRolePolicy',
    Condition: { ArnEquals: { 'iam:PolicyARN': administrators } },
  })
  const RoleName = 'Attachable'
  await as('iam').call('CreateRole', { RoleName, AssumeRolePolicyDocument: trust })
  for (const PolicyArn of [administrators, administrators.replace('arn:aws:', 'arn:aws-cn:')]) {
    await as('iam')
      .call('AttachRolePolicy', { RoleName, PolicyArn })
      .catch(() => undefined)
  }
  const { AttachedPolicies } = await as('iam').call('ListAttachedRolePolicies', { RoleName })
  expect(AttachedPolicies ?? []).toEqual([])
})

test('a boundary of another partition is no boundary', async () => {
  const as = await everythingBut({
    Action: 'iam:CreateRole',
    Condition: { ArnNotEquals: { 'iam:PermissionsBoundary': 'arn:aws:iam::aws:policy/ReadOnlyAccess' } },
  })
  const input = { RoleName: 'Unbounded', AssumeRolePolicyDocument: trust }
  await expect(as('iam').call('CreateRole', input)).rejects.toMatchObject(denied)
})

test('the members of a group that must not be touched are not taken away by the number of their membership', async () => {
  const clients = await signedClients(server)
  const IdentityStoreId = (await server.context.instance()).identityStoreId
  const identityStore = clients('identitystore')
  const { Groups } = (await identityStore.call('ListGroups', { IdentityStoreId })) as { Groups: { GroupId: string }[] }
  const GroupId = Groups[0]?.GroupId
  const { GroupMemberships } = (await identityStore.call('ListGroupMemberships', { IdentityStoreId, GroupId })) as {
    GroupMemberships: { MembershipId: string; MemberId: { UserId: string } }[]
  }
  const { MembershipId = '', MemberId } = GroupMemberships[0] ?? {}
  const user = `arn:aws:identitystore:::user/${MemberId?.UserId}`
  for (const Resource of [`arn:aws:identitystore:::group/${GroupId}`, user]) {
    const as = await everythingBut({ Action: 'identitystore:*GroupMembership', Resource })
    for (const operation of ['DescribeGroupMembership', 'DeleteGroupMembership']) {
      const call = as('identitystore').call(operation, { IdentityStoreId, MembershipId })
      await expect(call, `${operation} ${Resource}`).rejects.toMatchObject(denied)
    }
  }
})

test('a user or group that must not be looked up is not found by another name', async () => {
  const { store } = server.context
  const { identityStoreId: IdentityStoreId } = await server.context.instance()
  const bob = await store.users.findByUserName('bob')
  const as = await everythingBut({
    Action: 'identitystore:GetUserId',
    Resource: `arn:aws:identitystore:::user/${bob?.id}`,
  })
  const AlternateIdentifier = { UniqueAttribute: { AttributePath: 'userName', AttributeValue: 'bob' } }
  const call = as('identitystore').call('GetUserId', { IdentityStoreId, AlternateIdentifier })
  await expect(call).rejects.toMatchObject(denied)
})

test('a tag that must stay is not taken away behind two hundred others', async () => {
  const as = await everythingBut({
    Action: 'organizations:UntagResource',
    Condition: { 'ForAnyValue:StringEquals': { 'aws:TagKeys': ['owner'] } },
  })
  const organizations = as('organizations')
  await organizations.call('TagResource', { ResourceId: '222233334444', Tags: [{ Key: 'owner', Value: 'red' }] })
  const TagKeys = [...Array.from({ length: 200 }, (_, index) => `filler-${index}`), 'owner']
  await organizations.call('UntagResource', { ResourceId: '222233334444', TagKeys }).catch(() => undefined)
  const { Tags } = await organizations.call('ListTagsForResource', { ResourceId: '222233334444' })
  expect(Tags).toEqual([{ Key: 'owner', Value: 'red' }])
})

test('keys that differ in capitals alone are not two tags, of which a policy would see one', async () => {
  const as = await everythingBut({
    Action: ['sso:CreatePermissionSet', 'sso:TagResource', 'organizations:TagResource'],
    Condition: { StringNotEquals: { 'aws:RequestTag/env': 'test' } },
  })
  const twins = [
    { Key: 'env', Value: 'production' },
    { Key: 'Env', Value: 'test' },
  ]
  const sso = as('sso-admin').call('CreatePermissionSet', { InstanceArn: INSTANCE_ARN, Name: 'Twins', Tags: twins })
  await expect(sso).rejects.toMatchObject({ name: expect.stringMatching(/Denied|Validation/) })
  const organizations = as('organizations').call('TagResource', { ResourceId: '222233334444', Tags: twins })
  await expect(organizations).rejects.toMatchObject({ name: expect.stringMatching(/Denied|InvalidInput/) })
})

test.each([
  ['arrays', { InstanceArn: [INSTANCE_ARN], PermissionSetArn: ['x'] }],
  ['objects', { InstanceArn: { toString: INSTANCE_ARN } }],
  ['names of the prototype', JSON.parse('{"__proto__":{"InstanceArn":"x"},"constructor":{"prototype":1}}')],
  ['numbers', { InstanceArn: 7, Tags: 7, TagKeys: { length: 5 } }],
  ['lists of anything', { Tags: [null, 1, [], { Key: {} }], TagKeys: [null, {}] }],
])('%s where texts belong are refused, and nothing fails', async (_, input) => {
  for (const [service, operation] of [
    ['sso-admin', 'DeletePermissionSet'],
    ['sso-admin', 'TagResource'],
    ['identitystore', 'IsMemberInGroups'],
    ['organizations', 'TagResource'],
    ['mayfly', 'ResetUserPassword'],
  ] as const) {
    expect(await send(service, operation, input), `${service}:${operation}`).toBe(400)
  }
})

/** As the console sends it, past the client that would refuse it. Answers the status. */
async function send(service: ServiceName, operation: string, input: object): Promise<number> {
  const cookie = `cookie of ${(await server.signIn('alice')).id}`
  const answer = await server.inject({
    method: 'POST',
    url: '/',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `${server.context.wire.models.get(service)?.metadata.targetPrefix}.${operation}`,
      cookie: `mayfly-session=${cookie}`,
      'x-mayfly-anti-forgery': antiForgeryToken(cookie),
      'x-mayfly-role': `${MANAGEMENT}/AdministratorAccess`,
    },
    payload: JSON.stringify(input),
  })
  return answer.statusCode
}

test('no account begins with a role that looks like one of Identity Center', async () => {
  const as = await everythingBut()
  const RoleName = 'AWSReservedSSO_AdministratorAccess_0123456789abcdef'
  const account = { AccountName: 'New', Email: 'new@acme.example', RoleName }
  await expect(as('organizations').call('CreateAccount', account)).rejects.toMatchObject({
    name: 'InvalidInputException',
  })
})

test('the administrator of another account learns nothing of the directory from how a call is refused', async () => {
  const { tokens } = await signInWithPkce(server, 'alice')
  const role = { accountId: '222233334444', roleName: 'AdministratorAccess' }
  const administrator = await roleCredentials(server.client('sso'), tokens.accessToken, role)
  const allows = [{ Effect: 'Allow', Action: '*', Resource: 'arn:aws:identitystore::111122223333:identitystore/*' }]
  const prying = { name: 'Prying', trust: [trusts('222233334444')], allows }
  const credentials = await credentialsOf(assumeRole(server, administrator, await createRole(server, prying)))
  const { identityStoreId: IdentityStoreId } = await server.context.instance()
  const answers = ['bob', 'nobody'].map(async (AttributeValue) => {
    const AlternateIdentifier = { UniqueAttribute: { AttributePath: 'userName', AttributeValue } }
    const call = server
      .client('identitystore', { credentials })
      .call('GetUserId', { IdentityStoreId, AlternateIdentifier })
    return await call.catch((error: Error) => error.message)
  })
  const [known, unknown] = await Promise.all(answers)
  expect(known).toBe(unknown)
  expect(known).not.toContain('user/')
})
