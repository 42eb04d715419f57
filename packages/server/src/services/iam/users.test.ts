import { seconds } from '@mayfly/identity-center/duration'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { signedClients } from '../../testing/administrator.ts'
import { answering, type Call } from '../../testing/answering.ts'
import { startTestServer, type TestServer } from '../../testing/test-server.ts'
import { IAM_QUOTAS } from './quotas.ts'

const ACCOUNT = '222233334444'
const ANYTHING = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}'
const READ = 'arn:aws:iam::aws:policy/ReadOnlyAccess'
const ACCESS_KEY_ID = /^AKIA[A-Z2-7]{16}$/

let server: TestServer
let call: Call

beforeEach(async () => {
  server = await startTestServer()
  call = answering((await signedClients(server, { accountId: ACCOUNT }))('iam'))
})
afterEach(() => server.close())

const createUser = (UserName: string, more: Record<string, unknown> = {}) => call('CreateUser', { UserName, ...more })

const createPolicy = async (PolicyName: string): Promise<string> =>
  (await call('CreatePolicy', { PolicyName, PolicyDocument: ANYTHING })).Policy.Arn

async function createKey(UserName: string): Promise<{ AccessKeyId: string; SecretAccessKey: string }> {
  return (await call('CreateAccessKey', { UserName })).AccessKey
}

test('a user is made, read, tagged and deleted', async () => {
  const Tags = [{ Key: 'team', Value: 'a' }]
  const { User } = await createUser('build', { Path: '/ci/', Tags, PermissionsBoundary: READ })
  expect(User).toMatchObject({
    Path: '/ci/',
    UserName: 'build',
    UserId: expect.stringMatching(/^AIDA[A-Z2-7]{17}$/),
    Arn: `arn:aws:iam::${ACCOUNT}:user/ci/build`,
    CreateDate: server.clock.now(),
    Tags,
    PermissionsBoundary: { PermissionsBoundaryType: 'PermissionsBoundaryPolicy', PermissionsBoundaryArn: READ },
  })
  expect((await call('GetUser', { UserName: 'BUILD' })).User).toEqual(User)
  await call('TagUser', {
    UserName: 'build',
    Tags: [
      { Key: 'Team', Value: 'b' },
      { Key: 'cost', Value: '' },
    ],
  })
  await call('UntagUser', { UserName: 'build', TagKeys: ['TEAM'] })
  expect(await call('ListUserTags', { UserName: 'build' })).toEqual({
    Tags: [{ Key: 'cost', Value: '' }],
    IsTruncated: false,
  })
  await call('DeleteUserPermissionsBoundary', { UserName: 'build' })
  expect((await call('GetUser', { UserName: 'build' })).User).not.toHaveProperty('PermissionsBoundary')
  expect(await call('ListGroupsForUser', { UserName: 'build' })).toEqual({ Groups: [], IsTruncated: false })
  await call('DeleteUser', { UserName: 'build' })
  await expect(call('GetUser', { UserName: 'build' })).rejects.toMatchObject({
    name: 'NoSuchEntity',
    message: 'The user with name build cannot be found.',
  })
})

test('a user of another name keeps its id, its keys and its policies', async () => {
  const { User } = await createUser('old')
  const { AccessKeyId } = await createKey('old')
  await call('PutUserPolicy', { UserName: 'old', PolicyName: 'in', PolicyDocument: ANYTHING })
  await call('AttachUserPolicy', { UserName: 'old', PolicyArn: READ })
  await createUser('other')
  const taken = call('UpdateUser', { UserName: 'old', NewUserName: 'OTHER' })
  await expect(taken).rejects.toMatchObject({ name: 'EntityAlreadyExists' })
  await call('UpdateUser', { UserName: 'old', NewUserName: 'new', NewPath: '/ci/' })
  expect((await call('GetUser', { UserName: 'new' })).User).toMatchObject({
    UserId: User.UserId,
    Arn: `arn:aws:iam::${ACCOUNT}:user/ci/new`,
  })
  expect((await call('ListAccessKeys', { UserName: 'new' })).AccessKeyMetadata).toMatchObject([
    { AccessKeyId, UserName: 'new' },
  ])
  expect((await call('ListUserPolicies', { UserName: 'new' })).PolicyNames).toEqual(['in'])
  expect((await call('ListAttachedUserPolicies', { UserName: 'new' })).AttachedPolicies).toHaveLength(1)
  await expect(call('GetUser', { UserName: 'old' })).rejects.toMatchObject({ name: 'NoSuchEntity' })
})

