import { DEFAULT_QUOTAS } from '@mayfly/identity-center/quotas'
import type { Client } from '@mayfly/wire/call'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { INSTANCE_ARN, signedClients } from '../../testing/administrator.ts'
import { startTestServer, type TestServer } from '../../testing/test-server.ts'

const NOWHERE = 'arn:aws:sso:::permissionSet/ssoins-7223b1e5f2a94c60/ps-0000000000000000'
const POLICY = 'arn:aws:iam::aws:policy/job-function/Billing'
const DOCUMENT = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}'

let server: TestServer
let admin: Client

beforeEach(async () => {
  server = await startTestServer({ quotas: { ...DEFAULT_QUOTAS, policiesPerPermissionSet: 3, permissionSets: 8 } })
  admin = (await signedClients(server))('sso-admin')
})
afterEach(() => server.close())

type Members = Record<string, unknown>

const create = async (members: Members = {}): Promise<Members> => {
  const answer = await admin.call('CreatePermissionSet', { InstanceArn: INSTANCE_ARN, Name: 'Deploy', ...members })
  return answer['PermissionSet'] as Members
}
const target = async (members: Members = {}) => ({
  InstanceArn: INSTANCE_ARN,
  PermissionSetArn: (await create(members))['PermissionSetArn'],
})
const describe = async (set: Members) =>
  (await admin.call('DescribePermissionSet', set))['PermissionSet'] as Promise<Members>

test('a permission set is what it was created as, letter by letter, and for an hour when nothing else is said', async () => {
  const given = { Description: 'to deploy', SessionDuration: 'PT90M', RelayState: 'https://console.aws.amazon.com/s3' }
  const made = await create(given)
  expect(made).toEqual({
    ...given,
    Name: 'Deploy',
    PermissionSetArn: expect.stringMatching(/^arn:aws:sso:::permissionSet\/ssoins-7223b1e5f2a94c60\/ps-[0-9a-f]{16}$/),
    CreatedDate: server.clock.now(),
  })
  const set = { InstanceArn: INSTANCE_ARN, PermissionSetArn: made['PermissionSetArn'] }
  expect(await describe(set)).toEqual(made)
  expect((await create({ Name: 'Plain' }))['SessionDuration']).toBe('PT1H')
})

test('a name that is taken is a conflict; another capital makes another name', async () => {
  await create()
  await expect(create()).rejects.toMatchObject({
    name: 'ConflictException',
    message: 'PermissionSet with name Deploy already exists',
  })
  await expect(create({ Name: 'deploy' })).resolves.toHaveProperty('Name', 'deploy')
})

test('a session shorter than an hour or longer than twelve is no session', async () => {
  for (const SessionDuration of ['PT59M', 'PT12H1S', 'P1D', 'PT'])
    await expect(create({ SessionDuration })).rejects.toMatchObject({ name: 'ValidationException' })
})

test('one permission set more than the quota is refused', async () => {
  for (const Name of ['a', 'b', 'c']) await create({ Name })
  await expect(create()).rejects.toMatchObject({ name: 'ServiceQuotaExceededException' })
})

test('an update without a relay state clears it, and keeps description and session', async () => {
  const set = await target({ Description: 'to deploy', SessionDuration: 'PT2H', RelayState: 'https://example.com' })
  await admin.call('UpdatePermissionSet', set)
  const kept = await describe(set)
  expect(kept).toMatchObject({ Description: 'to deploy', SessionDuration: 'PT2H' })
  expect(kept).not.toHaveProperty('RelayState')
  await admin.call('UpdatePermissionSet', { ...set, SessionDuration: 'PT120M', Description: 'x', RelayState: 'y' })
  expect(await describe(set)).toMatchObject({ SessionDuration: 'PT120M', Description: 'x', RelayState: 'y' })
})

test('lists go page by page, and a page token is good for its own list alone', async () => {
  const arns: unknown[] = []
  let NextToken: unknown
  do {
    const input = { InstanceArn: INSTANCE_ARN, MaxResults: 2, ...(NextToken ? { NextToken } : {}) }
    const page = await admin.call('ListPermissionSets', input)
    arns.push(...(page['PermissionSets'] as unknown[]))
    NextToken = page['NextToken'] ?? undefined
  } while (NextToken !== undefined)
  expect(new Set(arns).size).toBe(5)
  const first = await admin.call('ListPermissionSets', { InstanceArn: INSTANCE_ARN, MaxResults: 1 })
  const elsewhere = { InstanceArn: INSTANCE_ARN, NextToken: first['NextToken'] }
  const refused = { name: 'ValidationException' }
  await expect(admin.call('ListPermissionSetProvisioningStatus', elsewhere)).rejects.toMatchObject(refused)
  const other = (await signedClients(server, { roleName: 'ReadOnlyAccess' }))('sso-admin')
  await expect(other.call('ListPermissionSets', elsewhere)).rejects.toMatchObject(refused)
})

