import { seconds } from '@mayfly/identity-center/duration'
import type { AccountId, UserId } from '@mayfly/identity-center/identifiers'
import { DEFAULT_QUOTAS, type Quotas } from '@mayfly/identity-center/quotas'
import type { Client } from '@mayfly/wire/call'
import { expect, onTestFinished, test } from 'vitest'
import { forEachEngine } from '../../../../store/src/testing/engines.ts'
import { INSTANCE_ARN, signedClients } from '../../testing/administrator.ts'
import { roleCredentials, signInWithPkce } from '../../testing/journeys.ts'
import { startTestServer, type TestServer } from '../../testing/test-server.ts'

const SANDBOX = '555566667777'
const SECURITY = '777788889999'

type Members = Record<string, unknown>

interface World {
  readonly server: TestServer
  readonly admin: Client
  readonly bob: UserId
  readonly developers: string
  /** The permission set of that name. */
  set(name: string): Promise<string>
}

async function start(url: string, quotas: Partial<Quotas> = {}): Promise<World> {
  const server = await startTestServer({ databaseUrl: url, quotas: { ...DEFAULT_QUOTAS, ...quotas } })
  onTestFinished(() => server.close())
  const { store } = server.context
  const bob = (await store.users.findByUserName('bob'))?.id as UserId
  const memberships = await store.groupMemberships.listOfUser(bob, { limit: 10 })
  return {
    server,
    admin: (await signedClients(server))('sso-admin'),
    bob,
    developers: String(memberships.items[0]?.groupId),
    set: async (name) => String((await store.permissionSets.findByName(name))?.arn),
  }
}

const assignment = (PermissionSetArn: string, PrincipalId: string, members: Members = {}): Members => ({
  InstanceArn: INSTANCE_ARN,
  TargetId: SECURITY,
  TargetType: 'AWS_ACCOUNT',
  PermissionSetArn,
  PrincipalType: 'USER',
  PrincipalId,
  ...members,
})

const create = async (admin: Client, input: Members): Promise<Members> =>
  (await admin.call('CreateAccountAssignment', input))['AccountAssignmentCreationStatus'] as Members
const remove = async (admin: Client, input: Members): Promise<Members> =>
  (await admin.call('DeleteAccountAssignment', input))['AccountAssignmentDeletionStatus'] as Members

const created = async (admin: Client, { RequestId }: Members): Promise<Members> => {
  const input = { InstanceArn: INSTANCE_ARN, AccountAssignmentCreationRequestId: RequestId }
  return (await admin.call('DescribeAccountAssignmentCreationStatus', input))[
    'AccountAssignmentCreationStatus'
  ] as Members
}
const removed = async (admin: Client, { RequestId }: Members): Promise<Members> => {
  const input = { InstanceArn: INSTANCE_ARN, AccountAssignmentDeletionRequestId: RequestId }
  return (await admin.call('DescribeAccountAssignmentDeletionStatus', input))[
    'AccountAssignmentDeletionStatus'
  ] as Members
}

const everywhere = async (admin: Client, PermissionSetArn: string, members: Members = {}): Promise<unknown> => {
  const input = { InstanceArn: INSTANCE_ARN, PermissionSetArn, ...members }
  return (await admin.call('ListAccountsForProvisionedPermissionSet', input))['AccountIds']
}

