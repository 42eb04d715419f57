import { days, hours, minutes } from '@mayfly/identity-center/duration'
import type { UserId } from '@mayfly/identity-center/identifiers'
import { hashOf } from '@mayfly/identity-center/secret'
import { expect, onTestFinished, test } from 'vitest'
import { forEachEngine, type TestEngine } from '../../../../store/src/testing/engines.ts'
import { mfaDevice } from '../../../../store/src/testing/samples.ts'
import { deliverMails } from '../../mail-delivery/deliver.ts'
import { signedClients } from '../../testing/administrator.ts'
import { answering, type Call } from '../../testing/answering.ts'
import { startTestServer, type TestServer } from '../../testing/test-server.ts'

const NOBODY = '9067a1b2c3-00000000-0000-4000-8000-000000000000'
const NOTHING = '00000000-0000-4000-8000-000000000000'
const BOB = { userName: 'bob', accountId: '222233334444', roleName: 'PowerUserAccess' }

interface Opened {
  server: TestServer
  call: Call
  bob: { UserId: string }
  /** Whether role credentials that bob took are still good. */
  bobsRole(): Promise<() => Promise<boolean>>
}

async function open(engine: TestEngine): Promise<Opened> {
  const server = await startTestServer({ databaseUrl: await engine.createDatabase() })
  onTestFinished(() => server.close())
  const UserId = (await server.context.store.users.findByUserName('bob'))?.id ?? ''
  return {
    server,
    call: answering((await signedClients(server))('mayfly')),
    bob: { UserId },
    async bobsRole() {
      const sts = (await signedClients(server, BOB))('sts')
      return () =>
        sts.call('GetCallerIdentity', {}).then(
          () => true,
          () => false,
        )
    },
  }
}

const eventNames = async ({ context }: TestServer) =>
  (await context.store.auditEvents.list({ eventSource: 'mayfly', page: { limit: 100 } })).items.map(
    ({ eventName, errorCode }) => (errorCode === undefined ? eventName : `${eventName}: ${errorCode}`),
  )

