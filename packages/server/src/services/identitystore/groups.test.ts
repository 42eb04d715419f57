import type { GroupId, UserId } from '@mayfly/identity-center/identifiers'
import { expect, onTestFinished, test } from 'vitest'
import { forEachEngine, type TestEngine } from '../../../../store/src/testing/engines.ts'
import { signedClients } from '../../testing/administrator.ts'
import { answering, type Call } from '../../testing/answering.ts'
import { startTestServer, type TestServer } from '../../testing/test-server.ts'

const IdentityStoreId = 'd-9067a1b2c3'
const NOWHERE = '9067a1b2c3-00000000-0000-4000-8000-000000000000'

interface Directory {
  server: TestServer
  call: Call
  userId(userName: string): Promise<string>
  groupId(displayName: string): Promise<string>
}

async function open(engine: TestEngine): Promise<Directory> {
  const server = await startTestServer({ databaseUrl: await engine.createDatabase() })
  onTestFinished(() => server.close())
  const client = (await signedClients(server))('identitystore')
  const { store } = server.context
  return {
    server,
    call: (operation, input = {}) => answering(client)(operation, { IdentityStoreId, ...input }),
    userId: async (userName) => (await store.users.findByUserName(userName))?.id ?? '',
    groupId: async (displayName) => (await store.groups.findByDisplayName(displayName))?.id ?? '',
  }
}

const missing = (ResourceType: string) => ({ name: 'ResourceNotFoundException', members: { ResourceType } })

