/** The server's own keys: each has one purpose, lies sealed in the store and can be rotated. */

import { createCipheriv, createDecipheriv, createHmac, createSecretKey, type KeyObject } from 'node:crypto'
import type { Clock } from '@mayfly/identity-center/clock'
import { type Random, randomHex } from '@mayfly/identity-center/random'
import { Refusal } from '@mayfly/identity-center/refusal'
import type { KeyPurpose, SigningKey } from '@mayfly/identity-center/signing-key'
import type { Store, Transaction } from '@mayfly/store'

const PURPOSES: readonly KeyPurpose[] = [
  'client-registration',
  'role-credentials',
  'sealing',
  'page-token',
  'audit-chain',
  'id-token',
  'identity-context',
]
const KEY_ID_LENGTH = 8
const IV_LENGTH = 12
const TAG_LENGTH = 16

interface OpenKey {
  readonly id: string
  readonly cipher: KeyObject
  readonly mac: KeyObject
}

/** A code over some bytes, and the key that made it. */
export interface Mac {
  readonly keyId: string
  readonly code: Buffer
}

export class Keys {
  readonly #root: KeyObject
  readonly #random: Random
  #byId = new Map<string, OpenKey>()
  #current = new Map<KeyPurpose, OpenKey>()

  private constructor(root: KeyObject, random: Random) {
    this.#root = root
    this.#random = random
  }

  /** Opens the store's keys with the root key (32 bytes), and makes those that are not there yet. */
  static async open(root: Uint8Array, { store, clock, random }: { store: Store; clock: Clock; random: Random }) {
    const keys = new Keys(createSecretKey(root), random)
    try {
      await store.transaction((tx) => keys.#insertMissing(tx, clock.now()))
    } catch (error) {
      // Another node that started at the same moment made them.
      if (!(error instanceof Refusal && error.code === 'conflict')) throw error
    }
    await keys.refresh(store)
    return keys
  }

  /** Takes up keys that another node has made or retired. */
  async refresh(store: Store): Promise<void> {
    const byId = new Map<string, OpenKey>()
    const current = new Map<KeyPurpose, OpenKey>()
    for (const stored of await store.signingKeys.list()) {
      const key = this.#byId.get(stored.id) ?? this.#unseal(stored)
      byId.set(stored.id, key)
      if (stored.retiredAt === undefined && !current.has(stored.purpose)) current.set(stored.purpose, key)
    }
    this.#byId = byId
    this.#current = current
  }

  /** Encrypts and authenticates `bytes`. Only the same purpose and the same `aad` open it again. */
  seal(purpose: KeyPurpose, aad: string, bytes: Uint8Array): string {
    const key = this.#get(purpose)
    return key.id + seal(key.cipher, `${purpose}:${aad}`, bytes, this.#random).toString('base64url')
  }

  /** What `seal` was given, or undefined when the text is not its work, was changed, or the key is gone. */
  open(purpose: KeyPurpose, aad: string, text: string): Uint8Array | undefined {
    const key = this.#byId.get(text.slice(0, KEY_ID_LENGTH))
    if (!key) return undefined
    return open(key.cipher, `${purpose}:${aad}`, Buffer.from(text.slice(KEY_ID_LENGTH), 'base64url'))
  }

  /** HMAC-SHA-256 of `text` for `purpose`, by its newest key or by the one named. Undefined when that one is gone. */
  mac(purpose: KeyPurpose, text: string, keyId: string): Mac | undefined
  mac(purpose: KeyPurpose, text: string): Mac
  mac(purpose: KeyPurpose, text: string, keyId?: string): Mac | undefined {
    const key = keyId === undefined ? this.#get(purpose) : this.#byId.get(keyId)
    if (!key) return undefined
    return { keyId: key.id, code: createHmac('sha256', key.mac).update(`${purpose}:${text}`).digest() }
  }

  #get(purpose: KeyPurpose): OpenKey {
    const key = this.#current.get(purpose)
    if (!key) throw new Error(`There is no signing key for ${purpose}.`)
    return key
  }

  async #insertMissing(tx: Transaction, now: Date): Promise<void> {
    const stored = await tx.signingKeys.list()
    for (const purpose of PURPOSES) {
      const ofPurpose = stored.filter((key) => key.purpose === purpose)
      if (ofPurpose.some(({ retiredAt }) => retiredAt === undefined)) continue
      // The first id follows from the root key, so that of two nodes that start together one is turned away.
      const id = ofPurpose.length === 0 ? this.#firstIdOf(purpose) : randomHex(this.#random, KEY_ID_LENGTH)
      await tx.signingKeys.insert(this.#createSigningKey(id, purpose, now))
    }
  }

  #firstIdOf(purpose: KeyPurpose): string {
    return createHmac('sha256', this.#root).update(`key-id:${purpose}`).digest('hex').slice(0, KEY_ID_LENGTH)
  }

  #createSigningKey(id: string, purpose: KeyPurpose, now: Date): SigningKey {
    const sealed = seal(this.#root, `${purpose}:${id}`, this.#random.bytes(32), this.#random)
    return { id, purpose, sealedSecret: sealed.toString('base64url'), createdAt: now }
  }

  #unseal({ id, purpose, sealedSecret }: SigningKey): OpenKey {
    const secret = open(this.#root, `${purpose}:${id}`, Buffer.from(sealedSecret, 'base64url'))
    if (!secret) {
      throw new Refusal('invalid', 'The server key does not open the keys in this database.', {
        hint: 'Start with the server.key file, or the MAYFLY_SERVER_KEY, that this database was made with.',
      })
    }
    const derive = (use: string) => createSecretKey(createHmac('sha256', secret).update(use).digest())
    return { id, cipher: derive('cipher'), mac: derive('mac') }
  }
}

function seal(key: KeyObject, aad: string, bytes: Uint8Array, random: Random): Buffer {
  const iv = random.bytes(IV_LENGTH)
  const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: TAG_LENGTH })
  cipher.setAAD(Buffer.from(aad))
  return Buffer.concat([iv, cipher.update(bytes), cipher.final(), cipher.getAuthTag()])
}

function open(key: KeyObject, aad: string, sealed: Buffer): Uint8Array | undefined {
  if (sealed.length < IV_LENGTH + TAG_LENGTH) return undefined
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, IV_LENGTH), { authTagLength: TAG_LENGTH })
  decipher.setAAD(Buffer.from(aad))
  decipher.setAuthTag(sealed.subarray(-TAG_LENGTH))
  try {
    return Buffer.concat([decipher.update(sealed.subarray(IV_LENGTH, -TAG_LENGTH)), decipher.final()])
  } catch {
    return undefined
  }
}