await forEachEngine((engine) => {
  test('how a user signs in is told: password, authenticators, recovery codes, pauses, the last time', async () => {
    const { call, bob, server } = await open(engine)
    const { store } = server.context
    const id = bob.UserId as UserId
    const now = server.clock.now()
    const none = { ...bob, Status: 'ENABLED', HasPassword: true, MfaDevices: [], RecoveryCodesLeft: 0 }
    expect(await call('DescribeUserAccess', bob)).toEqual({ ...none, PasswordChangedAt: now })
    await server.signIn('bob')
    const device = { ...mfaDevice('phone', id), id: NOTHING as never }
    await store.mfaDevices.insert(device)
    await store.recoveryCodes.replaceOfUser(id, [{ userId: id, codeHash: hashOf('x'), createdAt: now }])
    for (let count = 0; count < 8; count += 1) await store.signInAttempts.count('user:bob', now)
    const described = await call('DescribeUserAccess', bob)
    expect(described).toMatchObject({
      RecoveryCodesLeft: 1,
      LastSignInAt: now,
      MfaDevices: [{ MfaDeviceId: NOTHING, Type: 'TOTP', Name: 'phone', CreatedAt: device.createdAt }],
    })
    expect(described.LockedUntil > now).toBe(true)
    await call('UnlockUser', bob)
    expect(await call('DescribeUserAccess', bob)).not.toHaveProperty('LockedUntil')
  })

  test('a disabled user is signed out everywhere at once, and signs in again when he is enabled', async () => {
    const { call, bob, server, bobsRole } = await open(engine)
    const isGood = await bobsRole()
    expect(await isGood()).toBe(true)
    await call('SetUserStatus', { ...bob, Status: 'DISABLED' })
    expect(await isGood()).toBe(false)
    expect(await server.context.store.sessions.listOfUser(bob.UserId as UserId, server.clock.now())).toEqual([])
    expect((await call('DescribeUserAccess', bob)).Status).toBe('DISABLED')
    await call('SetUserStatus', { ...bob, Status: 'ENABLED' })
    await server.clock.advance(minutes(1))
    expect(await (await bobsRole())()).toBe(true)
    expect(await eventNames(server)).toEqual(['EnableUser', 'DescribeUserAccess', 'DisableUser'])
  })

  test('nobody disables himself', async () => {
    const { call, server } = await open(engine)
    const alice = await server.context.store.users.findByUserName('alice')
    const attempt = call('SetUserStatus', { UserId: alice?.id, Status: 'DISABLED' })
    await expect(attempt).rejects.toMatchObject({ name: 'ConflictException' })
  })

  test('a link for a new password works once, replaces the one before, and lies in no record', async () => {
    const { call, bob, server } = await open(engine)
    const { store } = server.context
    await expect(call('InviteUser', bob)).rejects.toMatchObject({ name: 'ConflictException' })
    const first = await call('ResetUserPassword', bob)
    expect(first.ExpiresAt).toEqual(new Date(server.clock.now().getTime() + hours(1)))
    expect(first).not.toHaveProperty('SentTo')
    expect((await call('DescribeUserAccess', bob)).LinkExpiresAt).toEqual(first.ExpiresAt)
    const second = await call('ResetUserPassword', { ...bob, SendEmail: true })
    expect(second.SentTo).toBe('bob@acme.example')
    const follow = (link: string) => server.inject({ url: link.slice('http://localhost:7373'.length) })
    expect((await follow(first.Link)).statusCode).not.toBe(200)
    expect((await follow(second.Link)).statusCode).toBe(200)
    expect(await store.outbox.listDue(server.clock.now(), 10)).toHaveLength(1)
    const token = second.Link.split('/').at(-1)
    const { items } = await store.auditEvents.list({ page: { limit: 100 } })
    expect(JSON.stringify(items)).not.toContain(token)
    expect(JSON.stringify(items)).not.toContain('bob@acme.example')
    expect(server.logged.join('')).not.toContain(token)
    expect(await eventNames(server)).toContain('CreatePasswordResetLink')
  })

  test('whoever has no password is welcomed by a mail that says how long its link works', async () => {
    const { call, server } = await open(engine)
    const { store } = server.context
    const bob = await store.users.findByUserName('bob')
    if (!bob) throw new Error('There is no bob.')
    const UserId = NOBODY
    await store.users.insert({ ...bob, id: UserId as UserId, userName: 'carol', email: 'carol@acme.example' })
    await call('ResetUserPassword', { UserId, SendEmail: true })
    await call('InviteUser', { UserId, SendEmail: true })
    const mails: string[] = []
    await deliverMails(server.context, async ({ subject, text }) => void mails.push(`${subject}\n${text}`))
    expect(mails).toEqual([
      expect.stringMatching(/^You are invited.* works once, for 1 hour\./s),
      expect.stringMatching(/^You are invited.* works once, for 7 days\./s),
    ])
  })

  test('an invitation is for whoever has no password, and works for seven days', async () => {
    const { call, server } = await open(engine)
    const { store } = server.context
    const alice = await store.users.findByUserName('alice')
    if (!alice) throw new Error('There is no alice.')
    const { email: _, ...mailless } = alice
    const UserId = NOBODY
    await store.users.insert({ ...mailless, id: UserId as UserId, userName: 'carol' })
    const invitation = await call('InviteUser', { UserId })
    expect(invitation.ExpiresAt).toEqual(new Date(server.clock.now().getTime() + days(7)))
    await expect(call('InviteUser', { UserId, SendEmail: true })).rejects.toMatchObject({ name: 'ValidationException' })
    await call('SetUserStatus', { UserId, Status: 'DISABLED' })
    await expect(call('InviteUser', { UserId })).rejects.toMatchObject({ name: 'ConflictException' })
  })

  test('one authenticator is removed, or all with the recovery codes, which signs the user out', async () => {
    const { call, bob, server, bobsRole } = await open(engine)
    const { store } = server.context
    const id = bob.UserId as UserId
    const isGood = await bobsRole()
    const ids = [NOTHING, NOTHING.replace('4', '5')]
    for (const [number, device] of ids.entries()) {
      await store.mfaDevices.insert({ ...mfaDevice(`phone ${number}`, id), id: device as never })
    }
    await store.recoveryCodes.replaceOfUser(id, [{ userId: id, codeHash: hashOf('x'), createdAt: server.clock.now() }])
    await call('DeleteUserMfaDevice', { ...bob, MfaDeviceId: ids[0] })
    const missing = { name: 'ResourceNotFoundException', members: { ResourceType: 'MFA_DEVICE' } }
    await expect(call('DeleteUserMfaDevice', { ...bob, MfaDeviceId: ids[0] })).rejects.toMatchObject(missing)
    const alice = await store.users.findByUserName('alice')
    await expect(call('DeleteUserMfaDevice', { UserId: alice?.id, MfaDeviceId: ids[1] })).rejects.toMatchObject(missing)
    expect(await isGood()).toBe(true)
    expect((await call('DescribeUserAccess', bob)).RecoveryCodesLeft).toBe(1)
    await call('ResetUserMfa', bob)
    expect(await call('DescribeUserAccess', bob)).toMatchObject({ MfaDevices: [], RecoveryCodesLeft: 0 })
    expect(await isGood()).toBe(false)
    const recorded = await eventNames(server)
    expect(recorded).toContain('DeleteMfaDeviceForUser')
    expect(recorded).toContain('DeleteMfaDevicesOfUser')
  })

  test('sessions are listed with their clients, and ended one by one or all at once', async () => {
    const { call, bob, server, bobsRole } = await open(engine)
    const isGood = await bobsRole()
    const other = await server.signIn('bob')
    const all = (await call('ListUserSessions', bob)).Sessions
    expect(all).toHaveLength(2)
    const signedIn = all.find(({ SessionId }: { SessionId: string }) => SessionId !== other.id)
    expect(signedIn.Clients).toMatchObject([{ GrantType: 'authorization_code' }])
    const page = await call('ListUserSessions', { ...bob, MaxResults: 1 })
    expect(page.Sessions).toHaveLength(1)
    expect(
      (await call('ListUserSessions', { ...bob, MaxResults: 1, NextToken: page.NextToken })).Sessions,
    ).toHaveLength(1)
    await call('EndUserSession', { ...bob, SessionId: signedIn.SessionId })
    expect(await isGood()).toBe(false)
    expect((await call('ListUserSessions', bob)).Sessions).toMatchObject([{ SessionId: other.id, Mfa: false }])
    const alice = await server.signIn('alice')
    const foreign = call('EndUserSession', { ...bob, SessionId: alice.id })
    await expect(foreign).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
    await call('EndUserSessions', bob)
    expect((await call('ListUserSessions', bob)).Sessions).toEqual([])
    expect((await eventNames(server)).filter((name) => name === 'BatchDeleteSession')).toHaveLength(2)
  })

  test('a search finds by beginnings of names, by parts of names of accounts and permission sets, ten at most', async () => {
    const { call, server } = await open(engine)
    const { store } = server.context
    const alice = await store.users.findByUserName('alice')
    if (!alice) throw new Error('There is no alice.')
    for (let number = 10; number < 30; number += 1) {
      const names = { userName: `many${number}`, displayName: `Zoë ${number}`, familyName: 'Ångström' }
      await store.users.insert({ ...alice, ...names, id: `u${number}` as UserId, email: `${number}@z.example` })
    }
    const found = async (Text: string, Kinds?: string[]) => call('Search', Kinds ? { Text, Kinds } : { Text })
    expect((await found('ALI')).Users).toMatchObject([
      { UserName: 'alice', DisplayName: 'Alice Anders', Status: 'ENABLED' },
    ])
    for (const beginning of ['many', 'ZOË', 'ångs']) expect((await found(beginning)).Users, beginning).toHaveLength(10)
    expect((await found('27@')).Users).toMatchObject([{ UserName: 'many27' }])
    const dev = await found('dev')
    expect(dev).toMatchObject({
      Groups: [{ DisplayName: 'Developers' }],
      Accounts: [{ AccountId: '222233334444', Name: 'Acme Development' }],
    })
    expect((await found('access')).PermissionSets.length).toBeGreaterThan(1)
    expect((await found('222233334444')).Accounts).toHaveLength(1)
    expect(await found('dev', ['USER'])).toEqual({
      Users: [],
      Groups: [],
      Accounts: [],
      PermissionSets: [],
      Applications: [],
    })
    for (const text of ['%', '_', '\\', "'", '  ']) expect((await found(text)).Accounts, text).toEqual([])
  })

  test('a user who is not there is named, whatever is asked', async () => {
    const { call } = await open(engine)
    const more = { Status: 'ENABLED', MfaDeviceId: NOTHING, SessionId: NOTHING }
    for (const operation of [
      'DescribeUserAccess',
      'InviteUser',
      'ResetUserPassword',
      'SetUserStatus',
      'UnlockUser',
      'DeleteUserMfaDevice',
      'ResetUserMfa',
      'ListUserSessions',
      'EndUserSession',
      'EndUserSessions',
    ]) {
      await expect(call(operation, { UserId: NOBODY, ...more }), operation).rejects.toMatchObject({
        name: 'ResourceNotFoundException',
        members: { ResourceType: 'USER', ResourceId: NOBODY },
      })
    }
  })

  test('who has a role in another account only is refused, and that is in the record', async () => {
    const { bob, server } = await open(engine)
    const refused = { name: 'AccessDeniedException' }
    const clients = await signedClients(server, BOB)
    await expect(clients('mayfly').call('ResetUserMfa', bob)).rejects.toMatchObject(refused)
    const list = clients('identitystore').call('ListUsers', { IdentityStoreId: 'd-9067a1b2c3' })
    await expect(list).rejects.toMatchObject(refused)
    expect(await eventNames(server)).toEqual(['DeleteMfaDevicesOfUser: AccessDeniedException'])
  })
})