await forEachEngine((engine) => {
  test('a group is made, described, changed and found again, and its name is there once', async () => {
    const { call } = await open(engine)
    const { GroupId } = await call('CreateGroup', { DisplayName: 'Auditors', Description: 'They look' })
    expect(await call('DescribeGroup', { GroupId })).toMatchObject({
      DisplayName: 'Auditors',
      Description: 'They look',
    })
    const duplicate = { name: 'ConflictException', message: 'Duplicate GroupDisplayName' }
    await expect(call('CreateGroup', { DisplayName: 'AUDITORS' })).rejects.toMatchObject(duplicate)
    const update = (AttributePath: string, AttributeValue?: unknown) =>
      call('UpdateGroup', { GroupId, Operations: [{ AttributePath, AttributeValue }] })
    await expect(update('displayName', 'developers')).rejects.toMatchObject(duplicate)
    await update('displayName', 'Inspectors')
    await update('description', null)
    const changed = await call('DescribeGroup', { GroupId })
    expect(changed).toMatchObject({ GroupId, DisplayName: 'Inspectors' })
    expect(changed).not.toHaveProperty('Description')
    for (const [path, value] of [
      ['displayName', null],
      ['displayName', 'AWSAdministrators'],
      ['DisplayName', 'x'],
      ['members', []],
      ['description', { a: 1 }],
    ] as const) {
      await expect(update(path, value), path).rejects.toMatchObject({ name: 'ValidationException' })
    }
    const by = (AttributePath: string, AttributeValue: string) =>
      call('GetGroupId', { AlternateIdentifier: { UniqueAttribute: { AttributePath, AttributeValue } } })
    expect(await by('displayName', 'INSPECTORS')).toEqual({ GroupId, IdentityStoreId })
    await expect(by('displayName', 'Auditors')).rejects.toMatchObject(missing('GROUP'))
    await expect(by('description', 'x')).rejects.toMatchObject({ name: 'ValidationException' })
    const filter = { Filters: [{ AttributePath: 'DisplayName', AttributeValue: 'inspectors' }] }
    expect((await call('ListGroups', filter)).Groups).toMatchObject([{ GroupId }])
  })

  test('a group without a name, or with a reserved one, is refused; one that is not there is named', async () => {
    const { call } = await open(engine)
    await expect(call('CreateGroup', {})).rejects.toMatchObject({ message: 'displayName is a required attribute' })
    await expect(call('CreateGroup', { DisplayName: 'Administrator' })).rejects.toMatchObject({
      name: 'ValidationException',
    })
    for (const operation of ['DescribeGroup', 'DeleteGroup', 'ListGroupMemberships']) {
      await expect(call(operation, { GroupId: NOWHERE }), operation).rejects.toMatchObject(missing('GROUP'))
    }
  })

  test('a user is put into a group once, is listed from both sides, and is taken out', async () => {
    const { call, userId, groupId } = await open(engine)
    const MemberId = { UserId: await userId('bob') }
    const [GroupId, Developers] = [await groupId('Finance'), await groupId('Developers')]
    const { MembershipId } = await call('CreateGroupMembership', { GroupId, MemberId })
    await expect(call('CreateGroupMembership', { GroupId, MemberId })).rejects.toMatchObject({
      name: 'ConflictException',
      members: { Reason: 'UNIQUENESS_CONSTRAINT_VIOLATION' },
    })
    await expect(call('CreateGroupMembership', { GroupId, MemberId: { UserId: NOWHERE } })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Member does not exist',
    })
    await expect(call('CreateGroupMembership', { GroupId: NOWHERE, MemberId })).rejects.toMatchObject(missing('GROUP'))
    const membership = {
      IdentityStoreId,
      MembershipId,
      GroupId,
      MemberId,
      CreatedBy: expect.stringContaining('/alice'),
    }
    expect(await call('DescribeGroupMembership', { MembershipId })).toMatchObject(membership)
    expect(await call('GetGroupMembershipId', { GroupId, MemberId })).toEqual({ MembershipId, IdentityStoreId })
    const first = await call('ListGroupMemberships', { GroupId, MaxResults: 1 })
    const second = await call('ListGroupMemberships', { GroupId, MaxResults: 1, NextToken: first.NextToken })
    expect([...first.GroupMemberships, ...second.GroupMemberships]).toHaveLength(2)
    expect(second.NextToken).toBeUndefined()
    expect((await call('ListGroupMembershipsForMember', { MemberId })).GroupMemberships).toHaveLength(2)
    const { Results } = await call('IsMemberInGroups', { MemberId, GroupIds: [GroupId, Developers, NOWHERE] })
    expect(Results.map(({ MembershipExists }: { MembershipExists: boolean }) => MembershipExists)).toEqual([
      true,
      true,
      false,
    ])
    await call('DeleteGroupMembership', { MembershipId })
    for (const operation of ['DeleteGroupMembership', 'DescribeGroupMembership']) {
      await expect(call(operation, { MembershipId })).rejects.toMatchObject(missing('GROUP_MEMBERSHIP'))
    }
    const again = call('GetGroupMembershipId', { GroupId, MemberId })
    await expect(again).rejects.toMatchObject(missing('GROUP_MEMBERSHIP'))
  })

  test.each(['DeleteGroupMembership', 'DeleteGroup'])(
    '%s ends what somebody had through that group alone, at once',
    async (operation) => {
      const { call, server, userId, groupId } = await open(engine)
      const role = { userName: 'bob', accountId: '222233334444', roleName: 'PowerUserAccess' }
      const sts = (await signedClients(server, role))('sts')
      const other = (await signedClients(server, { ...role, accountId: '555566667777', roleName: 'SandboxDeploy' }))(
        'sts',
      )
      await sts.call('GetCallerIdentity', {})
      const GroupId = await groupId('Developers')
      const { MembershipId } = await call('GetGroupMembershipId', {
        GroupId,
        MemberId: { UserId: await userId('bob') },
      })
      await call(operation, operation === 'DeleteGroup' ? { GroupId } : { MembershipId })
      await expect(sts.call('GetCallerIdentity', {})).rejects.toMatchObject({ statusCode: 403 })
      await other.call('GetCallerIdentity', {})
      const { store } = server.context
      expect(await store.groupMemberships.find(GroupId as GroupId, (await userId('bob')) as UserId)).toBeUndefined()
    },
  )
})
