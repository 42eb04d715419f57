/** Recovery codes, for the day when the authenticator app is lost: ten, each good once. */

import { type Random, randomText } from '../random.ts'

const COUNT = 10
/** Crockford's: no I, L, O and U, so that nothing is mistaken for 1, 0 or V. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** Ten codes of 75 bits each, `XXXXX-XXXXX-XXXXX`: shown once, and kept as the hashes of just this text. */
export const createRecoveryCodes = (random: Random): readonly string[] =>
  Array.from({ length: COUNT }, () => inGroups(randomText(random, LETTERS, 15)))

/**
 * What a person typed, as the code was shown; undefined when it cannot be one. Case, blanks and dashes are free; the
 * letter O is a zero, I and L are a one.
 */
export function canonicalRecoveryCode(text: string): string | undefined {
  const letters = text
    .replace(/[\s\u2010-\u2015-]/g, '')
    .toUpperCase()
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1')
  return /^[0-9A-HJKMNP-TV-Z]{15}$/.test(letters) ? inGroups(letters) : undefined
}

const inGroups = (letters: string): string => `${letters.slice(0, 5)}-${letters.slice(5, 10)}-${letters.slice(10)}`
