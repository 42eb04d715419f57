/** New keys take over from old ones; old ones open what they have sealed until nothing of it can be valid any more. */

import type { Clock } from '@mayfly/identity-center/clock'
import { after, type Duration, days, hours, seconds } from '@mayfly/identity-center/duration'
import type { KeyPurpose, SigningKey } from '@mayfly/identity-center/signing-key'
import type { Store } from '@mayfly/store'
import { openAccessKeySecret, sealAccessKeySecret } from './access-key-secret.ts'
import { type Keys, PURPOSES } from './keys.ts'

interface RotationContext {
  readonly store: Store
  readonly clock: Clock
  readonly keys: Keys
}

/** Every node has heard of the new keys, and uses them, by then. */
const TAKEN_OVER_AFTER = seconds(1)

/** For how long a retired key may still be asked for: the longest life of what it made, and a day. */
const KEPT_AFTER_RETIREMENT: Readonly<Record<KeyPurpose, Duration>> = {
  'client-registration': days(91),
  'role-credentials': hours(36),
  'page-token': days(2),
  // Known browsers, the longest of what is sealed into cookies. What lies in the database is sealed anew at once.
  sealing: days(91),
  'audit-chain': days(91),
  'id-token': days(2),
  'identity-context': days(2),
}

const SEALED_AT_ONCE = 100

/** Makes a new key for each purpose; returns them. Resolves when they have taken over everywhere. */
export async function rotateKeys({ store, clock, keys }: RotationContext): Promise<readonly SigningKey[]> {
  const created = PURPOSES.map((purpose) => keys.create(purpose))
  await store.transaction(async (tx) => {
    for (const key of created) await tx.signingKeys.insert(key)
  })
  await clock.sleep(TAKEN_OVER_AFTER)
  await keys.refresh(store)
  for (const { id, retiredAt } of await store.signingKeys.list()) {
    if (retiredAt === undefined && !created.some((key) => key.id === id))
      await store.signingKeys.retire(id, clock.now())
  }
  // The new ones alone seal from here on, also those that are no younger than the others.
  await keys.refresh(store)
  await resealDevices({ store, keys })
  await resealAccessKeys({ store, keys })
  return created
}

/** The secrets of authenticators live as long as these do. */
async function resealDevices({ store, keys }: Pick<RotationContext, 'store' | 'keys'>): Promise<void> {
  for (let behind = ''; ; ) {
    const devices = await store.mfaDevices.listBehind(behind, SEALED_AT_ONCE)
    for (const device of devices) {
      const aad = `mfa-device:${device.id}`
      const secret = keys.open('sealing', aad, device.sealedSecret)
      if (secret) await store.mfaDevices.replaceSecret(device, keys.seal('sealing', aad, secret))
    }
    if (devices.length < SEALED_AT_ONCE) return
    behind = devices.at(-1)?.id ?? behind
  }
}

/** Long-term access keys sign on: their secrets are the same. */
async function resealAccessKeys({ store, keys }: Pick<RotationContext, 'store' | 'keys'>): Promise<void> {
  for (let behind = ''; ; ) {
    const found = await store.iamAccessKeys.listBehind(behind, SEALED_AT_ONCE)
    for (const key of found) {
      const secret = openAccessKeySecret(keys, key.id, key.sealedSecret)
      if (secret !== undefined) await store.iamAccessKeys.replaceSecret(key, sealAccessKeySecret(keys, key.id, secret))
    }
    if (found.length < SEALED_AT_ONCE) return
    behind = found.at(-1)?.id ?? behind
  }
}

/** Deletes retired keys that nothing can need any more; returns how many. */
export async function deleteRetiredKeys({ store, clock }: Pick<RotationContext, 'store' | 'clock'>): Promise<number> {
  const used = await keysOfTheChain(store)
  let count = 0
  for (const { id, purpose, retiredAt } of await store.signingKeys.list()) {
    if (retiredAt === undefined || clock.now() < after(retiredAt, KEPT_AFTER_RETIREMENT[purpose])) continue
    if (purpose === 'audit-chain' && used.has(id)) continue
    // Of a rotation that was interrupted before it had sealed everything anew.
    if (purpose === 'sealing' && (await holdsSealedBy(id, store))) continue
    if (await store.signingKeys.delete(id)) count += 1
  }
  return count
}

/** Whether a secret that lies in the database for years is sealed by that key. */
const holdsSealedBy = async (keyId: string, { iamAccessKeys, mfaDevices }: Store): Promise<boolean> =>
  (await iamAccessKeys.hasSealedBy(keyId)) || (await mfaDevices.hasSealedBy(keyId))

/** Seals follow each other as the keys do: the first that is kept was made by the oldest key that is needed. */
async function keysOfTheChain({ auditSeals }: Store): Promise<ReadonlySet<string>> {
  const [head, base] = [await auditSeals.findCheckpoint('head'), await auditSeals.findCheckpoint('base')]
  const [first] = await auditSeals.list(base?.number ?? 0, 1)
  return new Set([head?.keyId, base?.keyId, first?.keyId].filter((id) => id !== undefined))
}

/** Seals every key by the present root key; returns how many were sealed by another. */
export async function resealKeys(keys: Keys, store: Store): Promise<number> {
  return await store.transaction(async (tx) => {
    let count = 0
    for (const key of await tx.signingKeys.list()) {
      const sealed = keys.reseal(key)
      if (sealed !== undefined && (await tx.signingKeys.replaceSecret(key, sealed))) count += 1
    }
    return count
  })
}
