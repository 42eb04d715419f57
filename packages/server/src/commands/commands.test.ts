import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { MfaDeviceId, UserId } from '@mayfly/identity-center/identifiers'
import { hashOf } from '@mayfly/identity-center/secret'
import { openStore } from '@mayfly/store'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { refresh, roleCredentials, signInWithPkce } from '../testing/journeys.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import type { CommandContext } from './command.ts'
import { COMMANDS, findCommand } from './commands.ts'

let server: TestServer
let folder: string
let printed: string[]

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mayfly-'))
  server = await startTestServer({ databaseUrl: `sqlite:${join(folder, 'mayfly.db')}` })
  printed = []
})
afterEach(async () => {
  await server.close()
  await rm(folder, { recursive: true })
})

/** As an operator does it: in a process of its own, while the server runs. */
async function run(line: string, options: CommandContext['options'] = {}): Promise<void> {
  const words = line.split(' ')
  const command = findCommand(words)
  if (!command) throw new Error(`There is no command ${line}.`)
  const { config, clock, random } = server.context
  const context: CommandContext = {
    words: words.slice(command.words.length),
    options,
    config,
    operator: 'ops',
    clock,
    random,
    print: (text) => void printed.push(text),
    openStore: () => openStore({ url: config.databaseUrl, clock, random }),
  }
  await command.run(context)
}

test('no two commands begin with the same words', () => {
  for (const command of COMMANDS) expect(findCommand(command.words)).toBe(command)
})

test('users list prints every user and whether it is enabled', async () => {
  await run('users list')
  expect(printed).toEqual(['alice\tAlice Anders\tENABLED', 'bob\tBob Brandt\tENABLED'])
})

test('users disable ends what a user has, and users enable lets it sign in again', async () => {
  const { client, tokens } = await signInWithPkce(server, 'bob')
  const role = { accountId: '222233334444', roleName: 'ReadOnlyAccess' }
  const credentials = await roleCredentials(server.client('sso'), tokens.accessToken, role)
  await run('users disable BOB')
  expect(printed).toEqual(['bob is disabled.'])
  await expect(refresh(server, client, tokens.refreshToken)).rejects.toMatchObject({ name: 'InvalidGrantException' })
  await server.context.revocations.refresh()
  const identify = server.client('sts', { credentials }).call('GetCallerIdentity', {})
  await expect(identify).rejects.toMatchObject({ name: 'InvalidClientTokenId' })
  await run('users enable bob')
  const { items } = await server.context.store.auditEvents.list({ page: { limit: 50 } })
  expect(items.map(({ eventName }) => eventName)).toEqual(expect.arrayContaining(['DisableUser', 'EnableUser']))
  await expect(signInWithPkce(server, 'bob')).resolves.toHaveProperty('tokens')
})

test('users unlock forgets what was counted against a user, whatever its name is written like', async () => {
  const { signInAttempts, users } = server.context.store
  const bob = await users.findByUserName('bob')
  const subjects = ['user:bob', `mfa:${bob?.id}`, `user-code:${bob?.id}`] as const
  for (const subject of subjects) await signInAttempts.count(subject, server.context.clock.now())
  await signInAttempts.count('user:alice', server.context.clock.now())
  await run('users unlock Bob')
  expect(printed).toEqual(['bob may try again.'])
  for (const subject of subjects) expect(await signInAttempts.find(subject)).toBeUndefined()
  expect(await signInAttempts.find('user:alice')).toMatchObject({ count: 1 })
})

test('a user that is not there is refused with what to do', async () => {
  await expect(run('users disable carol')).rejects.toMatchObject({
    code: 'not-found',
    hint: 'mayfly-server users list',
  })
})

test('users first-administrator prints a link whose token only its holder knows; an earlier one is void', async () => {
  await run('users first-administrator')
  await run('users first-administrator')
  const [first, second] = printed.map((link) => link.replace('http://localhost:7373/link/', ''))
  const { oneTimeLinks } = server.context.store
  expect(await oneTimeLinks.find(hashOf(first ?? ''))).toBeUndefined()
  expect(await oneTimeLinks.find(hashOf(second ?? ''))).toMatchObject({ purpose: 'first-administrator' })
})

