import { seconds } from '@mayfly/identity-center/duration'
import type { AccountId } from '@mayfly/identity-center/identifiers'
import type { Client } from '@mayfly/wire/call'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { INSTANCE_ARN, signedClients } from '../../testing/administrator.ts'
import { startTestServer, type TestServer } from '../../testing/test-server.ts'

const SECURITY = '777788889999'

let server: TestServer
let admin: Client

beforeEach(async () => {
  server = await startTestServer()
  admin = (await signedClients(server))('sso-admin')
})
afterEach(() => server.close())

const instance = { InstanceArn: INSTANCE_ARN }

/** Alice, as an administrator of the security account, to which Identity Center was delegated. */
async function delegate(): Promise<Client> {
  const { store, clock, policies } = server.context
  const servicePrincipal = 'sso.amazonaws.com'
  await store.delegatedAdministrators.insert({
    accountId: SECURITY as AccountId,
    servicePrincipal,
    enabledAt: clock.now(),
  })
  policies.changed()
  return (await signedClients(server, { accountId: SECURITY }))('sso-admin')
}

test('there is one instance, listed and described alike, and renamed at once', async () => {
  const described = {
    InstanceArn: INSTANCE_ARN,
    IdentityStoreId: 'd-9067a1b2c3',
    OwnerAccountId: '111122223333',
    Name: 'Acme',
    CreatedDate: server.clock.now(),
    Status: 'ACTIVE',
  }
  expect(await admin.call('ListInstances', { MaxResults: 1 })).toEqual({ Instances: [described] })
  expect(await admin.call('DescribeInstance', instance)).toMatchObject(described)
  await admin.call('UpdateInstance', { ...instance, Name: 'Acme-Corporation' })
  expect(await admin.call('DescribeInstance', instance)).toMatchObject({ Name: 'Acme-Corporation' })
  const EncryptionConfiguration = {
    KeyType: 'CUSTOMER_MANAGED_KEY',
    KmsKeyArn: 'arn:aws:kms:us-east-1:111122223333:key/00000000-0000-0000-0000-000000000000',
  }
  await expect(admin.call('UpdateInstance', { ...instance, EncryptionConfiguration })).rejects.toMatchObject({
    name: 'ValidationException',
  })
})

test('the instance of the organization is neither made a second time nor deleted, and another is not shown', async () => {
  await expect(admin.call('CreateInstance', {})).rejects.toMatchObject({ name: 'ValidationException' })
  await expect((await delegate()).call('CreateInstance', {})).rejects.toMatchObject({ name: 'ConflictException' })
  await expect(admin.call('DeleteInstance', instance)).rejects.toMatchObject({ name: 'ConflictException' })
  const other = { InstanceArn: 'arn:aws:sso:::instance/ssoins-0000000000000000' }
  for (const operation of ['DescribeInstance', 'UpdateInstance', 'DeleteInstance', 'ListPermissionSets'])
    await expect(admin.call(operation, other), operation).rejects.toMatchObject({ name: 'AccessDeniedException' })
})

test('an instance is tagged as permission sets are', async () => {
  const Tags = [{ Key: 'owner', Value: 'security' }]
  await admin.call('TagResource', { ResourceArn: INSTANCE_ARN, Tags })
  expect(await admin.call('ListTagsForResource', { ResourceArn: INSTANCE_ARN })).toEqual({ Tags })
})

test('a delegated administrator touches nothing that the management account carries', async () => {
  const delegated = await delegate()
  const { store } = server.context
  const set = async (name: string) => ({
    ...instance,
    PermissionSetArn: (await store.permissionSets.findByName(name))?.arn,
  })
  const [ofManagement, ofOthers] = [await set('Billing'), await set('PowerUserAccess')]
  const bob = await store.users.findByUserName('bob')
  const assignment = { TargetType: 'AWS_ACCOUNT', PrincipalType: 'USER', PrincipalId: bob?.id }
  const denied = { name: 'AccessDeniedException' }
  const inManagement = { ...ofOthers, ...assignment, TargetId: '111122223333' }
  await expect(delegated.call('UpdatePermissionSet', ofManagement)).rejects.toMatchObject(denied)
  await expect(delegated.call('CreateAccountAssignment', inManagement)).rejects.toMatchObject(denied)
  await expect(delegated.call('DeleteAccountAssignment', inManagement)).rejects.toMatchObject(denied)
  const everywhere = { TargetType: 'ALL_PROVISIONED_ACCOUNTS' }
  await expect(delegated.call('ProvisionPermissionSet', { ...ofManagement, ...everywhere })).rejects.toMatchObject(
    denied,
  )
  await delegated.call('UpdatePermissionSet', { ...ofOthers, Description: 'x' })
  await delegated.call('ProvisionPermissionSet', { ...ofOthers, ...everywhere })
  await delegated.call('CreateAccountAssignment', { ...ofOthers, ...assignment, TargetId: SECURITY })
})

