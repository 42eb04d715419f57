/** The bytes of a file: whether they may hold a key at all, and what text they are. */

import { namesSecret } from '../detection/detect-keys.ts'

/**
 * UTF-8 and its like; UTF-16 in either order; SQLite and Vim's swap files, in which texts lie as they are; anything else
 * that is no text.
 */
export type ByteForm = 'text' | 'utf-16le' | 'utf-16be' | 'database' | 'binary'

/**
 * The first letters of an id: as they are, in base64 at each of its three places, in UTF-16 of either order; and in UTF-16
 * the word by which a secret without an id is known.
 */
const SIGNS = ['AKIA', 'QUtJQ', 'FLSU', 'BS0lB', 'A\0K\0I\0A', 'c\0r\0e\0t', 'C\0R\0E\0T'].map(bytesOf)
/** Of that word, the letters that are rare. */
const WORDS = ['cret', 'CRET'].map(bytesOf)
/** Bytes on either side of the word in which it becomes the name of a secret access key. */
const AROUND = 32

/** False for bytes that hold no key. Forty-nine of fifty files are done with here, and are not even made into a text. */
export const mayHoldKeys = (bytes: Buffer): boolean =>
  SIGNS.some((sign) => bytes.includes(sign)) || WORDS.some((word) => hasSecretName(bytes, word))

function hasSecretName(bytes: Buffer, word: Buffer): boolean {
  for (let at = bytes.indexOf(word); at >= 0; at = bytes.indexOf(word, at + word.length))
    if (namesSecret(bytes.toString('latin1', Math.max(0, at - AROUND), at + AROUND))) return true
  return false
}

/** Bytes at the beginning that tell what the rest is. */
const SAMPLE = 8192

export function formOf(bytes: Buffer): ByteForm {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  const sample = bytes.subarray(0, SAMPLE)
  if (!sample.includes(0)) return 'text'
  if (/^(?:SQLite format 3\0|b0VIM )/.test(sample.toString('latin1', 0, 16))) return 'database'
  return formOfZeros(sample)
}

/** Windows writes UTF-16 without a mark too: then every other byte of what people type is zero. */
function formOfZeros(sample: Buffer): ByteForm {
  const zeros = [0, 0]
  for (const [index, byte] of sample.entries()) if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1
  const [even = 0, odd = 0] = zeros
  const half = sample.length / 2
  if (odd > half * 0.7 && even < half * 0.05) return 'utf-16le'
  if (even > half * 0.7 && odd < half * 0.05) return 'utf-16be'
  return 'binary'
}

/** Of text, wrong bytes are replaced; of what is no text, each byte is a character. */
export function decode(bytes: Buffer, form: ByteForm): string {
  if (form === 'text') return bytes.toString('utf8')
  if (form === 'utf-16le') return bytes.toString('utf16le')
  if (form === 'utf-16be') return swapped(bytes).toString('utf16le')
  return bytes.toString('latin1')
}

const swapped = (bytes: Buffer): Buffer => Buffer.from(bytes.subarray(0, bytes.length - (bytes.length % 2))).swap16()

function bytesOf(sign: string): Buffer {
  return Buffer.from(sign, 'latin1')
}
