import { afterEach, beforeEach, expect, test } from 'vitest'
import { signedClients } from '../../testing/administrator.ts'
import { answering, type Call } from '../../testing/answering.ts'
import { startTestServer, type TestServer } from '../../testing/test-server.ts'

const MANAGEMENT = '111122223333'
const SANDBOX = '555566667777'
const ROOT = 'r-4c60'
const Type = 'SERVICE_CONTROL_POLICY'
const FULL = 'p-FullAWSAccess'
const Content = '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"s3:*","Resource":"*"}]}'

let server: TestServer
let call: Call

beforeEach(async () => {
  server = await startTestServer()
  call = answering((await signedClients(server))('organizations'))
})
afterEach(() => server.close())

async function createPolicy(Name: string): Promise<string> {
  const { Policy } = await call('CreatePolicy', { Name, Description: 'No buckets', Content, Type })
  return Policy.PolicySummary.Id
}

const refused = (name: string, reason?: string) => ({
  name: `${name}Exception`,
  ...(reason === undefined ? {} : { members: expect.objectContaining({ Reason: reason }) }),
})

test('once they are enabled, what AWS allows is attached to everything, and to what is made afterwards', async () => {
  const { Root } = await call('EnablePolicyType', { RootId: ROOT, PolicyType: Type })
  expect(Root.PolicyTypes).toEqual([{ Type, Status: 'ENABLED' }])
  const { OrganizationalUnit } = await call('CreateOrganizationalUnit', { ParentId: ROOT, Name: 'New' })
  for (const TargetId of [ROOT, SANDBOX, OrganizationalUnit.Id]) {
    const { Policies } = await call('ListPoliciesForTarget', { TargetId, Filter: Type })
    expect(Policies).toMatchObject([
      { Id: FULL, AwsManaged: true, Arn: `arn:aws:organizations::aws:policy/service_control_policy/${FULL}` },
    ])
  }
  const again = call('EnablePolicyType', { RootId: ROOT, PolicyType: Type })
  await expect(again).rejects.toMatchObject(refused('PolicyTypeAlreadyEnabled'))
  await call('DisablePolicyType', { RootId: ROOT, PolicyType: Type })
  expect(await call('ListTargetsForPolicy', { PolicyId: FULL })).toEqual({ Targets: [] })
  const twice = call('DisablePolicyType', { RootId: ROOT, PolicyType: Type })
  await expect(twice).rejects.toMatchObject(refused('PolicyTypeNotEnabled'))
  const elsewhere = call('EnablePolicyType', { RootId: 'r-0000', PolicyType: Type })
  await expect(elsewhere).rejects.toMatchObject(refused('RootNotFound'))
})

test('a policy is made, read, changed and deleted', async () => {
  const id = await createPolicy('NoBuckets')
  const arn = `arn:aws:organizations::${MANAGEMENT}:policy/o-7223b1e5f2/service_control_policy/${id}`
  const summary = { Id: id, Arn: arn, Name: 'NoBuckets', Description: 'No buckets', Type, AwsManaged: false }
  expect(await call('DescribePolicy', { PolicyId: id })).toEqual({ Policy: { PolicySummary: summary, Content } })
  expect((await call('ListPolicies', { Filter: Type })).Policies).toContainEqual(summary)
  expect(await call('ListPolicies', { Filter: 'TAG_POLICY' })).toEqual({ Policies: [] })
  const { Policy } = await call('UpdatePolicy', { PolicyId: id, Name: 'Fewer' })
  expect(Policy).toMatchObject({ PolicySummary: { Name: 'Fewer', Description: 'No buckets' }, Content })
  await call('DeletePolicy', { PolicyId: id })
  await expect(call('DescribePolicy', { PolicyId: id })).rejects.toMatchObject(refused('PolicyNotFound'))
})

test('a policy has a name of its own, and a document that can be followed', async () => {
  await createPolicy('NoBuckets')
  await expect(createPolicy('NoBuckets')).rejects.toMatchObject(refused('DuplicatePolicy'))
  const create = (more: Record<string, unknown>) =>
    call('CreatePolicy', { Name: 'Other', Description: '', Content, Type, ...more })
  await expect(create({ Content: '{' })).rejects.toMatchObject(refused('MalformedPolicyDocument'))
  const long = create({ Content: Content.replace('s3:*', `s3:${'x'.repeat(5200)}`) })
  await expect(long).rejects.toMatchObject(refused('ConstraintViolation', 'POLICY_CONTENT_LIMIT_EXCEEDED'))
  const other = create({ Type: 'TAG_POLICY' })
  await expect(other).rejects.toMatchObject(refused('PolicyTypeNotAvailableForOrganization'))
  const own = call('UpdatePolicy', { PolicyId: FULL, Name: 'Mine' })
  await expect(own).rejects.toMatchObject(refused('InvalidInput', 'IMMUTABLE_POLICY'))
})

