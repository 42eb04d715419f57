import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { days, milliseconds, seconds } from '@mayfly/identity-center/duration'
import type { MfaDeviceId } from '@mayfly/identity-center/identifiers'
import { openStore } from '@mayfly/store'
import { expect, test } from 'vitest'
import { forEachEngine } from '../../../store/src/testing/engines.ts'
import { sealEvents } from '../audit-chain/seal.ts'
import { verifyChain } from '../audit-chain/verify.ts'
import { findCommand } from '../commands/commands.ts'
import { openMfaSecret } from '../sign-in/mfa-registration.ts'
import { signedClients } from '../testing/administrator.ts'
import { answering } from '../testing/answering.ts'
import { refresh, roleCredentials, signInWithPkce } from '../testing/journeys.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { Keys } from './keys.ts'
import { deleteRetiredKeys, rotateKeys } from './rotation.ts'

const ROOT = new Uint8Array(32).fill(7)

/** As the command does in a process of its own, while the clock goes on. */
async function rotated(server: TestServer): Promise<void> {
  const { store, clock, random } = server.context
  const keys = await Keys.open(ROOT, { store, clock, random })
  const rotation = rotateKeys({ store, clock, keys })
  for (let tick = 0; tick < 6; tick += 1) {
    await new Promise((resolve) => setTimeout(resolve, 30))
    await server.clock.advance(milliseconds(250))
    await server.context.keys.refresh(store)
  }
  await rotation
}

