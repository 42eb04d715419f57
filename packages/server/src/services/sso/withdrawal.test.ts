/** Whatever a person loses ends the role credentials that hung on it, on every node, and nothing else. */

import { milliseconds, seconds } from '@mayfly/identity-center/duration'
import type { AccountId, GroupMembershipId, PermissionSetArn } from '@mayfly/identity-center/identifiers'
import type { RevocationSubject } from '@mayfly/identity-center/revocation'
import type { SigningCredentials } from '@mayfly/wire/signature-v4'
import { expect, onTestFinished, test } from 'vitest'
import { forEachEngine } from '../../../../store/src/testing/engines.ts'
import { endSession } from '../../caller/session-end.ts'
import { roleCredentials, signInWithPkce } from '../../testing/journeys.ts'
import { startTestServer, type TestServer } from '../../testing/test-server.ts'

const ACCOUNT = '222233334444' as AccountId
const STALE = { name: 'InvalidClientTokenId' }

const use = (server: TestServer, credentials: SigningCredentials) =>
  server.client('sts', { credentials }).call('GetCallerIdentity', {})

await forEachEngine((engine) => {
  /** Alice holds the role by her group and by herself; her other role by her group alone. */
  async function twoNodes() {
    const databaseUrl = await engine.createDatabase()
    const one = await startTestServer({ databaseUrl })
    const other = await startTestServer({ databaseUrl }, { seed: 'other', clock: one.clock })
    onTestFinished(async () => {
      await other.close()
      await one.close()
    })
    const { store } = one.context
    const [alice, group] = await Promise.all([
      store.users.findByUserName('alice'),
      store.groups.findByDisplayName('Administrators'),
    ])
    if (!alice || !group) throw new Error('The example organization has changed.')
    const role = await store.effectiveAccess.findRole(alice.id, ACCOUNT, 'AdministratorAccess')
    if (!role) throw new Error('The example organization has changed.')
    const { arn: instanceArn } = await one.context.instance()
    const byGroup = { instanceArn, accountId: ACCOUNT, permissionSetArn: role.permissionSetArn }
    const assignments = {
      own: { ...byGroup, principal: { type: 'USER', id: alice.id } },
      group: { ...byGroup, principal: { type: 'GROUP', id: group.id } },
    } as const
    await store.accountAssignments.insert({ ...assignments.own, createdAt: one.clock.now() })
    const { tokens, session } = await signInWithPkce(one, 'alice')
    const take = (roleName = 'AdministratorAccess', server = one) =>
      roleCredentials(server.client('sso'), tokens.accessToken, { accountId: ACCOUNT, roleName })
    const withdraw = async (subject: RevocationSubject) => {
      await one.context.revocations.revoke(subject)
      await other.context.revocations.refresh()
    }
    return { one, other, store, alice, group, assignments, arn: role.permissionSetArn, take, session, withdraw }
  }

  const refusedEverywhere = async ({ one, other }: Record<'one' | 'other', TestServer>, shown: SigningCredentials) => {
    await expect(use(one, shown)).rejects.toMatchObject(STALE)
    await expect(use(other, shown)).rejects.toMatchObject(STALE)
    const json = one.client('sso-admin', { credentials: shown }).call('ListInstances', {})
    await expect(json).rejects.toMatchObject({ name: 'UnrecognizedClientException' })
  }

  const subjectOf = (arn: PermissionSetArn, principal: string): RevocationSubject =>
    `assignment:${ACCOUNT}/${arn}/${principal}`

  test('a role that is held in two ways lasts until the second one is gone', async () => {
    const world = await twoNodes()
    const { store, alice, group, assignments, arn, take, withdraw, one, other } = world
    const taken = await take()
    await store.accountAssignments.delete(assignments.own)
    await withdraw(subjectOf(arn, alice.id))
    await expect(use(other, taken)).resolves.toHaveProperty('Arn')
    await expect(use(one, await take())).resolves.toHaveProperty('Arn')
    await store.accountAssignments.delete(assignments.group)
    await withdraw(subjectOf(arn, group.id))
    await refusedEverywhere(world, taken)
    await expect(take()).rejects.toMatchObject({ name: 'ForbiddenException', message: 'No access' })
    // What else she holds by that group is another assignment.
    await expect(use(one, await take('ReadOnlyAccess'))).resolves.toHaveProperty('Arn')
  })

  test('whoever leaves a group loses what was held by it alone', async () => {
    const world = await twoNodes()
    const { store, alice, group, take, withdraw, other } = world
    const [byBoth, byGroup] = [await take(), await take('ReadOnlyAccess')]
    const membership = await store.groupMemberships.find(group.id, alice.id)
    await store.groupMemberships.delete(membership?.id as GroupMembershipId)
    await withdraw(`membership:${group.id}/${alice.id}`)
    await refusedEverywhere(world, byGroup)
    await expect(use(other, byBoth)).resolves.toHaveProperty('Arn')
    await expect(take('ReadOnlyAccess')).rejects.toMatchObject({ name: 'ForbiddenException' })
  })

  test('with a group goes what was held by it alone', async () => {
    const world = await twoNodes()
    const { group, take, withdraw, other } = world
    const [byBoth, byGroup] = [await take(), await take('ReadOnlyAccess')]
    await withdraw(`group:${group.id}`)
    await refusedEverywhere(world, byGroup)
    await expect(use(other, byBoth)).resolves.toHaveProperty('Arn')
  })

  test.each(['user', 'session', 'account', 'role', 'everything'])('%s ends all of its sessions', async (kind) => {
    const world = await twoNodes()
    const { one, alice, session, take, withdraw } = world
    const taken = await take()
    const { UserId } = await use(one, taken)
    const [roleId] = String(UserId).split(':')
    if (kind === 'session') {
      await endSession(session.id, { roleCredentials: 'end' }, one.context)
      await world.other.context.revocations.refresh()
      await expect(take()).rejects.toMatchObject({ name: 'UnauthorizedException' })
    } else {
      const subjects: Record<string, RevocationSubject> = {
        user: `user:${alice.id}`,
        account: `account:${ACCOUNT}`,
        role: `role:${ACCOUNT}/${roleId}`,
        everything: 'everything',
      }
      await withdraw(subjects[kind] ?? 'everything')
    }
    await refusedEverywhere(world, taken)
  })

  test('a disabled user takes no role at any node', async () => {
    const { store, alice, take, one, other } = await twoNodes()
    await store.users.update({ ...alice, status: 'DISABLED' })
    for (const server of [one, other]) {
      await expect(take(undefined, server)).rejects.toMatchObject({ name: 'UnauthorizedException' })
    }
  })

  test('a role that was taken away and given back in the same moment can be taken, and the old session stays void', async () => {
    const world = await twoNodes()
    const { one, alice, group, arn, take, withdraw } = world
    const before = await take()
    await withdraw(subjectOf(arn, alice.id))
    await withdraw(subjectOf(arn, group.id))
    await refusedEverywhere(world, before)
    await expect(use(one, await take())).resolves.toHaveProperty('Arn')
    await refusedEverywhere(world, before)
  })

  test('credentials that were issued while a withdrawal was being committed are void', async () => {
    const world = await twoNodes()
    const { one, other, alice, group, arn, take } = world
    const dated = [subjectOf(arn, alice.id), subjectOf(arn, group.id)].map((subject) =>
      one.context.revocations.create(subject),
    )
    await one.clock.advance(milliseconds(400))
    const [taken, elsewhere] = [await take(), await take(undefined, other)]
    for (const revocation of dated) {
      await one.context.store.revocations.insert(revocation)
      one.context.revocations.note(revocation)
    }
    await other.context.revocations.refresh()
    await refusedEverywhere(world, taken)
    await refusedEverywhere(world, elsewhere)
  })

  test('of credentials that are taken while the assignments go, none lives on', async () => {
    const world = await twoNodes()
    const { one, other, store, alice, group, assignments, arn, take, withdraw } = world
    const taking = Promise.allSettled(
      Array.from({ length: 20 }, (_, index) => take(undefined, index % 2 === 0 ? one : other)),
    )
    await store.accountAssignments.delete(assignments.own)
    await store.accountAssignments.delete(assignments.group)
    await one.clock.advance(seconds(0.1))
    await withdraw(subjectOf(arn, alice.id))
    await withdraw(subjectOf(arn, group.id))
    for (const answer of await taking) {
      if (answer.status === 'fulfilled') await refusedEverywhere(world, answer.value)
    }
  })
})
