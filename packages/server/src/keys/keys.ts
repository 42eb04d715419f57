/** The server's own keys: each has one purpose, lies sealed in the store and can be rotated. */

import { createCipheriv, createDecipheriv, createHmac, createSecretKey, type KeyObject } from 'node:crypto'
import type { Clock } from '@mayfly/identity-center/clock'
import { after, milliseconds } from '@mayfly/identity-center/duration'
import { type Random, randomHex } from '@mayfly/identity-center/random'
import { Refusal } from '@mayfly/identity-center/refusal'
import type { KeyPurpose, SigningKey } from '@mayfly/identity-center/signing-key'
import type { Store, Transaction } from '@mayfly/store'

/** What each key of the server is for. */
export const PURPOSES: readonly KeyPurpose[] = [
  'client-registration',
  'role-credentials',
  'sealing',
  'page-token',
  'audit-chain',
  'id-token',
  'identity-context',
]
const KEY_ID_LENGTH = 8
/** A new key is used when every node has heard of it. */
const HEARD_OF_AFTER = milliseconds(500)
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

interface Roots {
  readonly root: Uint8Array
  readonly previousRoot?: Uint8Array
}

export class Keys {
  readonly #root: KeyObject
  /** That some keys may still be sealed by. */
  readonly #previousRoot: KeyObject | undefined
  readonly #random: Random
  readonly #clock: Clock
  #byId = new Map<string, OpenKey>()
  #current = new Map<KeyPurpose, OpenKey>()

  private constructor({ root, previousRoot, random, clock }: Roots & { clock: Clock; random: Random }) {
    this.#root = createSecretKey(root)
    this.#previousRoot = previousRoot && createSecretKey(previousRoot)
    this.#random = random
    this.#clock = clock
  }

  /**
   * Opens the store's keys with the root key (32 bytes), or those that it does not open with the one before it, and makes
   * those that are not there yet.
   */
  static async open(
    root: Uint8Array,
    given: { store: Store; clock: Clock; random: Random; previousRoot?: Uint8Array },
  ) {
    const { store, clock } = given
    const keys = new Keys({ root, ...given })
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
    const now = this.#clock.now()
    for (const stored of await store.signingKeys.list()) {
      const key = this.#byId.get(stored.id) ?? this.#unseal(stored)
      byId.set(stored.id, key)
      if (stored.retiredAt !== undefined) continue
      // Oldest first: a newer one takes over.
      if (!current.has(stored.purpose) || after(stored.createdAt, HEARD_OF_AFTER) <= now)
        current.set(stored.purpose, key)
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

  /** A new key, sealed, to be put into the store. */
  create(purpose: KeyPurpose): SigningKey {
    return this.#createSigningKey(randomHex(this.#random, KEY_ID_LENGTH), purpose, this.#clock.now())
  }

  /** The secret of a key, sealed by the present root key; undefined when it is already. */
  reseal({ id, purpose, sealedSecret }: SigningKey): string | undefined {
    const aad = `${purpose}:${id}`
    const sealed = Buffer.from(sealedSecret, 'base64url')
    if (open(this.#root, aad, sealed)) return undefined
    const secret = this.#previousRoot && open(this.#previousRoot, aad, sealed)
    if (!secret) throw foreignKeys()
    return seal(this.#root, aad, secret, this.#random).toString('base64url')
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
    const sealed = Buffer.from(sealedSecret, 'base64url')
    const aad = `${purpose}:${id}`
    const secret = open(this.#root, aad, sealed) ?? (this.#previousRoot && open(this.#previousRoot, aad, sealed))
    if (!secret) throw foreignKeys()
    const derive = (use: string) => createSecretKey(createHmac('sha256', secret).update(use).digest())
    return { id, cipher: derive('cipher'), mac: derive('mac') }
  }
}

const foreignKeys = (): Refusal =>
  new Refusal('invalid', 'The server key does not open the keys in this database.', {
    hint: 'Start with the server.key file, or the MAYFLY_SERVER_KEY, that this database was made with.',
  })

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
