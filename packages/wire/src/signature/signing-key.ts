/** The key that signs for one day, region and service, derived from a secret access key. */

import { createHmac, createSecretKey, type KeyObject } from 'node:crypto'
import type { CredentialScope } from './canonical-request.ts'

function hmac(key: string | Uint8Array, text: string): Buffer {
  return createHmac('sha256', key).update(text, 'utf8').digest()
}

/** Derived afresh: four HMACs. */
export function deriveSigningKey(secretAccessKey: string, { date, region, service }: CredentialScope): KeyObject {
  const ofDay = hmac(`AWS4${secretAccessKey}`, date)
  return createSecretKey(hmac(hmac(hmac(ofDay, region), service), 'aws4_request'))
}

/** The signature of a text, as bytes. */
export function signText(key: KeyObject, text: string): Buffer {
  return createHmac('sha256', key).update(text, 'utf8').digest()
}

const MOST_KEYS = 20_000

/** Signing keys already derived, as key objects: a verification then costs one HMAC. The least recently used ones go. */
export class SigningKeys {
  readonly #keys = new Map<string, { readonly secret: string; readonly key: KeyObject }>()
  readonly #most: number

  constructor(most: number = MOST_KEYS) {
    this.#most = most
  }

  get(accessKeyId: string, secretAccessKey: string, scope: CredentialScope): KeyObject {
    const name = `${accessKeyId} ${scope.date} ${scope.region} ${scope.service}`
    const known = this.#keys.get(name)
    if (known !== undefined) {
      this.#keys.delete(name)
      if (known.secret === secretAccessKey) {
        this.#keys.set(name, known)
        return known.key
      }
    }
    const key = deriveSigningKey(secretAccessKey, scope)
    this.#keys.set(name, { secret: secretAccessKey, key })
    if (this.#keys.size > this.#most) this.#dropOldest()
    return key
  }

  #dropOldest(): void {
    for (const name of this.#keys.keys()) {
      this.#keys.delete(name)
      return
    }
  }
}
