import type {
  AccountId,
  GroupId,
  GroupMembershipId,
  PermissionSetArn,
  UserId,
} from '@mayfly/identity-center/identifiers'
import type { Client } from '@mayfly/wire/call'
import { expect, onTestFinished, test } from 'vitest'
import { forEachEngine } from '../../../../store/src/testing/engines.ts'
import { INSTANCE_ARN, signedClients } from '../../testing/administrator.ts'
import { startTestServer, type TestServer } from '../../testing/test-server.ts'

type Members = Record<string, unknown>

interface World {
  readonly server: TestServer
  readonly mayfly: Client
  readonly bob: UserId
}

const SANDBOX = '555566667777'

async function start(url: string): Promise<World> {
  const server = await startTestServer({ databaseUrl: url })
  onTestFinished(() => server.close())
  const bob = (await server.context.store.users.findByUserName('bob'))?.id as UserId
  return { server, mayfly: (await signedClients(server))('mayfly'), bob }
}

async function every(client: Client, operation: string, input: Members, MaxResults: number): Promise<Members[]> {
  const items: Members[] = []
  let NextToken: unknown
  do {
    const page = await client.call(operation, { ...input, MaxResults, ...(NextToken ? { NextToken } : {}) })
    items.push(...(page['Access'] as Members[]))
    NextToken = page['NextToken']
  } while (NextToken !== undefined)
  return items
}

const shortOf = ({ AccountName, UserName, PermissionSetName, Through }: Members): string =>
  `${AccountName ?? UserName} ${PermissionSetName} ${(Through as Members[]).map(({ Name }) => Name).join('+')}`

await forEachEngine((engine) => {
  test('what a user may get into is shown with every way to it, page by page', async () => {
    const { mayfly, bob, server } = await start(await engine.createDatabase())
    const { store, clock } = server.context
    const readOnly = await store.permissionSets.findByName('ReadOnlyAccess')
    await store.accountAssignments.insert({
      instanceArn: INSTANCE_ARN as never,
      accountId: SANDBOX as AccountId,
      permissionSetArn: readOnly?.arn as PermissionSetArn,
      principal: { type: 'USER', id: bob },
      createdAt: clock.now(),
    })
    const expected = [
      'Acme Development PowerUserAccess Developers',
      'Acme Development ReadOnlyAccess Developers',
      'Acme Production ReadOnlyAccess Developers',
      'Acme Sandbox PowerUserAccess Developers',
      'Acme Sandbox ReadOnlyAccess bob+Developers',
      'Acme Sandbox SandboxDeploy bob',
      'Acme Staging PowerUserAccess Developers',
      'Acme Staging ReadOnlyAccess Developers',
    ]
    for (const size of [1, 3, 100])
      expect((await every(mayfly, 'ListEffectiveAccessForUser', { UserId: bob }, size)).map(shortOf)).toEqual(expected)
    const account = await store.accounts.get(SANDBOX as AccountId)
    await store.accounts.update({ ...account, closedAt: clock.now() })
    const left = await every(mayfly, 'ListEffectiveAccessForUser', { UserId: bob }, 100)
    expect(left.map(shortOf)).toEqual(expected.filter((line) => !line.startsWith('Acme Sandbox')))
  })

  test('who may get into an account is shown with every way, and whoever is disabled is not', async () => {
    const { mayfly, bob, server } = await start(await engine.createDatabase())
    const { store, clock } = server.context
    const { items } = await store.groupMemberships.listOfUser(bob, { limit: 1 })
    const developers = items[0]?.groupId as GroupId
    const person = await store.users.get(bob)
    for (let number = 10; number < 35; number += 1) {
      const id = `9067a1b2c3-00000000-0000-4000-8000-0000000000${number}` as UserId
      await store.users.insert({ ...person, id, userName: `user${number}`, email: `user${number}@acme.example` })
      await store.groupMemberships.insert({
        id: `m${number}` as GroupMembershipId,
        identityStoreId: person.identityStoreId,
        groupId: developers,
        userId: id,
        createdAt: clock.now(),
      })
    }
    const read = async (size: number) =>
      await every(mayfly, 'ListEffectiveAccessForAccount', { AccountId: SANDBOX }, size)
    const all = await read(100)
    // Alice has two sets as an administrator; 26 developers have two each; bob has one of his own.
    expect(all).toHaveLength(2 + 52 + 1)
    expect(new Set(all.map(shortOf)).size).toBe(all.length)
    expect(all.map(shortOf)).toEqual(
      expect.arrayContaining([
        'bob SandboxDeploy bob',
        'bob PowerUserAccess Developers',
        'user22 ReadOnlyAccess Developers',
      ]),
    )
    for (const size of [1, 7, 54]) expect(await read(size)).toEqual(all)
    await store.users.update({ ...(await store.users.get(bob)), status: 'DISABLED' })
    expect((await read(100)).filter(({ UserName }) => UserName === 'bob')).toEqual([])
  })

  test('the matrix counts the users and the groups that are assigned, set by set and account by account', async () => {
    const { mayfly } = await start(await engine.createDatabase())
    const { Accounts, PermissionSets, Cells } = (await mayfly.call('GetAccessMatrix', {})) as {
      Accounts: Members[]
      PermissionSets: Members[]
      Cells: { AccountIndex: number; PermissionSetIndex: number; Users: number; Groups: number }[]
    }
    const at = (account: string, set: string) =>
      Cells.find(
        ({ AccountIndex, PermissionSetIndex }) =>
          Accounts[AccountIndex]?.['Id'] === account && PermissionSets[PermissionSetIndex]?.['Name'] === set,
      )
    expect(Accounts).toHaveLength(7)
    expect(at(SANDBOX, 'ReadOnlyAccess')).toMatchObject({ Users: 0, Groups: 2 })
    expect(at(SANDBOX, 'SandboxDeploy')).toMatchObject({ Users: 1, Groups: 0 })
    expect(at(SANDBOX, 'Billing')).toBeUndefined()
    expect(Cells).toHaveLength(14 + 7 + 1 + 1 - 4)
  })

  test('an unknown user and an unknown account are not found', async () => {
    const { mayfly } = await start(await engine.createDatabase())
    const notFound = { name: 'ResourceNotFoundException' }
    const UserId = '9067a1b2c3-00000000-0000-4000-8000-000000000000'
    await expect(mayfly.call('ListEffectiveAccessForUser', { UserId })).rejects.toMatchObject(notFound)
    const AccountId = '000000000000'
    await expect(mayfly.call('ListEffectiveAccessForAccount', { AccountId })).rejects.toMatchObject(notFound)
  })
})