test('a target has one policy at least and five at most, each once', async () => {
  const first = await createPolicy('First')
  const attach = (PolicyId: string, TargetId = SANDBOX) => call('AttachPolicy', { PolicyId, TargetId })
  const detach = (PolicyId: string) => call('DetachPolicy', { PolicyId, TargetId: SANDBOX })
  await expect(attach(first)).rejects.toMatchObject(refused('PolicyTypeNotEnabled'))
  await call('EnablePolicyType', { RootId: ROOT, PolicyType: Type })
  await expect(detach(first)).rejects.toMatchObject(refused('PolicyNotAttached'))
  const last = detach(FULL)
  await expect(last).rejects.toMatchObject(refused('ConstraintViolation', 'MIN_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED'))
  await attach(first)
  await expect(attach(first)).rejects.toMatchObject(refused('DuplicatePolicyAttachment'))
  await expect(attach(first, '999999999999')).rejects.toMatchObject(refused('TargetNotFound'))
  await expect(call('DeletePolicy', { PolicyId: first })).rejects.toMatchObject(refused('PolicyInUse'))
  expect((await call('ListTargetsForPolicy', { PolicyId: first })).Targets).toMatchObject([
    { TargetId: SANDBOX, Name: 'Acme Sandbox', Type: 'ACCOUNT' },
  ])
  for (const name of ['Second', 'Third', 'Fourth']) await attach(await createPolicy(name))
  const sixth = attach(await createPolicy('Fifth'))
  await expect(sixth).rejects.toMatchObject(refused('ConstraintViolation', 'MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED'))
  await detach(first)
  await call('DeletePolicy', { PolicyId: first })
})

test('a policy bounds the accounts below its target from the next call on, until it is off or they are elsewhere', async () => {
  const iam = answering((await signedClients(server, { accountId: SANDBOX }))('iam'))
  await call('EnablePolicyType', { RootId: ROOT, PolicyType: Type })
  const { Policy } = await call('CreatePolicy', {
    Name: 'NoRoles',
    Description: '',
    Content: Content.replace('s3:*', 'iam:ListRoles'),
    Type,
  })
  const PolicyId = Policy.PolicySummary.Id
  const { Parents } = await call('ListParents', { ChildId: SANDBOX })
  const unit = Parents[0].Id
  const denied = { name: 'AccessDenied', message: expect.stringContaining('service control policy') }
  await iam('ListRoles')
  await call('AttachPolicy', { PolicyId, TargetId: unit })
  await expect(iam('ListRoles')).rejects.toMatchObject(denied)
  await call('MoveAccount', { AccountId: SANDBOX, SourceParentId: unit, DestinationParentId: ROOT })
  await iam('ListRoles')
  await call('AttachPolicy', { PolicyId, TargetId: SANDBOX })
  await expect(iam('ListRoles')).rejects.toMatchObject(denied)
  await call('UpdatePolicy', { PolicyId, Content })
  await iam('ListRoles')
  await call('DetachPolicy', { PolicyId: FULL, TargetId: SANDBOX })
  await expect(iam('ListRoles')).rejects.toMatchObject(denied)
  await call('DisablePolicyType', { RootId: ROOT, PolicyType: Type })
  await iam('ListRoles')
})