test('a key is shown with its secret once, and afterwards without', async () => {
  await createUser('build')
  const key = await createKey('build')
  expect(key).toEqual({
    UserName: 'build',
    AccessKeyId: expect.stringMatching(ACCESS_KEY_ID),
    Status: 'Active',
    SecretAccessKey: expect.stringMatching(/^[A-Za-z0-9/+]{40}$/),
    CreateDate: server.clock.now(),
  })
  const sts = answering((await signedClients(server))('sts'))
  expect(await sts('GetAccessKeyInfo', { AccessKeyId: key.AccessKeyId })).toEqual({ Account: ACCOUNT })
  const { AccessKeyMetadata } = await call('ListAccessKeys', { UserName: 'build' })
  const { SecretAccessKey: secret, ...shown } = key
  expect(AccessKeyMetadata).toEqual([shown])
  const events = await server.context.store.auditEvents.list({ page: { limit: 100 } })
  const [made] = events.items.filter(({ eventName }) => eventName === 'CreateAccessKey')
  expect(made?.responseElements).toMatchObject({
    AccessKey: { AccessKeyId: key.AccessKeyId, SecretAccessKey: 'HIDDEN_DUE_TO_SECURITY_REASONS' },
  })
  expect(JSON.stringify(events)).not.toContain(secret)
  expect(JSON.stringify(await server.context.store.iamAccessKeys.listBehind('', 9))).not.toContain(secret)
})

test('a user has two keys at most, whatever their status, and another when one is deleted', async () => {
  await createUser('build')
  const first = await createKey('build')
  await server.clock.advance(seconds(1))
  const second = await createKey('build')
  await call('UpdateAccessKey', { UserName: 'build', AccessKeyId: first.AccessKeyId, Status: 'Inactive' })
  await expect(createKey('build')).rejects.toMatchObject({
    name: 'LimitExceeded',
    message: 'Cannot exceed quota for AccessKeysPerUser: 2',
  })
  const page = await call('ListAccessKeys', { UserName: 'build', MaxItems: 1 })
  expect(page).toMatchObject({ AccessKeyMetadata: [{ AccessKeyId: first.AccessKeyId, Status: 'Inactive' }] })
  const rest = await call('ListAccessKeys', { UserName: 'build', Marker: page.Marker })
  expect(rest).toMatchObject({ AccessKeyMetadata: [{ AccessKeyId: second.AccessKeyId }], IsTruncated: false })
  await call('DeleteAccessKey', { UserName: 'build', AccessKeyId: first.AccessKeyId })
  expect((await createKey('build')).AccessKeyId).not.toBe(first.AccessKeyId)
})

test('a key belongs to one user, and to one account', async () => {
  await createUser('build')
  await createUser('other')
  const { AccessKeyId } = await createKey('build')
  const asOther = { UserName: 'other', AccessKeyId }
  const gone = { name: 'NoSuchEntity', message: `The Access Key with id ${AccessKeyId} cannot be found.` }
  await expect(call('UpdateAccessKey', { ...asOther, Status: 'Inactive' })).rejects.toMatchObject(gone)
  await expect(call('DeleteAccessKey', asOther)).rejects.toMatchObject(gone)
  const elsewhere = answering((await signedClients(server))('iam'))
  await expect(elsewhere('GetAccessKeyLastUsed', { AccessKeyId })).rejects.toMatchObject({
    name: 'AccessDenied',
    message: expect.stringContaining(`on resource: access key ${AccessKeyId}`),
  })
})