test('client-files writes rule sets whose one rule leads here', async () => {
  await run(`client-files ${folder}`)
  const signIn = ['sso/2019-06-10', 'sso-oidc/2019-06-10', 'sts/2011-06-15']
  const administration = [
    'sso-admin/2020-07-20',
    'identitystore/2020-06-15',
    'organizations/2016-11-28',
    'iam/2010-05-08',
  ]
  for (const service of [...signIn, ...administration]) {
    const ruleSet = JSON.parse(await readFile(join(folder, service, 'endpoint-rule-set-1.json'), 'utf8'))
    expect(ruleSet.version).toBe('1.0')
    expect(ruleSet.rules).toMatchObject([
      { conditions: [], endpoint: { url: 'http://localhost:7373' }, type: 'endpoint' },
    ])
  }
})

test('users reset-password prints a link for that user alone; an earlier one of the same user is void', async () => {
  const { oneTimeLinks, auditEvents } = server.context.store
  const alice = await server.context.store.users.findByUserName('alice')
  await run('users reset-password alice')
  await run('users reset-password BOB')
  await run('users reset-password bob')
  const links = printed.map((link) => hashOf(link.replace('http://localhost:7373/link/', '')))
  const found = await Promise.all(links.map((hash) => oneTimeLinks.find(hash)))
  const bob = await server.context.store.users.findByUserName('bob')
  expect(found[0]).toMatchObject({ userId: alice?.id, purpose: 'password-reset' })
  expect(found[1]).toBeUndefined()
  expect(found[2]).toMatchObject({ userId: bob?.id })
  const [event] = (await auditEvents.list({ page: { limit: 1 } })).items
  expect(event).toMatchObject({ eventName: 'CreatePasswordResetLink', userIdentity: { userName: 'ops' } })
  expect(JSON.stringify(event)).not.toContain('aol_')
})

test('the link of a user who has no password yet is an invitation, and a disabled user is told of', async () => {
  const { store, clock } = server.context
  const bob = await store.users.findByUserName('bob')
  if (!bob) throw new Error('bob is missing')
  await store.users.insert({
    ...bob,
    id: `${bob.id}0` as UserId,
    userName: 'carol',
    email: 'carol@example.com',
    createdAt: clock.now(),
  })
  await run('users disable carol')
  await run('users reset-password carol')
  const hash = hashOf((printed[1] ?? '').replace('http://localhost:7373/link/', ''))
  expect(await store.oneTimeLinks.find(hash)).toMatchObject({ purpose: 'invitation' })
  expect(printed[2]).toBe('carol is disabled: mayfly-server users enable carol')
})

test('users reset-mfa removes authenticators and recovery codes, and ends what the user has', async () => {
  const { store, clock } = server.context
  const { client, tokens } = await signInWithPkce(server, 'bob')
  const bob = await store.users.findByUserName('bob')
  if (!bob) throw new Error('bob is missing')
  const common = { userId: bob.id, createdAt: clock.now() }
  const device = { ...common, type: 'TOTP', name: 'phone', sealedSecret: 'x', lastStep: 0 } as const
  await store.mfaDevices.insert({ ...device, id: 'device-1' as MfaDeviceId })
  await store.recoveryCodes.replaceOfUser(bob.id, [{ ...common, codeHash: hashOf('code') }])
  await run('users reset-mfa bob')
  expect(printed).toEqual(['bob is signed out everywhere and has lost 1 authenticator and every recovery code.'])
  expect(await store.mfaDevices.listOfUser(bob.id)).toEqual([])
  expect(await store.recoveryCodes.countUnused(bob.id)).toBe(0)
  await expect(refresh(server, client, tokens.refreshToken)).rejects.toMatchObject({ name: 'InvalidGrantException' })
  const [event] = (await store.auditEvents.list({ eventName: 'DeleteMfaDevicesOfUser', page: { limit: 1 } })).items
  expect(event).toMatchObject({ requestParameters: { userId: bob.id } })
})
