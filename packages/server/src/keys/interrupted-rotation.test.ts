import { days, seconds } from '@mayfly/identity-center/duration'
import type { MfaDeviceId } from '@mayfly/identity-center/identifiers'
import type { Store } from '@mayfly/store'
import { expect, test } from 'vitest'
import { openMfaSecret } from '../sign-in/mfa-registration.ts'
import { addAccessKey, createIamUser } from '../testing/iam-users.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { Keys } from './keys.ts'
import { deleteRetiredKeys, rotateKeys } from './rotation.ts'

const ROOT = new Uint8Array(32).fill(7)

class Killed extends Error {}

/** The store as a process sees it that is killed before its commit of that number; `commits` counts them. */
function killedBefore(last: number, store: Store): { readonly store: Store; readonly commits: () => number } {
  let count = 0
  const counted = <Args extends readonly unknown[], Result>(write: (...args: Args) => Promise<Result>) => {
    return (...args: Args): Promise<Result> => {
      if (count >= last) return Promise.reject(new Killed())
      count += 1
      return write(...args)
    }
  }
  const withCounted = <T extends object>(target: T, names: readonly (keyof T)[]): T =>
    new Proxy(target, {
      get(_, name) {
        const value = target[name as keyof T]
        if (typeof value !== 'function') return value
        return names.includes(name as keyof T) ? counted(value.bind(target)) : value.bind(target)
      },
    })
  const parts: Partial<Record<string | symbol, object>> = {
    signingKeys: withCounted(store.signingKeys, ['insert', 'retire']),
    iamAccessKeys: withCounted(store.iamAccessKeys, ['replaceSecret']),
    mfaDevices: withCounted(store.mfaDevices, ['replaceSecret']),
  }
  const transacting = withCounted(store, ['transaction'])
  const seen = new Proxy(store, { get: (_, name) => parts[name] ?? transacting[name as keyof Store] })
  return { store: seen, commits: () => count }
}

async function rotate(server: TestServer, store: Store): Promise<unknown> {
  const { clock, random } = server.context
  const keys = await Keys.open(ROOT, { store: server.context.store, clock, random })
  const ended = rotateKeys({ store, clock, keys }).catch((error: unknown) => error)
  for (let tick = 0; tick < 4; tick += 1) {
    await new Promise((resolve) => setTimeout(resolve, 10))
    await server.clock.advance(seconds(1))
  }
  await server.context.keys.refresh(server.context.store)
  return await ended
}

async function createAccessKeys(server: TestServer) {
  const { user, credentials } = await createIamUser(server)
  return [credentials, await addAccessKey(server, user), (await createIamUser(server, { name: 'b' })).credentials]
}

test.each([
  ['with access keys', true],
  ['without', false],
])(
  'killed before any of its commits, a rotation leaves every authenticator, and every key signing, a hundred days on: %s',
  async (_, withKeys) => {
    const server = await startTestServer()
    const { store, clock, keys, context } = { ...server.context, context: server.context }
    const all = withKeys ? await createAccessKeys(server) : []
    const bob = await store.users.findByUserName('bob')
    if (!bob) throw new Error('bob is missing')
    const id = '1' as MfaDeviceId
    const sealedSecret = keys.seal('sealing', `mfa-device:${id}`, Buffer.from('secret'))
    const device = { id, userId: bob.id, type: 'TOTP', name: 'phone', lastStep: 0, sealedSecret } as const
    await store.mfaDevices.insert({ ...device, createdAt: clock.now() })

    async function expectAllGood(): Promise<void> {
      for (const each of all) {
        const answer = server.client('sts', { credentials: each }).call('GetCallerIdentity', {})
        await expect(answer).resolves.toHaveProperty('Account')
      }
      const stored = await store.mfaDevices.find(id)
      expect(stored && Buffer.from(openMfaSecret(stored, context)).toString()).toBe('secret')
    }

    let ended: unknown
    let killed = 0
    do {
      ended = await rotate(server, killedBefore(killed, store).store)
      await expectAllGood()
      await server.clock.advance(days(100))
      await deleteRetiredKeys(server.context)
      await keys.refresh(store)
      await expectAllGood()
      killed += 1
    } while (ended instanceof Killed)
    // The new keys, each old one's retirement, an authenticator and three keys sealed anew.
    expect(killed).toBeGreaterThan(5)
    expect(ended).toHaveLength(7)
    const newest = keys.mac('sealing', 'x').keyId
    for (const key of await store.iamAccessKeys.listBehind('', 10)) expect(key.sealedSecret.slice(0, 8)).toBe(newest)
    await server.close()
  },
)