await forEachEngine((engine) => {
  test('an assignment is in progress when it is asked for, and made when one asks what came of it', async () => {
    const { admin, bob, set, server } = await start(await engine.createDatabase())
    const arn = await set('Billing')
    const asked = await create(admin, assignment(arn, bob))
    const { RequestId } = asked
    const members = {
      TargetId: SECURITY,
      TargetType: 'AWS_ACCOUNT',
      PermissionSetArn: arn,
      PrincipalType: 'USER',
      PrincipalId: bob,
    }
    expect(asked).toEqual({ Status: 'IN_PROGRESS', RequestId: expect.stringMatching(/^[0-9a-f-]{36}$/), ...members })
    const CreatedDate = server.clock.now()
    expect(await created(admin, asked)).toEqual({ Status: 'SUCCEEDED', RequestId, CreatedDate, ...members })
    const input = { InstanceArn: INSTANCE_ARN, AccountId: SECURITY, PermissionSetArn: arn }
    expect(await admin.call('ListAccountAssignments', input)).toEqual({
      AccountAssignments: [{ AccountId: SECURITY, PermissionSetArn: arn, PrincipalType: 'USER', PrincipalId: bob }],
    })
    await expect(removed(admin, asked)).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
  })

  test('thirty who ask for the same assignment at once make one, and all are told that it succeeded', async () => {
    const { admin, bob, set, server } = await start(await engine.createDatabase())
    const arn = await set('Billing')
    const asked = await Promise.all(Array.from({ length: 30 }, () => create(admin, assignment(arn, bob))))
    const ended = await Promise.all(asked.map((one) => created(admin, one)))
    expect(new Set(ended.map(({ RequestId }) => RequestId)).size).toBe(30)
    expect(ended.every(({ Status }) => Status === 'SUCCEEDED')).toBe(true)
    const { items } = await server.context.store.accountAssignments.list(
      { accountId: SECURITY as AccountId },
      { limit: 100 },
    )
    expect(items.filter(({ principal }) => principal.id === bob)).toHaveLength(1)
  })

  test('ten who attach different policies to one set at once all succeed, and none is lost', async () => {
    const { admin, set } = await start(await engine.createDatabase())
    const target = { InstanceArn: INSTANCE_ARN, PermissionSetArn: await set('SandboxDeploy') }
    const names = Array.from({ length: 10 }, (_, index) => `Policy${index}`)
    await Promise.all(
      names.map((name) => {
        const ManagedPolicyArn = `arn:aws:iam::aws:policy/${name}`
        return admin.call('AttachManagedPolicyToPermissionSet', { ...target, ManagedPolicyArn })
      }),
    )
    const { AttachedManagedPolicies } = await admin.call('ListManagedPoliciesInPermissionSet', target)
    expect((AttachedManagedPolicies as Members[]).map(({ Name }) => Name).sort()).toEqual(names)
  })

  test('who makes and who takes away the same assignment at once leave a role exactly when one is left', async () => {
    const { admin, bob, developers, set, server } = await start(await engine.createDatabase())
    const arn = await set('Billing')
    const own = assignment(arn, bob)
    const shared = assignment(arn, developers, { PrincipalType: 'GROUP' })
    for (let round = 0; round < 8; round += 1) {
      await Promise.all([create(admin, own), remove(admin, shared), create(admin, shared), remove(admin, own)])
      const { store } = server.context
      const { items } = await store.accountAssignments.list({ accountId: SECURITY as AccountId }, { limit: 100 })
      const left = items.some(({ permissionSetArn }) => permissionSetArn === arn)
      expect(await everywhere(admin, arn)).toEqual(left ? ['111122223333', SECURITY] : ['111122223333'])
    }
  })

  test('forty assignments that are taken away at once are all gone, and their roles with them', async () => {
    const { admin, bob, set, server } = await start(await engine.createDatabase())
    const { store } = server.context
    const sets = await Promise.all(['Billing', 'ReadOnlyAccess', 'PowerUserAccess', 'SandboxDeploy'].map(set))
    const accounts = (await store.accounts.list({ limit: 7 })).items
    const inputs = sets.flatMap((arn) => accounts.map(({ id }) => assignment(arn, bob, { TargetId: id })))
    await Promise.all(inputs.map((input) => create(admin, input)))
    const asked = await Promise.all([...inputs, ...inputs.slice(0, 12)].map((input) => remove(admin, input)))
    const ended = await Promise.all(asked.map((one) => removed(admin, one)))
    expect(ended.filter(({ Status }) => Status === 'SUCCEEDED')).toHaveLength(28)
    const held = { InstanceArn: INSTANCE_ARN, PrincipalType: 'USER', PrincipalId: bob }
    const { AccountAssignments } = await admin.call('ListAccountAssignmentsForPrincipal', held)
    expect((AccountAssignments as Members[]).filter(({ PrincipalType }) => PrincipalType === 'USER')).toEqual([])
    expect(await everywhere(admin, await set('Billing'))).toEqual(['111122223333'])
    expect(await everywhere(admin, await set('SandboxDeploy'))).toEqual([])
  })

  test('an assignment that is not there is taken away in vain, and says so', async () => {
    const { admin, bob, set } = await start(await engine.createDatabase())
    const asked = await remove(admin, assignment(await set('Billing'), bob))
    expect(asked['Status']).toBe('IN_PROGRESS')
    expect(await removed(admin, asked)).toMatchObject({
      Status: 'FAILED',
      FailureReason: 'Received a 404 status error: Assignment not found.',
    })
  })

  test('an unknown permission set, user, group, account and request are not found', async () => {
    const { admin, bob, set } = await start(await engine.createDatabase())
    const arn = await set('Billing')
    const nobody = '9067a1b2c3-00000000-0000-4000-8000-000000000000'
    const notFound = { name: 'ResourceNotFoundException' }
    for (const input of [
      assignment(`${arn.slice(0, -16)}0000000000000000`, bob),
      assignment(arn, nobody),
      assignment(arn, nobody, { PrincipalType: 'GROUP' }),
      assignment(arn, bob, { PrincipalType: 'GROUP' }),
      assignment(arn, bob, { TargetId: '000000000001' }),
    ])
      await expect(create(admin, input)).rejects.toMatchObject(notFound)
    const RequestId = '00000000-0000-4000-8000-000000000000'
    await expect(created(admin, { RequestId })).rejects.toMatchObject(notFound)
  })

  test('requests are listed newest first, by what came of them', async () => {
    const { admin, bob, set, server } = await start(await engine.createDatabase())
    const arn = await set('Billing')
    const ids: unknown[] = []
    for (let turn = 0; turn < 3; turn += 1) {
      await server.clock.advance(seconds(1))
      ids.unshift((await create(admin, assignment(arn, bob)))['RequestId'])
      await remove(admin, assignment(arn, bob))
    }
    await remove(admin, assignment(arn, bob))
    const read: unknown[] = []
    let NextToken: unknown
    do {
      const input = { InstanceArn: INSTANCE_ARN, MaxResults: 2, ...(NextToken ? { NextToken } : {}) }
      const page = await admin.call('ListAccountAssignmentCreationStatus', input)
      read.push(...(page['AccountAssignmentsCreationStatus'] as Members[]).map(({ RequestId }) => RequestId))
      NextToken = page['NextToken']
    } while (NextToken !== undefined)
    expect(read).toEqual(ids)
    const failed = { InstanceArn: INSTANCE_ARN, Filter: { Status: 'FAILED' } }
    const { AccountAssignmentsDeletionStatus } = await admin.call('ListAccountAssignmentDeletionStatus', failed)
    expect(AccountAssignmentsDeletionStatus).toEqual([
      { Status: 'FAILED', RequestId: expect.any(String), CreatedDate: server.clock.now() },
    ])
    const running = { InstanceArn: INSTANCE_ARN, Filter: { Status: 'IN_PROGRESS' } }
    expect(await admin.call('ListAccountAssignmentCreationStatus', running)).toEqual({
      AccountAssignmentsCreationStatus: [],
    })
  })

  test("what a user holds is listed with the groups' assignments, page by page and by account", async () => {
    const { admin, bob, developers, set } = await start(await engine.createDatabase())
    await create(admin, assignment(await set('Billing'), bob))
    const read: Members[] = []
    let NextToken: unknown
    const principal = { InstanceArn: INSTANCE_ARN, PrincipalType: 'USER', PrincipalId: bob }
    do {
      const input = { ...principal, MaxResults: 2, ...(NextToken ? { NextToken } : {}) }
      const page = await admin.call('ListAccountAssignmentsForPrincipal', input)
      read.push(...(page['AccountAssignments'] as Members[]))
      NextToken = page['NextToken']
    } while (NextToken !== undefined)
    expect(new Set(read.map((one) => JSON.stringify(one))).size).toBe(read.length)
    const by = (type: string) => read.filter(({ PrincipalType }) => PrincipalType === type)
    expect(by('USER').map(({ AccountId }) => AccountId)).toEqual([SANDBOX, SECURITY])
    expect(by('GROUP')).toHaveLength(7)
    expect(by('GROUP').every(({ PrincipalId }) => PrincipalId === developers)).toBe(true)
    const inSandbox = { ...principal, Filter: { AccountId: SANDBOX } }
    const { AccountAssignments } = await admin.call('ListAccountAssignmentsForPrincipal', inSandbox)
    expect(AccountAssignments).toHaveLength(3)
    const group = { InstanceArn: INSTANCE_ARN, PrincipalType: 'GROUP', PrincipalId: developers }
    const ofGroup = await admin.call('ListAccountAssignmentsForPrincipal', group)
    expect(ofGroup['AccountAssignments']).toHaveLength(7)
  })

  test('a user who was deleted leaves its assignments behind, until they are taken away', async () => {
    const { admin, bob, set, server } = await start(await engine.createDatabase())
    const arn = await set('SandboxDeploy')
    await server.context.store.users.delete(bob)
    const input = { InstanceArn: INSTANCE_ARN, AccountId: SANDBOX, PermissionSetArn: arn }
    expect((await admin.call('ListAccountAssignments', input))['AccountAssignments']).toMatchObject([
      { PrincipalId: bob },
    ])
    const asked = await remove(admin, assignment(arn, bob, { TargetId: SANDBOX }))
    expect(await removed(admin, asked)).toMatchObject({ Status: 'SUCCEEDED' })
    expect((await admin.call('ListAccountAssignments', input))['AccountAssignments']).toEqual([])
  })

  test('whoever loses the assignment loses the role at once, and gets a new one by another name later', async () => {
    const { admin, bob, set, server } = await start(await engine.createDatabase())
    const arn = await set('SandboxDeploy')
    const role = { accountId: SANDBOX, roleName: 'SandboxDeploy' }
    const { tokens } = await signInWithPkce(server, 'bob')
    const take = () => roleCredentials(server.client('sso'), tokens.accessToken, role)
    const whoIs = async (credentials: Awaited<ReturnType<typeof take>>) =>
      String((await server.client('sts', { credentials }).call('GetCallerIdentity', {}))['Arn'])
    const before = await take()
    const first = await whoIs(before)
    await server.clock.advance(seconds(1))
    await remove(admin, assignment(arn, bob, { TargetId: SANDBOX }))
    await expect(whoIs(before)).rejects.toBeDefined()
    await expect(take()).rejects.toMatchObject({ name: 'ForbiddenException' })
    await server.clock.advance(seconds(1))
    await create(admin, assignment(arn, bob, { TargetId: SANDBOX }))
    const second = await whoIs(await take())
    await expect(whoIs(before)).rejects.toBeDefined()
    expect(second).toMatch(/AWSReservedSSO_SandboxDeploy_[0-9a-f]{16}\/bob$/)
    expect(second).not.toBe(first)
  })

  test('an account carries no more permission sets than the quota says', async () => {
    const { admin, bob, set } = await start(await engine.createDatabase(), { permissionSetsPerAccount: 2 })
    await expect(create(admin, assignment(await set('Billing'), bob))).rejects.toMatchObject({
      name: 'ServiceQuotaExceededException',
    })
    await create(admin, assignment(await set('ReadOnlyAccess'), bob))
    expect(await everywhere(admin, await set('Billing'))).toEqual(['111122223333'])
  })
})