await forEachEngine((engine) => {
  test('after a rotation everything that was issued is good, and new things are made with new keys', async () => {
    const server = await startTestServer({ databaseUrl: await engine.createDatabase() })
    const { context } = server
    const { client, tokens } = await signInWithPkce(server, 'bob')
    const role = { accountId: '222233334444', roleName: 'ReadOnlyAccess' }
    const credentials = await roleCredentials(server.client('sso'), tokens.accessToken, role)
    const bob = await context.store.users.findByUserName('bob')
    if (!bob) throw new Error('bob is missing')
    const sealedSecret = context.keys.seal('sealing', 'mfa-device:1', Buffer.from('secret'))
    const device = { id: '1' as MfaDeviceId, userId: bob.id, type: 'TOTP', name: 'phone', lastStep: 0 } as const
    await context.store.mfaDevices.insert({ ...device, sealedSecret, createdAt: context.clock.now() })
    await sealEvents(context, 'node')
    const before = context.keys.mac('client-registration', 'x').keyId
    await rotated(server)
    expect(context.keys.mac('client-registration', 'x').keyId).not.toBe(before)
    await expect(refresh(server, client, tokens.refreshToken)).resolves.toHaveProperty('accessToken')
    await expect(server.client('sts', { credentials }).call('GetCallerIdentity', {})).resolves.toHaveProperty('Account')
    await server.clock.advance(seconds(6))
    await sealEvents(context, 'node')
    expect((await verifyChain(context)).problems).toEqual([])
    const stored = await context.store.mfaDevices.find(device.id)
    expect(stored?.sealedSecret).not.toBe(sealedSecret)
    expect(stored && Buffer.from(openMfaSecret(stored, context)).toString()).toBe('secret')
    await server.close()
  })

  test('retired keys go when nothing that they made can be valid any more, and not before', async () => {
    const server = await startTestServer({ databaseUrl: await engine.createDatabase() })
    const { store } = server.context
    await server.context.store.auditEvents.count()
    const count = (await store.signingKeys.list()).length
    await rotated(server)
    expect(await store.signingKeys.list()).toHaveLength(2 * count)
    expect(await deleteRetiredKeys(server.context)).toBe(0)
    await server.clock.advance(days(3))
    expect(await deleteRetiredKeys(server.context)).toBe(4)
    await server.clock.advance(days(90))
    expect(await deleteRetiredKeys(server.context)).toBe(count - 4)
    expect((await store.signingKeys.list()).every(({ retiredAt }) => retiredAt === undefined)).toBe(true)
    await server.close()
  })

  test('a long-term access key signs on after a rotation, and after one that was interrupted', async () => {
    const server = await startTestServer({ databaseUrl: await engine.createDatabase() })
    const { store, keys } = server.context
    const iam = (await signedClients(server))('iam')
    await iam.call('CreateUser', { UserName: 'build' })
    const { AccessKey } = await answering(iam)('CreateAccessKey', { UserName: 'build' })
    const credentials = { accessKeyId: AccessKey.AccessKeyId, secretAccessKey: AccessKey.SecretAccessKey }
    const signs = () =>
      expect(server.client('sts', { credentials }).call('GetCallerIdentity', {})).resolves.toHaveProperty('Account')
    const [before] = await store.iamAccessKeys.listBehind('', 1)
    await rotated(server)
    const [after] = await store.iamAccessKeys.listBehind('', 1)
    if (!before || !after) throw new Error('The key is missing.')
    expect(after.sealedSecret.slice(0, 8)).toBe(keys.mac('sealing', 'x').keyId)
    expect(before.sealedSecret.slice(0, 8)).not.toBe(after.sealedSecret.slice(0, 8))
    await signs()
    await store.iamAccessKeys.replaceSecret(after, before.sealedSecret)
    await server.clock.advance(days(92))
    await deleteRetiredKeys(server.context)
    await server.context.keys.refresh(store)
    await signs()
    await rotated(server)
    expect((await store.iamAccessKeys.listBehind('', 1))[0]?.sealedSecret).not.toBe(before.sealedSecret)
    await deleteRetiredKeys(server.context)
    await server.context.keys.refresh(store)
    await signs()
    await server.close()
  })

  test('a new key is not used before every node has heard of it', async () => {
    const server = await startTestServer({ databaseUrl: await engine.createDatabase() })
    const { store, keys, clock } = server.context
    await server.clock.advance(days(1))
    const before = keys.mac('sealing', 'x').keyId
    const created = keys.create('sealing')
    await store.signingKeys.insert(created)
    await keys.refresh(store)
    expect(keys.mac('sealing', 'x').keyId).toBe(before)
    expect(clock.now()).toEqual(created.createdAt)
    await server.clock.advance(milliseconds(500))
    await keys.refresh(store)
    expect(keys.mac('sealing', 'x').keyId).toBe(created.id)
    await server.close()
  })
})

test('keys rotate-root seals every key by a new server key, and the one before opens nothing any more', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'mayfly-root-'))
  const databaseUrl = `sqlite:${join(folder, 'mayfly.db')}`
  const server = await startTestServer({ databaseUrl, dataFolder: folder })
  const { clock, random, config, keys } = server.context
  const file = join(folder, 'server.key')
  await writeFile(file, Buffer.from(ROOT).toString('base64url'), { mode: 0o600 })
  const sealed = keys.seal('sealing', 'x', Buffer.from('secret'))
  const command = findCommand(['keys', 'rotate-root'])
  const openOwn = () => openStore({ url: databaseUrl, clock, random })
  await command?.run({
    config,
    clock,
    random,
    words: [],
    options: {},
    operator: 'ops',
    print: () => {},
    openStore: openOwn,
  })
  const root = Buffer.from((await readFile(file, 'utf8')).trim(), 'base64url')
  expect(root).not.toEqual(Buffer.from(ROOT))
  const store = await openOwn()
  const opened = await Keys.open(root, { store, clock, random })
  expect(Buffer.from(opened.open('sealing', 'x', sealed) ?? []).toString()).toBe('secret')
  await expect(Keys.open(ROOT, { store, clock, random })).rejects.toMatchObject({ code: 'invalid' })
  await keys.refresh(server.context.store)
  await store.close()
  await server.close()
  await rm(folder, { recursive: true })
})