test('an unknown permission set is not found by any operation, another instance is not shown', async () => {
  const set = { InstanceArn: INSTANCE_ARN, PermissionSetArn: NOWHERE }
  const reference = { CustomerManagedPolicyReference: { Name: 'x' } }
  const calls: [string, Members][] = [
    ['DescribePermissionSet', {}],
    ['UpdatePermissionSet', {}],
    ['DeletePermissionSet', {}],
    ['AttachManagedPolicyToPermissionSet', { ManagedPolicyArn: POLICY }],
    ['DetachManagedPolicyFromPermissionSet', { ManagedPolicyArn: POLICY }],
    ['ListManagedPoliciesInPermissionSet', {}],
    ['AttachCustomerManagedPolicyReferenceToPermissionSet', reference],
    ['DetachCustomerManagedPolicyReferenceFromPermissionSet', reference],
    ['ListCustomerManagedPolicyReferencesInPermissionSet', {}],
    ['PutInlinePolicyToPermissionSet', { InlinePolicy: DOCUMENT }],
    ['GetInlinePolicyForPermissionSet', {}],
    ['DeleteInlinePolicyFromPermissionSet', {}],
    ['PutPermissionsBoundaryToPermissionSet', { PermissionsBoundary: { ManagedPolicyArn: POLICY } }],
    ['GetPermissionsBoundaryForPermissionSet', {}],
    ['DeletePermissionsBoundaryFromPermissionSet', {}],
    ['ProvisionPermissionSet', { TargetType: 'ALL_PROVISIONED_ACCOUNTS' }],
    ['ListAccountsForProvisionedPermissionSet', {}],
  ]
  for (const [operation, members] of calls) {
    await expect(admin.call(operation, { ...set, ...members }), operation).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Could not find PermissionSet with id ps-0000000000000000',
    })
    const elsewhere = { ...set, ...members, InstanceArn: 'arn:aws:sso:::instance/ssoins-0000000000000000' }
    await expect(admin.call(operation, elsewhere), operation).rejects.toMatchObject({ name: 'AccessDeniedException' })
  }
})

test('managed policies are attached once, listed as attached, and detached', async () => {
  const set = await target()
  const policy = { ...set, ManagedPolicyArn: POLICY }
  await admin.call('AttachManagedPolicyToPermissionSet', policy)
  await expect(admin.call('AttachManagedPolicyToPermissionSet', policy)).rejects.toMatchObject({
    name: 'ConflictException',
    message: expect.stringContaining('already has a typed link attachment to a manged policy with'),
  })
  expect(await admin.call('ListManagedPoliciesInPermissionSet', set)).toEqual({
    AttachedManagedPolicies: [{ Name: 'Billing', Arn: POLICY }],
  })
  await admin.call('DetachManagedPolicyFromPermissionSet', policy)
  await expect(admin.call('DetachManagedPolicyFromPermissionSet', policy)).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: `Could not find ManagedPolicy with arn ${POLICY}`,
  })
})

test('customer managed policies go by name and path, and count with the others', async () => {
  const set = await target()
  const named = (Name: string, Path?: string) => ({
    ...set,
    CustomerManagedPolicyReference: Path === undefined ? { Name } : { Name, Path },
  })
  const attach = 'AttachCustomerManagedPolicyReferenceToPermissionSet'
  await admin.call(attach, named('Deploy'))
  await admin.call(attach, named('Deploy', '/team/'))
  await expect(admin.call(attach, named('Deploy', '/'))).rejects.toMatchObject({
    name: 'ConflictException',
    message: 'Given customer managed policy with name: Deploy and path / already attached',
  })
  await admin.call('AttachManagedPolicyToPermissionSet', { ...set, ManagedPolicyArn: POLICY })
  await expect(admin.call(attach, named('Other'))).rejects.toMatchObject({
    name: 'ServiceQuotaExceededException',
    message: expect.stringContaining(
      'You have exceeded AWS SSO limits. Cannot create ManagedPolicy more than 3 for id ps-',
    ),
  })
  expect(await admin.call('ListCustomerManagedPolicyReferencesInPermissionSet', set)).toEqual({
    CustomerManagedPolicyReferences: [
      { Name: 'Deploy', Path: '/' },
      { Name: 'Deploy', Path: '/team/' },
    ],
  })
  await admin.call('DetachCustomerManagedPolicyReferenceFromPermissionSet', named('Deploy'))
  await expect(
    admin.call('DetachCustomerManagedPolicyReferenceFromPermissionSet', named('Deploy')),
  ).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
})

