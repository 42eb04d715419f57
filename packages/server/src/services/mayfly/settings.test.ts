import { days, hours, minutes, seconds } from '@mayfly/identity-center/duration'
import type { MfaDeviceId } from '@mayfly/identity-center/identifiers'
import type { Client } from '@mayfly/wire/call'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { sealEvents } from '../../audit-chain/seal.ts'
import { verifyChain } from '../../audit-chain/verify.ts'
import { roleCredentials, signInWithPkce } from '../../testing/journeys.ts'
import { startTestServer, type TestServer } from '../../testing/test-server.ts'
import { givePassword, TestBrowser } from '../../web/testing/test-browser.ts'

let server: TestServer
let administrator: Client
beforeEach(async () => {
  server = await startTestServer()
  const { tokens } = await signInWithPkce(server, 'alice')
  const { ownerAccountId } = await server.context.instance()
  const role = { accountId: ownerAccountId, roleName: 'AdministratorAccess' }
  const credentials = await roleCredentials(server.client('sso'), tokens.accessToken, role)
  administrator = server.client('mayfly', { credentials })
})
afterEach(() => server.close())

test('settings are read as they were written, and what was not named stays', async () => {
  const before = await administrator.call('GetSettings', {})
  const changes = {
    PortalName: 'Acme access',
    StartUrlAliases: ['https://acme.awsapps.com/start'],
    SessionDuration: 'P7D',
    MfaPrompt: 'CONTEXT_AWARE',
    MfaWithoutDevice: 'REQUIRE_EMAIL_CODE',
    MfaTypes: ['TOTP'],
    MfaManagedBy: 'ADMINISTRATORS',
    PasswordMinimumLength: 12,
    PasswordNeedsEveryClass: false,
    PasswordResetByEmail: false,
    EmailCodeForFirstSignIn: true,
    DeviceGrantEnabled: false,
  }
  for (const [name, value] of Object.entries(changes)) await administrator.call('UpdateSettings', { [name]: value })
  expect(await administrator.call('GetSettings', {})).toEqual({ ...before, ...changes, SessionDuration: 'PT168H' })
  expect(await server.context.store.instances.get()).toMatchObject({ sessionDuration: days(7) })
  const { items } = await server.context.store.auditEvents.list({
    eventName: 'UpdateSSOConfiguration',
    page: { limit: 50 },
  })
  expect(items).toHaveLength(Object.keys(changes).length)
})

test.each([
  [{ SessionDuration: 'PT5M' }],
  [{ SessionDuration: 'P91D' }],
  [{ PasswordMinimumLength: 7 }],
  [{ PasswordMinimumLength: 65 }],
  [{ MfaTypes: ['WEBAUTHN'] }],
  [{ MfaPrompt: 'SOMETIMES' }],
])('%j is refused, and nothing is changed', async (changes) => {
  const before = await administrator.call('GetSettings', {})
  await expect(administrator.call('UpdateSettings', changes)).rejects.toMatchObject({ name: 'ValidationException' })
  expect(await administrator.call('GetSettings', {})).toEqual(before)
})

test('a new password is held to the length that is set, and the page says so', async () => {
  await administrator.call('UpdateSettings', { PasswordMinimumLength: 20, PasswordNeedsEveryClass: false })
  await server.clock.advance(seconds(2))
  const { createPasswordRecord } = await import('../../sign-in/new-password.ts')
  const alice = await server.context.store.users.findByUserName('alice')
  const hasher = { verify: async () => false, hash: async () => 'hash' }
  const create = (password: string) =>
    createPasswordRecord(alice?.id as never, password, { ...server.context, hasher } as never)
  await expect(create('Short-password-1')).rejects.toMatchObject({ message: /at least 20 characters/ })
  await expect(create('twenty letters without any class')).resolves.toHaveProperty('hash')
})

test('the second factor is asked for in an unknown browser or place alone, where the setting says so', async () => {
  await givePassword(server, 'bob')
  const { store, clock, keys } = server.context
  const bob = await store.users.findByUserName('bob')
  if (!bob) throw new Error('bob is missing')
  const device = { type: 'TOTP', name: 'phone', lastStep: 0, userId: bob.id, createdAt: clock.now() } as const
  const sealedSecret = keys.seal('sealing', 'mfa-device:1', Buffer.alloc(20))
  await store.mfaDevices.insert({ ...device, id: '1' as MfaDeviceId, sealedSecret })
  await administrator.call('UpdateSettings', { MfaPrompt: 'DISABLED' })
  await server.clock.advance(seconds(2))
  const browser = new TestBrowser(server)
  await browser.signIn('bob')
  await administrator.call('UpdateSettings', { MfaPrompt: 'CONTEXT_AWARE' })
  await server.clock.advance(hours(9))
  expect((await browser.signIn('bob')).location).toBe('/start')
  expect((await new TestBrowser(server).signIn('bob')).location).toMatch(/^\/sign-in\/mfa/)
})

test('sessions last as long as the setting says', async () => {
  await givePassword(server, 'bob')
  await administrator.call('UpdateSettings', { SessionDuration: 'PT15M', MfaPrompt: 'DISABLED' })
  await server.clock.advance(seconds(2))
  const browser = new TestBrowser(server)
  await browser.signIn('bob')
  expect((await browser.open('/portal/me')).status).toBe(200)
  await server.clock.advance(minutes(16))
  expect((await browser.open('/portal/me')).status).toBe(401)
})

test('the audit record is listed newest first, by name, by user and by errors, page by page', async () => {
  const list = (input: Record<string, unknown>) =>
    administrator.call('ListAuditEvents', input) as Promise<{ Events: { eventName: string }[]; NextToken?: string }>
  const first = await list({ MaxResults: 2 })
  expect(first.Events).toHaveLength(2)
  const second = await list({ MaxResults: 2, NextToken: first.NextToken })
  expect(second.Events).not.toEqual(first.Events)
  expect((await list({ EventName: 'GetRoleCredentials' })).Events).toHaveLength(1)
  await administrator.call('UpdateSettings', { SessionDuration: 'PT5M' }).catch(() => {})
  expect((await list({ ErrorsOnly: true })).Events).toMatchObject([
    { eventName: 'UpdateSSOConfiguration', errorCode: 'ValidationException', eventCategory: 'Management' },
  ])
  const moment = server.clock.now()
  await expect(list({ StartTime: moment, EndTime: moment })).rejects.toMatchObject({ name: 'ValidationException' })
})

test('the state of the chain is empty, then intact, and broken when an event was changed', async () => {
  expect(await administrator.call('GetAuditChainStatus', {})).toEqual({ State: 'EMPTY', Events: 0 })
  await sealEvents(server.context, 'node')
  expect(await administrator.call('GetAuditChainStatus', {})).toMatchObject({
    State: 'INTACT',
    LastHash: /^[0-9a-f]{64}$/,
  })
  await server.context.store.auditEvents.deleteUpTo(1)
  expect(await administrator.call('GetAuditChainStatus', {})).toMatchObject({ State: 'BROKEN', BrokenAt: /removed/ })
  expect(await verifyChain(server.context)).toMatchObject({ problems: [expect.stringMatching(/removed/)] })
})