test('when and for what a key was last used is told, and N/A before', async () => {
  await createUser('build')
  const { AccessKeyId } = await createKey('build')
  expect(await call('GetAccessKeyLastUsed', { AccessKeyId })).toEqual({
    UserName: 'build',
    AccessKeyLastUsed: { ServiceName: 'N/A', Region: 'N/A' },
  })
  const at = server.clock.now()
  await server.context.store.iamAccessKeys.touch(AccessKeyId, { at, region: 'eu-west-1', service: 's3' }, at)
  expect((await call('GetAccessKeyLastUsed', { AccessKeyId })).AccessKeyLastUsed).toEqual({
    LastUsedDate: at,
    ServiceName: 's3',
    Region: 'eu-west-1',
  })
})

test('a user with keys or policies is not deleted', async () => {
  await createUser('build')
  const { AccessKeyId } = await createKey('build')
  await call('AttachUserPolicy', { UserName: 'build', PolicyArn: READ })
  await call('PutUserPolicy', { UserName: 'build', PolicyName: 'in', PolicyDocument: ANYTHING })
  const steps = [
    ['access keys', () => call('DeleteAccessKey', { UserName: 'build', AccessKeyId })],
    ['detach', () => call('DetachUserPolicy', { UserName: 'build', PolicyArn: READ })],
    ['delete policies', () => call('DeleteUserPolicy', { UserName: 'build', PolicyName: 'in' })],
  ] as const
  for (const [message, step] of steps) {
    const refused = { name: 'DeleteConflict', message: expect.stringContaining(message) }
    await expect(call('DeleteUser', { UserName: 'build' })).rejects.toMatchObject(refused)
    await step()
  }
  await call('DeleteUser', { UserName: 'build' })
})

test('policies on users count as attached and as boundaries, and stay until they are taken off', async () => {
  const own = await createPolicy('Own')
  const bound = await createPolicy('Bound')
  await createUser('build', { PermissionsBoundary: bound })
  await call('AttachUserPolicy', { UserName: 'build', PolicyArn: own })
  expect((await call('GetPolicy', { PolicyArn: own })).Policy).toMatchObject({ AttachmentCount: 1 })
  expect((await call('GetPolicy', { PolicyArn: bound })).Policy).toMatchObject({ PermissionsBoundaryUsageCount: 1 })
  for (const PolicyArn of [own, bound]) {
    await expect(call('DeletePolicy', { PolicyArn })).rejects.toMatchObject({ name: 'DeleteConflict' })
  }
  await call('DetachUserPolicy', { UserName: 'build', PolicyArn: own })
  await call('PutUserPermissionsBoundary', { UserName: 'build', PermissionsBoundary: READ })
  for (const PolicyArn of [own, bound]) await call('DeletePolicy', { PolicyArn })
})

test('a role session that names no user is told that it is none', async () => {
  const refused = { name: 'ValidationError', message: 'Must specify userName when calling with non-User credentials' }
  for (const operation of ['GetUser', 'CreateAccessKey', 'ListAccessKeys']) {
    await expect(call(operation), operation).rejects.toMatchObject(refused)
  }
})

test('an account has so many users and no more', async () => {
  const { iamUsers } = server.context.store
  const { User } = await createUser('u0')
  const user = await iamUsers.findByName(ACCOUNT as never, 'u0')
  if (!user) throw new Error('u0 is missing')
  for (let number = 1; number < IAM_QUOTAS.usersPerAccount; number += 1) {
    await iamUsers.insert({ ...user, name: `u${number}`, id: `${User.UserId}${number}` })
  }
  await expect(createUser('more')).rejects.toMatchObject({
    name: 'LimitExceeded',
    message: 'Cannot exceed quota for UsersPerAccount: 5000',
  })
})

test('the summary counts what is there', async () => {
  const before = (await call('GetAccountSummary')).SummaryMap
  expect(before).toMatchObject({ Users: 0, UsersQuota: 5000, AccessKeysPerUserQuota: 2, AccountAccessKeysPresent: 0 })
  await createUser('build')
  await createPolicy('Own')
  expect((await call('GetAccountSummary')).SummaryMap).toEqual({
    ...before,
    Users: 1,
    Policies: 1,
    PolicyVersionsInUse: 1,
  })
  expect(before.Roles).toBe((await call('ListRoles', {})).Roles.length)
})
