import type { AccountId, PermissionSetArn } from '@mayfly/identity-center/identifiers'
import type { Client } from '@mayfly/wire/call'
import { expect, onTestFinished, test } from 'vitest'
import { forEachEngine } from '../../../../store/src/testing/engines.ts'
import { INSTANCE_ARN, signedClients } from '../../testing/administrator.ts'
import { startTestServer, type TestServer } from '../../testing/test-server.ts'

type Members = Record<string, unknown>

const ALL = { TargetType: 'ALL_PROVISIONED_ACCOUNTS' }
const POLICY = 'arn:aws:iam::aws:policy/ReadOnlyAccess'
const STALE = 'LATEST_PERMISSION_SET_NOT_PROVISIONED'
const LATEST = 'LATEST_PERMISSION_SET_PROVISIONED'
const SANDBOX = '555566667777'

interface World {
  readonly server: TestServer
  readonly admin: Client
  /** The set that developers have in three accounts. */
  readonly set: { InstanceArn: string; PermissionSetArn: PermissionSetArn }
}

async function start(url: string): Promise<World> {
  const server = await startTestServer({ databaseUrl: url })
  onTestFinished(() => server.close())
  const found = await server.context.store.permissionSets.findByName('PowerUserAccess')
  return {
    server,
    admin: (await signedClients(server))('sso-admin'),
    set: { InstanceArn: INSTANCE_ARN, PermissionSetArn: found?.arn as PermissionSetArn },
  }
}

async function provision(admin: Client, input: Members): Promise<Members> {
  const asked = (await admin.call('ProvisionPermissionSet', input))['PermissionSetProvisioningStatus'] as Members
  expect(asked['Status']).toBe('IN_PROGRESS')
  const { RequestId } = asked
  const described = { InstanceArn: INSTANCE_ARN, ProvisionPermissionSetRequestId: RequestId }
  const answer = await admin.call('DescribePermissionSetProvisioningStatus', described)
  return answer['PermissionSetProvisioningStatus'] as Members
}

const accounts = async (admin: Client, set: Members, ProvisioningStatus?: string): Promise<unknown> =>
  (
    await admin.call('ListAccountsForProvisionedPermissionSet', {
      ...set,
      ...(ProvisioningStatus === undefined ? {} : { ProvisioningStatus }),
    })
  )['AccountIds']

const DEVELOPERS = ['222233334444', '444455556666', SANDBOX]

/** A customer managed policy of one account. */
const insertPolicy = (server: TestServer, accountId: string, name: string) =>
  server.context.store.iamPolicies.insert({
    arn: `arn:aws:iam::${accountId}:policy/${name}`,
    accountId: accountId as AccountId,
    name,
    path: '/',
    id: `ANPA${accountId}`,
    document: '{"Version":"2012-10-17","Statement":[]}',
    tags: [],
    createdAt: server.clock.now(),
  })

