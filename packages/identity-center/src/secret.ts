/** Secrets: kept as hashes, compared in constant time. */

import { hash, timingSafeEqual } from 'node:crypto'
import type { SecretHash } from './identifiers.ts'

/** SHA-256 in hexadecimal. For random secrets of 128 bits and more; a password wants argon2id. */
export const hashOf = (secret: string): SecretHash => hash('sha256', secret, 'hex') as SecretHash

/** Whether two texts are equal; how long it takes tells nothing but whether their lengths are. */
export function sameSecret(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)]
  return left.length === right.length && timingSafeEqual(left, right)
}