const configure = (AccessControlAttributes: readonly { Key: string; Value: { Source: string[] } }[]) => ({
  ...instance,
  InstanceAccessControlAttributeConfiguration: { AccessControlAttributes },
})
const name = { Key: 'Name', Value: { Source: [`\${path:userName}`] } }

test('attributes for access control are turned on once, replaced as a whole, and turned off', async () => {
  const describe = () => admin.call('DescribeInstanceAccessControlAttributeConfiguration', instance)
  const notFound = { name: 'ResourceNotFoundException' }
  await expect(describe()).rejects.toMatchObject(notFound)
  await expect(
    admin.call('UpdateInstanceAccessControlAttributeConfiguration', configure([name])),
  ).rejects.toMatchObject(notFound)
  await expect(admin.call('DeleteInstanceAccessControlAttributeConfiguration', instance)).rejects.toMatchObject(
    notFound,
  )
  await admin.call('CreateInstanceAccessControlAttributeConfiguration', configure([name]))
  await expect(admin.call('CreateInstanceAccessControlAttributeConfiguration', configure([]))).rejects.toMatchObject({
    name: 'ConflictException',
  })
  expect(await describe()).toEqual({
    Status: 'ENABLED',
    InstanceAccessControlAttributeConfiguration: { AccessControlAttributes: [name] },
  })
  const company = { Key: 'Company', Value: { Source: ['Acme'] } }
  await admin.call('UpdateInstanceAccessControlAttributeConfiguration', configure([company]))
  expect(await describe()).toMatchObject({
    InstanceAccessControlAttributeConfiguration: { AccessControlAttributes: [company] },
  })
  const wrong = configure([{ Key: 'Shoes', Value: { Source: [`\${path:shoeSize}`] } }])
  await expect(admin.call('UpdateInstanceAccessControlAttributeConfiguration', wrong)).rejects.toMatchObject({
    name: 'ValidationException',
  })
  await admin.call('DeleteInstanceAccessControlAttributeConfiguration', instance)
  await expect(describe()).rejects.toMatchObject(notFound)
})

test("a user's attributes are the tags of the next role session, and policies can go by them", async () => {
  const { store } = server.context
  const made = await admin.call('CreatePermissionSet', { ...instance, Name: 'ByName' })
  const { PermissionSetArn } = made['PermissionSet'] as Record<string, unknown>
  const InlinePolicy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: 'sso:List*',
        Resource: '*',
        Condition: { StringEquals: { 'aws:PrincipalTag/Name': 'bob' } },
      },
    ],
  })
  await admin.call('PutInlinePolicyToPermissionSet', { ...instance, PermissionSetArn, InlinePolicy })
  const bob = await store.users.findByUserName('bob')
  await admin.call('CreateAccountAssignment', {
    ...instance,
    PermissionSetArn,
    TargetId: '111122223333',
    TargetType: 'AWS_ACCOUNT',
    PrincipalType: 'USER',
    PrincipalId: bob?.id,
  })
  const asBob = async () => (await signedClients(server, { userName: 'bob', roleName: 'ByName' }))('sso-admin')
  await expect((await asBob()).call('ListPermissionSets', instance)).rejects.toMatchObject({
    name: 'AccessDeniedException',
  })
  await admin.call('CreateInstanceAccessControlAttributeConfiguration', configure([name]))
  await server.clock.advance(seconds(2))
  await expect((await asBob()).call('ListPermissionSets', instance)).resolves.toHaveProperty('PermissionSets')
})