test('an inline policy is kept as it was written, empty when there is none, and must be a policy', async () => {
  const set = await target()
  expect(await admin.call('GetInlinePolicyForPermissionSet', set)).toEqual({ InlinePolicy: '' })
  const written = `${DOCUMENT}\n`
  await admin.call('PutInlinePolicyToPermissionSet', { ...set, InlinePolicy: written })
  expect(await admin.call('GetInlinePolicyForPermissionSet', set)).toEqual({ InlinePolicy: written })
  const broken = { ...set, InlinePolicy: '{"Statement":[{"Effect":"Maybe"}]}' }
  await expect(admin.call('PutInlinePolicyToPermissionSet', broken)).rejects.toMatchObject({
    name: 'ValidationException',
  })
  await admin.call('DeleteInlinePolicyFromPermissionSet', set)
  await admin.call('DeleteInlinePolicyFromPermissionSet', set)
  expect(await admin.call('GetInlinePolicyForPermissionSet', set)).toEqual({ InlinePolicy: '' })
})

test('a permissions boundary is one policy, of AWS or of the account, and not found when there is none', async () => {
  const set = await target()
  const put = 'PutPermissionsBoundaryToPermissionSet'
  await expect(admin.call('GetPermissionsBoundaryForPermissionSet', set)).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  })
  const both = { ManagedPolicyArn: POLICY, CustomerManagedPolicyReference: { Name: 'x' } }
  for (const PermissionsBoundary of [{}, both])
    await expect(admin.call(put, { ...set, PermissionsBoundary })).rejects.toMatchObject({
      name: 'ValidationException',
    })
  for (const PermissionsBoundary of [
    { ManagedPolicyArn: POLICY },
    { CustomerManagedPolicyReference: { Name: 'x', Path: '/' } },
  ]) {
    await admin.call(put, { ...set, PermissionsBoundary })
    expect(await admin.call('GetPermissionsBoundaryForPermissionSet', set)).toEqual({ PermissionsBoundary })
  }
  await admin.call('DeletePermissionsBoundaryFromPermissionSet', set)
  await expect(admin.call('GetPermissionsBoundaryForPermissionSet', set)).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  })
})

test('tags come with the set, are added, overwritten, removed, and go with it', async () => {
  const set = await target({ Tags: [{ Key: 'team', Value: 'platform' }] })
  const resource = { InstanceArn: INSTANCE_ARN, ResourceArn: set.PermissionSetArn }
  await admin.call('TagResource', {
    ...resource,
    Tags: [
      { Key: 'team', Value: 'tools' },
      { Key: 'cost', Value: '' },
    ],
  })
  expect(await admin.call('ListTagsForResource', resource)).toEqual({
    Tags: [
      { Key: 'cost', Value: '' },
      { Key: 'team', Value: 'tools' },
    ],
  })
  await admin.call('UntagResource', { ...resource, TagKeys: ['cost', 'never'] })
  expect(await admin.call('ListTagsForResource', resource)).toEqual({ Tags: [{ Key: 'team', Value: 'tools' }] })
  const many = Array.from({ length: 50 }, (_, index) => ({ Key: `key ${index}`, Value: 'x' }))
  await expect(admin.call('TagResource', { ...resource, Tags: many })).rejects.toMatchObject({
    name: 'ServiceQuotaExceededException',
  })
  await admin.call('DeletePermissionSet', set)
  await expect(admin.call('ListTagsForResource', resource)).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
  expect(await server.context.store.tags.countOf(String(set.PermissionSetArn))).toBe(0)
})

test('a permission set that is assigned to anybody is not deleted', async () => {
  const { items } = await server.context.store.permissionSets.list({ limit: 1 })
  const set = { InstanceArn: INSTANCE_ARN, PermissionSetArn: items[0]?.arn }
  await expect(admin.call('DeletePermissionSet', set)).rejects.toMatchObject({
    name: 'ConflictException',
    message: 'Could not delete because PermissionSet has ApplicationProfile associated with it',
  })
})