await forEachEngine((engine) => {
  test('a change reaches an account when the set is provisioned there, and not before', async () => {
    const { admin, set, server } = await start(await engine.createDatabase())
    const { store } = server.context
    const policiesIn = async (accountId: string) => {
      const { version = 0 } =
        (await store.provisionedPermissionSets.find(accountId as AccountId, set.PermissionSetArn)) ?? {}
      return (await store.permissionSetVersions.find(set.PermissionSetArn, version))?.managedPolicies
    }
    expect(await accounts(admin, set, STALE)).toEqual([])
    await admin.call('AttachManagedPolicyToPermissionSet', { ...set, ManagedPolicyArn: POLICY })
    expect(await accounts(admin, set, STALE)).toEqual(DEVELOPERS)
    expect(await policiesIn(SANDBOX)).not.toContain(POLICY)
    const ended = await provision(admin, { ...set, TargetType: 'AWS_ACCOUNT', TargetId: SANDBOX })
    expect(ended).toMatchObject({ Status: 'SUCCEEDED', AccountId: SANDBOX, PermissionSetArn: set.PermissionSetArn })
    expect(await policiesIn(SANDBOX)).toContain(POLICY)
    expect(await accounts(admin, set, LATEST)).toEqual([SANDBOX])
    expect(await accounts(admin, set, STALE)).toEqual(DEVELOPERS.slice(0, 2))
    const inSandbox = { InstanceArn: INSTANCE_ARN, AccountId: SANDBOX }
    const sets = async (ProvisioningStatus: string) =>
      (await admin.call('ListPermissionSetsProvisionedToAccount', { ...inSandbox, ProvisioningStatus }))[
        'PermissionSets'
      ]
    expect(await sets(STALE)).toEqual([])
    expect(await sets(LATEST)).toHaveLength(4)
    expect(await provision(admin, { ...set, ...ALL })).toMatchObject({ Status: 'SUCCEEDED' })
    expect(await accounts(admin, set, STALE)).toEqual([])
    expect(await accounts(admin, set)).toEqual(DEVELOPERS)
  })

  test('an assignment brings the account up to date', async () => {
    const { admin, set, server } = await start(await engine.createDatabase())
    await admin.call('AttachManagedPolicyToPermissionSet', { ...set, ManagedPolicyArn: POLICY })
    const bob = await server.context.store.users.findByUserName('bob')
    await admin.call('CreateAccountAssignment', {
      ...set,
      TargetId: SANDBOX,
      TargetType: 'AWS_ACCOUNT',
      PrincipalType: 'USER',
      PrincipalId: bob?.id,
    })
    expect(await accounts(admin, set, LATEST)).toEqual([SANDBOX])
  })

  test('a set that no account carries is provisioned all the same', async () => {
    const { admin } = await start(await engine.createDatabase())
    const made = await admin.call('CreatePermissionSet', { InstanceArn: INSTANCE_ARN, Name: 'New' })
    const { PermissionSetArn } = made['PermissionSet'] as Members
    const set = { InstanceArn: INSTANCE_ARN, PermissionSetArn }
    const ended = await provision(admin, { ...set, ...ALL })
    expect(ended).toEqual({
      Status: 'SUCCEEDED',
      RequestId: expect.any(String),
      PermissionSetArn,
      CreatedDate: expect.any(Date),
    })
    expect(await provision(admin, { ...set, TargetType: 'AWS_ACCOUNT', TargetId: SANDBOX })).toMatchObject({
      Status: 'FAILED',
      FailureReason: `Received a 404 status error: Permission set provision not found in AWS account ${SANDBOX}.`,
    })
    const without = admin.call('ProvisionPermissionSet', { ...set, TargetType: 'AWS_ACCOUNT' })
    await expect(without).rejects.toMatchObject({ name: 'ValidationException' })
  })

  test('an account that lacks a customer managed policy stays as it is, and nobody is assigned in it', async () => {
    const { admin, set, server } = await start(await engine.createDatabase())
    const reference = { CustomerManagedPolicyReference: { Name: 'Deploy' } }
    await admin.call('AttachCustomerManagedPolicyReferenceToPermissionSet', { ...set, ...reference })
    await insertPolicy(server, '222233334444', 'Deploy')
    await insertPolicy(server, SANDBOX, 'deploy')
    const missing = (accountId: string) =>
      `Received a 404 status error: Policy arn:aws:iam::${accountId}:policy/Deploy does not exist or is not attachable.`
    expect(await provision(admin, { ...set, ...ALL })).toMatchObject({
      Status: 'FAILED',
      FailureReason: missing('444455556666'),
    })
    expect(await accounts(admin, set, LATEST)).toEqual(['222233334444'])
    const alice = await server.context.store.users.findByUserName('alice')
    const asked = await admin.call('CreateAccountAssignment', {
      ...set,
      TargetId: '777788889999',
      TargetType: 'AWS_ACCOUNT',
      PrincipalType: 'USER',
      PrincipalId: alice?.id,
    })
    const { RequestId } = asked['AccountAssignmentCreationStatus'] as Members
    const described = { InstanceArn: INSTANCE_ARN, AccountAssignmentCreationRequestId: RequestId }
    expect(await admin.call('DescribeAccountAssignmentCreationStatus', described)).toMatchObject({
      AccountAssignmentCreationStatus: { Status: 'FAILED', FailureReason: missing('777788889999') },
    })
    expect(await accounts(admin, set)).toEqual(DEVELOPERS)
  })

  test('an inline policy that IAM would not take fails when it is provisioned', async () => {
    const { admin, set } = await start(await engine.createDatabase())
    const Resource = Array.from({ length: 400 }, (_, index) => `arn:aws:s3:::bucket-${index}/some-prefix/*`)
    const InlinePolicy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource }],
    })
    await admin.call('PutInlinePolicyToPermissionSet', { ...set, InlinePolicy })
    expect(await provision(admin, { ...set, ...ALL })).toMatchObject({
      Status: 'FAILED',
      FailureReason: expect.stringContaining('Maximum policy size of 10240 bytes exceeded'),
    })
    expect(await accounts(admin, set, LATEST)).toEqual([])
  })

  test('one request provisions five thousand accounts, which are then listed page by page', async () => {
    const { admin, set, server } = await start(await engine.createDatabase())
    const { store, clock } = server.context
    const { parentId } = await store.accounts.get(SANDBOX as AccountId)
    const bob = await store.users.findByUserName('bob')
    await store.transaction(async (tx) => {
      for (let number = 1; number <= 5000; number += 1) {
        const id = String(100_000_000_000 + number) as AccountId
        const email = `${number}@acme.example`
        const createdAt = clock.now()
        await tx.accounts.insert({ id, name: `n${number}`, email, parentId, joinedMethod: 'CREATED', createdAt })
        await tx.accountAssignments.insert({
          instanceArn: INSTANCE_ARN as never,
          accountId: id,
          permissionSetArn: set.PermissionSetArn,
          principal: { type: 'USER', id: bob?.id as never },
          createdAt,
        })
      }
    })
    await admin.call('UpdatePermissionSet', { ...set, Description: 'changed' })
    expect(await provision(admin, { ...set, ...ALL })).toMatchObject({ Status: 'SUCCEEDED' })
    const all: unknown[] = []
    let NextToken: unknown
    do {
      const input = { ...set, ProvisioningStatus: LATEST, ...(NextToken ? { NextToken } : {}) }
      const page = await admin.call('ListAccountsForProvisionedPermissionSet', input)
      all.push(...(page['AccountIds'] as unknown[]))
      NextToken = page['NextToken']
    } while (NextToken !== undefined)
    expect(new Set(all).size).toBe(5003)
  }, 60_000)
})
