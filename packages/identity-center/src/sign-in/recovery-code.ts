/** Recovery codes, for the day when the authenticator app is lost: ten, each good once. */

import type { UserId } from '../identifiers.ts'
import { type Random, randomText } from '../random.ts'
import { hashOf } from '../secret.ts'
import type { RecoveryCode } from './mfa-device.ts'

const COUNT = 10
/** Crockford's: no I, L, O and U, so that nothing is mistaken for 1, 0 or V. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** What the user is shown once, `XXXXX-XXXXX-XXXXX` of 75 bits each, and what is kept. */
export function createRecoveryCodes(
  userId: UserId,
  now: Date,
  random: Random,
): { readonly codes: readonly string[]; readonly kept: readonly RecoveryCode[] } {
  const plain = Array.from({ length: COUNT }, () => randomText(random, LETTERS, 15))
  return {
    codes: plain.map((letters) => `${letters.slice(0, 5)}-${letters.slice(5, 10)}-${letters.slice(10)}`),
    kept: plain.map((letters) => ({ userId, codeHash: hashOf(letters), createdAt: now })),
  }
}

/** What a person typed, as it is hashed; undefined when it cannot be one. Case, blanks, dashes are free; O is 0, I and L are 1. */
export function canonicalRecoveryCode(text: string): string | undefined {
  const letters = text
    .replace(/[\s\u2010-\u2015-]/g, '')
    .toUpperCase()
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1')
  return /^[0-9A-HJKMNP-TV-Z]{15}$/.test(letters) ? letters : undefined
}
