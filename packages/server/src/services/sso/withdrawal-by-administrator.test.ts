/** What an administrator takes away is gone at once: the next GetRoleCredentials is refused, and so are old credentials. */

import type { Client } from '@mayfly/wire/call'
import type { ServiceName } from '@mayfly/wire/model/service-model'
import type { SigningCredentials } from '@mayfly/wire/signature-v4'
import { expect, onTestFinished, test } from 'vitest'
import { forEachEngine } from '../../../../store/src/testing/engines.ts'
import { INSTANCE_ARN, signedClients } from '../../testing/administrator.ts'
import { roleCredentials, signInWithPkce } from '../../testing/journeys.ts'
import { startTestServer } from '../../testing/test-server.ts'

const DEVELOPMENT = '222233334444'
const SANDBOX = '555566667777'

await forEachEngine((engine) => {
  /** Bob holds one role by his group, another by himself; alice administers. */
  async function setUp() {
    const databaseUrl = await engine.createDatabase()
    const server = await startTestServer({ databaseUrl })
    const other = await startTestServer({ databaseUrl }, { seed: 'other', clock: server.clock })
    onTestFinished(async () => {
      await other.close()
      await server.close()
    })
    const { store } = server.context
    const [bob, group] = await Promise.all([
      store.users.findByUserName('bob'),
      store.groups.findByDisplayName('Developers'),
    ])
    if (!bob || !group) throw new Error('The example organization has changed.')
    const { session, tokens } = await signInWithPkce(server, 'bob')
    const take = (accountId: string, roleName: string) =>
      roleCredentials(server.client('sso'), tokens.accessToken, { accountId, roleName })
    const byGroup = await take(DEVELOPMENT, 'PowerUserAccess')
    const byHimself = await take(SANDBOX, 'SandboxDeploy')
    const administrator = await signedClients(server)
    const { identityStoreId: IdentityStoreId } = await server.context.instance()
    const stands = async (credentials: SigningCredentials): Promise<string> => {
      await other.context.revocations.refresh()
      const answers = await Promise.all(
        [server, other].map((node) =>
          node
            .client('sts', { credentials })
            .call('GetCallerIdentity', {})
            .then(
              () => 'good',
              (error: Error) => error.name,
            ),
        ),
      )
      expect(new Set(answers).size).toBe(1)
      return answers[0] ?? ''
    }
    return { server, bob, group, session, take, byGroup, byHimself, administrator, IdentityStoreId, stands }
  }

  type World = Awaited<ReturnType<typeof setUp>>

  async function assignmentOf(accountId: string, name: string, principal: object, { server, bob }: World) {
    const role = await server.context.store.effectiveAccess.findRole(bob.id, accountId as never, name)
    return {
      InstanceArn: INSTANCE_ARN,
      TargetId: accountId,
      TargetType: 'AWS_ACCOUNT',
      PermissionSetArn: role?.permissionSetArn,
      ...principal,
    }
  }

  const STALE = 'InvalidClientTokenId'

  test('an assignment of the user', async () => {
    const world = await setUp()
    const { administrator, bob, byGroup, byHimself, take, stands } = world
    const principal = { PrincipalType: 'USER', PrincipalId: bob.id }
    const assignment = await assignmentOf(SANDBOX, 'SandboxDeploy', principal, world)
    await administrator('sso-admin').call('DeleteAccountAssignment', assignment)
    expect([await stands(byHimself), await stands(byGroup)]).toEqual([STALE, 'good'])
    await expect(take(SANDBOX, 'SandboxDeploy')).rejects.toMatchObject({ message: 'No access' })
    await administrator('sso-admin').call('CreateAccountAssignment', assignment)
    expect(await stands(await take(SANDBOX, 'SandboxDeploy'))).toBe('good')
    expect(await stands(byHimself)).toBe(STALE)
  })

  test('an assignment of a group', async () => {
    const world = await setUp()
    const { administrator, group, byGroup, byHimself, take, stands } = world
    const principal = { PrincipalType: 'GROUP', PrincipalId: group.id }
    const assignment = await assignmentOf(DEVELOPMENT, 'PowerUserAccess', principal, world)
    await administrator('sso-admin').call('DeleteAccountAssignment', assignment)
    expect([await stands(byHimself), await stands(byGroup)]).toEqual(['good', STALE])
    await expect(take(DEVELOPMENT, 'PowerUserAccess')).rejects.toMatchObject({ message: 'No access' })
    expect(await stands(await take(DEVELOPMENT, 'ReadOnlyAccess'))).toBe('good')
  })

  type Taking = (identitystore: Client, world: World) => Promise<unknown>
  const ofGroup: [string, Taking][] = [
    [
      'a membership',
      async (identitystore, { IdentityStoreId, bob, group }) => {
        const asked = { IdentityStoreId, GroupId: group.id, MemberId: { UserId: bob.id } }
        const { MembershipId } = await identitystore.call('GetGroupMembershipId', asked)
        await identitystore.call('DeleteGroupMembership', { IdentityStoreId, MembershipId })
      },
    ],
    [
      'a group',
      (identitystore, { IdentityStoreId, group }) =>
        identitystore.call('DeleteGroup', { IdentityStoreId, GroupId: group.id }),
    ],
  ]

  test.each(ofGroup)('%s', async (_name, takeAway) => {
    const world = await setUp()
    const { administrator, byGroup, byHimself, take, stands } = world
    await takeAway(administrator('identitystore'), world)
    expect([await stands(byHimself), await stands(byGroup)]).toEqual(['good', STALE])
    await expect(take(DEVELOPMENT, 'PowerUserAccess')).rejects.toMatchObject({ message: 'No access' })
  })

  const ofUser: [string, ServiceName, string, (world: World) => object][] = [
    ['a disabled user', 'mayfly', 'SetUserStatus', ({ bob }) => ({ UserId: bob.id, Status: 'DISABLED' })],
    ['an ended session', 'mayfly', 'EndUserSession', ({ bob, session }) => ({ UserId: bob.id, SessionId: session.id })],
    ['all ended sessions', 'mayfly', 'EndUserSessions', ({ bob }) => ({ UserId: bob.id })],
    [
      'a deleted user',
      'identitystore',
      'DeleteUser',
      ({ bob, IdentityStoreId }) => ({ IdentityStoreId, UserId: bob.id }),
    ],
  ]

  test.each(ofUser)('%s', async (_name, service, operation, inputOf) => {
    const world = await setUp()
    const { administrator, byGroup, byHimself, take, stands } = world
    await administrator(service).call(operation, { ...inputOf(world) })
    expect([await stands(byHimself), await stands(byGroup)]).toEqual([STALE, STALE])
    await expect(take(SANDBOX, 'SandboxDeploy')).rejects.toMatchObject({ name: 'UnauthorizedException' })
  })
})
