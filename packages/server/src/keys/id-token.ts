/** Id tokens: JWTs by ES256 that tell an application for whom its tokens are (RFC 7519, OpenID Connect Core §2). */

import { createECDH, createPrivateKey, type KeyObject, sign } from 'node:crypto'
import type { Keys } from './keys.ts'

const PURPOSE = 'id-token'

/** Signs claims with the newest key for id tokens. */
export function signIdToken(claims: Readonly<Record<string, unknown>>, keys: Keys): string {
  const { keyId, privateKey } = findKeyPair(keys)
  const signed = `${encode({ alg: 'ES256', kid: keyId, typ: 'JWT' })}.${encode(claims)}`
  const signature = sign('sha256', Buffer.from(signed), { key: privateKey, dsaEncoding: 'ieee-p1363' })
  return `${signed}.${signature.toString('base64url')}`
}

/** The public key with which id tokens are verified, as a JWK. */
export const idTokenPublicKey = (keys: Keys): Readonly<Record<string, string>> => findKeyPair(keys).publicKey

interface KeyPair {
  readonly keyId: string
  readonly privateKey: KeyObject
  readonly publicKey: Readonly<Record<string, string>>
}

/** The key pair is derived from the server's own key, so that it is rotated and restored with it. */
function findKeyPair(keys: Keys): KeyPair {
  for (let attempt = 0; ; attempt += 1) {
    const { keyId, code } = keys.mac(PURPOSE, `ES256:${attempt}`)
    const point = findPoint(code)
    // One number in four thousand million is no key of this curve: then the next one is taken.
    if (point === undefined) continue
    const publicKey = { kty: 'EC', crv: 'P-256', ...point }
    const privateKey = createPrivateKey({ format: 'jwk', key: { ...publicKey, d: code.toString('base64url') } })
    return { keyId, privateKey, publicKey: { ...publicKey, kid: keyId, alg: 'ES256', use: 'sig' } }
  }
}

function findPoint(scalar: Buffer): { readonly x: string; readonly y: string } | undefined {
  const curve = createECDH('prime256v1')
  try {
    curve.setPrivateKey(scalar)
  } catch {
    return undefined
  }
  // Uncompressed: one byte that says so, then the two halves.
  const point = curve.getPublicKey()
  return { x: point.subarray(1, 33).toString('base64url'), y: point.subarray(33).toString('base64url') }
}

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
