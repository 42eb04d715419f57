/** The calls that Terraform's AWS provider makes, in its order, with the AWS SDK: no plan finds a difference afterwards. */

import {
  DescribeUserCommand,
  GetGroupIdCommand,
  GetUserIdCommand,
  ListUsersCommand,
} from '@aws-sdk/client-identitystore'
import { DescribeOrganizationCommand, ListAccountsCommand, ListRootsCommand } from '@aws-sdk/client-organizations'
import {
  DescribePermissionSetCommand,
  ListInstancesCommand,
  ListPermissionSetsCommand,
} from '@aws-sdk/client-sso-admin'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { alice } from '../harness/example.ts'
import { ServerProcess } from '../harness/server-process.ts'
import { type Keys, PortalPerson } from '../organization/founder.ts'
import { accessControlAttributes, accountAssignment } from './access.ts'
import {
  application,
  applicationAccessScope,
  applicationAssignment,
  applicationAssignmentConfiguration,
  trustedTokenIssuer,
} from './applications.ts'
import { type Clients, createClients, need } from './clients.ts'
import { createConfiguration, FIRST, type Kinds, SECOND } from './configuration.ts'
import { group, groupMembership, user } from './directory.ts'
import { Terraform } from './engine.ts'
import {
  customerManagedPolicyAttachment,
  inlinePolicy,
  managedPolicyAttachment,
  permissionSet,
  permissionsBoundaryAttachment,
} from './permission-sets.ts'

const MANAGEMENT = '111122223333'

let server: ServerProcess
let keys: Keys
let clients: Clients
let kinds: Kinds

beforeAll(async () => {
  server = await ServerProcess.start()
  const person = await PortalPerson.signIn(server.origin, alice.userName, alice.password)
  keys = await person.roleKeys(MANAGEMENT, 'AdministratorAccess')
  const made = createClients(server.origin, keys)
  const instance = need((await made.sso.send(new ListInstancesCommand({}))).Instances?.[0])
  clients = { ...made, instanceArn: need(instance.InstanceArn), identityStoreId: need(instance.IdentityStoreId) }
  kinds = {
    permissionSet: permissionSet(clients),
    inlinePolicy: inlinePolicy(clients),
    managedPolicyAttachment: managedPolicyAttachment(clients),
    customerManagedPolicyAttachment: customerManagedPolicyAttachment(clients),
    permissionsBoundaryAttachment: permissionsBoundaryAttachment(clients),
    accountAssignment: accountAssignment(clients),
    accessControlAttributes: accessControlAttributes(clients),
    user: user(clients),
    group: group(clients),
    groupMembership: groupMembership(clients),
    application: application(clients),
    applicationAssignment: applicationAssignment(clients),
    applicationAssignmentConfiguration: applicationAssignmentConfiguration(clients),
    applicationAccessScope: applicationAccessScope(clients),
    trustedTokenIssuer: trustedTokenIssuer(clients),
  }
})
afterAll(() => server?.stop())

test('create, read, update, import and destroy: the second plan is empty each time', async () => {
  const first = createConfiguration(kinds, FIRST)
  const second = createConfiguration(kinds, SECOND)
  const terraform = new Terraform()
  await terraform.apply(first)
  expect(await terraform.plan(first), 'after the first apply').toEqual([])
  const ids = new Map(terraform.ids)
  await terraform.apply(first)
  expect(terraform.ids, 'an apply without a change makes nothing anew').toEqual(ids)

  expect((await terraform.plan(second)).length, 'the second version differs').toBeGreaterThan(8)
  await terraform.apply(second)
  expect(await terraform.plan(second), 'after the second apply').toEqual([])

  const imported = terraform.import()
  expect(await imported.plan(second), 'after an import').toEqual([])

  await imported.destroy(second)
  for (const { name, kind } of second) {
    const found = await kind.read(need(imported.ids.get(name)))
    expect(found, `${name} after the destroy`).toBeUndefined()
  }
  await imported.destroy(second)
})

test('what data sources look up: by name, by alternate identifier, through every page', async () => {
  const { sso, store, org, instanceArn: InstanceArn, identityStoreId: IdentityStoreId } = clients
  const names: (string | undefined)[] = []
  let NextToken: string | undefined
  do {
    const page = await sso.send(new ListPermissionSetsCommand({ InstanceArn, MaxResults: 2, NextToken }))
    for (const PermissionSetArn of page.PermissionSets ?? []) {
      const { PermissionSet } = await sso.send(new DescribePermissionSetCommand({ InstanceArn, PermissionSetArn }))
      names.push(PermissionSet?.Name)
    }
    NextToken = page.NextToken
  } while (NextToken !== undefined)
  expect(names).toEqual(expect.arrayContaining(['AdministratorAccess', 'ReadOnlyAccess', 'SandboxDeploy']))

  const byName = { UniqueAttribute: { AttributePath: 'userName', AttributeValue: 'bob' } }
  const { UserId } = await store.send(new GetUserIdCommand({ IdentityStoreId, AlternateIdentifier: byName }))
  expect(await store.send(new DescribeUserCommand({ IdentityStoreId, UserId }))).toMatchObject({ UserName: 'bob' })
  const byEmail = { UniqueAttribute: { AttributePath: 'emails.value', AttributeValue: 'bob@acme.example' } }
  expect(await store.send(new GetUserIdCommand({ IdentityStoreId, AlternateIdentifier: byEmail }))).toMatchObject({
    UserId,
  })
  const old = await store.send(
    new ListUsersCommand({ IdentityStoreId, Filters: [{ AttributePath: 'UserName', AttributeValue: 'bob' }] }),
  )
  expect(old.Users?.map((each) => each.UserId)).toEqual([UserId])
  const ofGroup = { UniqueAttribute: { AttributePath: 'displayName', AttributeValue: 'Developers' } }
  expect(await store.send(new GetGroupIdCommand({ IdentityStoreId, AlternateIdentifier: ofGroup }))).toHaveProperty(
    'GroupId',
  )

  const { Organization } = await org.send(new DescribeOrganizationCommand({}))
  expect(Organization).toMatchObject({ MasterAccountId: MANAGEMENT, FeatureSet: 'ALL' })
  expect((await org.send(new ListRootsCommand({}))).Roots).toMatchObject([{ Name: 'Root' }])
  expect((await org.send(new ListAccountsCommand({}))).Accounts).toHaveLength(7)
})

test('the provider starts with GetCallerIdentity', async () => {
  const sts = new STSClient({ region: 'us-east-1', endpoint: server.origin, credentials: keys })
  expect(await sts.send(new GetCallerIdentityCommand({}))).toMatchObject({ Account: MANAGEMENT })
})
