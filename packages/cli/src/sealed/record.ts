/** A sealed record: text under the data key, bound to its name (AES-256-GCM). */

import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto'
import { DamagedRecord } from './damaged-record.ts'

export const DATA_KEY_BYTES = 32

/** Magic with the version of the format in its last byte. */
const HEADER = Buffer.from('MAYFLY\x00\x01', 'latin1')
const KEY_ID_BYTES = 8
const NONCE_BYTES = 12
const TAG_BYTES = 16
const OVERHEAD = HEADER.length + KEY_ID_BYTES + NONCE_BYTES + TAG_BYTES

/** The fingerprint of a data key: sixteen hexadecimal digits that say nothing about it. */
export const fingerprint = (dataKey: Uint8Array): string =>
  createHmac('sha256', dataKey)
    .update('mayfly data key')
    .digest('hex')
    .slice(0, 2 * KEY_ID_BYTES)

/**
 * The record: header, fingerprint of the key, nonce, ciphertext, tag. Header, fingerprint and name are authenticated, so
 * that a record does not open under another name. `nonce` are 12 random bytes, used once.
 */
export function sealRecord(dataKey: Uint8Array, name: string, text: string, nonce: Uint8Array): Uint8Array {
  const keyId = Buffer.from(fingerprint(dataKey), 'hex')
  const cipher = createCipheriv('aes-256-gcm', dataKey, nonce)
  cipher.setAAD(Buffer.concat([HEADER, keyId, Buffer.from(name)]))
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([HEADER, keyId, nonce, sealed, cipher.getAuthTag()])
}

/** The fingerprint of the key that a record was sealed under; nothing for what is no record. */
export function findKeyId(record: Uint8Array): string | undefined {
  const bytes = Buffer.from(record.buffer, record.byteOffset, record.byteLength)
  if (bytes.length < OVERHEAD || !bytes.subarray(0, HEADER.length).equals(HEADER)) return undefined
  return bytes.subarray(HEADER.length, HEADER.length + KEY_ID_BYTES).toString('hex')
}

/** The text of a record. Throws DamagedRecord. */
export function openRecord(dataKey: Uint8Array, name: string, record: Uint8Array): string {
  const bytes = Buffer.from(record.buffer, record.byteOffset, record.byteLength)
  if (bytes.length < OVERHEAD || !bytes.subarray(0, HEADER.length).equals(HEADER)) throw new DamagedRecord(name, false)
  const nonceAt = HEADER.length + KEY_ID_BYTES
  const keyId = bytes.subarray(HEADER.length, nonceAt)
  if (keyId.toString('hex') !== fingerprint(dataKey)) throw new DamagedRecord(name, true)
  const sealedAt = nonceAt + NONCE_BYTES
  const decipher = createDecipheriv('aes-256-gcm', dataKey, bytes.subarray(nonceAt, sealedAt), {
    authTagLength: TAG_BYTES,
  })
  decipher.setAAD(Buffer.concat([HEADER, keyId, Buffer.from(name)]))
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES))
  try {
    return decipher.update(bytes.subarray(sealedAt, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8')
  } catch {
    throw new DamagedRecord(name, false)
  }
}
