/** The one door through which chance enters. */

import { randomFillSync } from 'node:crypto'

export interface Random {
  /** `count` unpredictable bytes. */
  bytes(count: number): Uint8Array
}

/** Drawn from the machine in one piece: to ask for a few bytes costs as much as to ask for thousands. */
const RESERVE = 4096

/** The machine's own source of chance. No byte is given out twice, and none is kept once it is. */
function createSystemRandom(): Random {
  const reserve = new Uint8Array(RESERVE)
  let used = RESERVE
  return {
    bytes(count) {
      if (count > RESERVE) return randomFillSync(new Uint8Array(count))
      if (used + count > RESERVE) {
        randomFillSync(reserve)
        used = 0
      }
      const bytes = reserve.slice(used, used + count)
      reserve.fill(0, used, used + count)
      used += count
      return bytes
    },
  }
}

export const systemRandom: Random = createSystemRandom()

/** `count` characters of `alphabet`, each equally likely (bytes that would favour the first ones are thrown away). */
export function randomText(random: Random, alphabet: string, count: number): string {
  const fair = 256 - (256 % alphabet.length)
  let text = ''
  while (text.length < count) {
    for (const byte of random.bytes(count)) {
      if (byte < fair && text.length < count) text += alphabet.charAt(byte % alphabet.length)
    }
  }
  return text
}

/** `count` lower-case hexadecimal digits. */
export const randomHex = (random: Random, count: number): string => randomText(random, '0123456789abcdef', count)

/** `count` bytes as base64url without padding. */
export const randomBase64Url = (random: Random, count: number): string =>
  Buffer.from(random.bytes(count)).toString('base64url')

/** A version 4 UUID (RFC 9562 §5.4). */
export function randomUuid(random: Random): string {
  const bytes = Uint8Array.from(random.bytes(16))
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = Buffer.from(bytes).toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