test('roots, units, accounts and policies carry tags, fifty at most', async () => {
  const policy = await createPolicy('NoBuckets')
  for (const ResourceId of [ROOT, SANDBOX, policy]) {
    await call('TagResource', {
      ResourceId,
      Tags: [
        { Key: 'team', Value: 'a' },
        { Key: 'cost', Value: '' },
      ],
    })
    await call('TagResource', { ResourceId, Tags: [{ Key: 'team', Value: 'b' }] })
    await call('UntagResource', { ResourceId, TagKeys: ['cost', 'never'] })
    expect(await call('ListTagsForResource', { ResourceId })).toEqual({ Tags: [{ Key: 'team', Value: 'b' }] })
  }
  const tag = (Tags: object[], ResourceId = SANDBOX) => call('TagResource', { ResourceId, Tags })
  const a = { Key: 'a', Value: '' }
  await expect(tag([a], '999999999999')).rejects.toMatchObject(refused('TargetNotFound'))
  await expect(tag([a, a])).rejects.toMatchObject(refused('InvalidInput', 'DUPLICATE_TAG_KEY'))
  const reserved = tag([{ Key: 'aws:a', Value: '' }])
  await expect(reserved).rejects.toMatchObject(refused('InvalidInput', 'INVALID_SYSTEM_TAGS_PARAMETER'))
  const many = Array.from({ length: 50 }, (_, number) => ({ Key: `key-${number}`, Value: '' }))
  await expect(tag(many)).rejects.toMatchObject(refused('ConstraintViolation', 'MAX_TAG_LIMIT_EXCEEDED'))
})

test('Identity Center has one delegated administrator, of a service that is trusted', async () => {
  const principal = 'sso.amazonaws.com'
  const register = (AccountId: string, ServicePrincipal = principal) =>
    call('RegisterDelegatedAdministrator', { AccountId, ServicePrincipal })
  const unknown = register('999999999999')
  await expect(unknown).rejects.toMatchObject(refused('AccountNotFound'))
  await expect(register(MANAGEMENT)).rejects.toMatchObject(
    refused('ConstraintViolation', 'CANNOT_REGISTER_MASTER_AS_DELEGATED_ADMINISTRATOR'),
  )
  await expect(register(SANDBOX, 'config.amazonaws.com')).rejects.toMatchObject(
    refused('ConstraintViolation', 'SERVICE_ACCESS_NOT_ENABLED'),
  )
  await expect(register(SANDBOX, 'example.com')).rejects.toMatchObject(
    refused('InvalidInput', 'UNRECOGNIZED_SERVICE_PRINCIPAL'),
  )
  await register(SANDBOX)
  await expect(register(SANDBOX)).rejects.toMatchObject(refused('AccountAlreadyRegistered'))
  await expect(register('222233334444')).rejects.toMatchObject(
    refused('ConstraintViolation', 'MAX_DELEGATED_ADMINISTRATORS_FOR_SERVICE_LIMIT_EXCEEDED'),
  )
  const { DelegatedAdministrators } = await call('ListDelegatedAdministrators', { ServicePrincipal: principal })
  expect(DelegatedAdministrators).toMatchObject([{ Id: SANDBOX, Name: 'Acme Sandbox', Status: 'ACTIVE' }])
  const { DelegatedServices } = await call('ListDelegatedServicesForAccount', { AccountId: SANDBOX })
  expect(DelegatedServices).toMatchObject([{ ServicePrincipal: principal }])
  for (const operation of ['CloseAccount', 'RemoveAccountFromOrganization']) {
    await expect(call(operation, { AccountId: SANDBOX })).rejects.toMatchObject(
      refused('ConstraintViolation', 'CANNOT_REMOVE_DELEGATED_ADMINISTRATOR_FROM_ORG'),
    )
  }
  const disable = () => call('DisableAWSServiceAccess', { ServicePrincipal: principal })
  await expect(disable()).rejects.toMatchObject(
    refused('ConstraintViolation', 'DELEGATED_ADMINISTRATOR_EXISTS_FOR_THIS_SERVICE'),
  )
  await call('DeregisterDelegatedAdministrator', { AccountId: SANDBOX, ServicePrincipal: principal })
  const gone = call('DeregisterDelegatedAdministrator', { AccountId: SANDBOX, ServicePrincipal: principal })
  await expect(gone).rejects.toMatchObject(refused('AccountNotRegistered'))
  const none = call('ListDelegatedServicesForAccount', { AccountId: SANDBOX })
  await expect(none).rejects.toMatchObject(refused('AccountNotRegistered'))
  await disable()
  expect(await call('ListAWSServiceAccessForOrganization')).toEqual({ EnabledServicePrincipals: [] })
  await call('EnableAWSServiceAccess', { ServicePrincipal: 'config.amazonaws.com' })
  expect((await call('ListAWSServiceAccessForOrganization')).EnabledServicePrincipals).toMatchObject([
    { ServicePrincipal: 'config.amazonaws.com', DateEnabled: expect.any(Date) },
  ])
})
