/** Whether forty characters may be a secret access key, by themselves. */

import { isMonotonous } from './key-id-form.ts'

/** Characters of a secret access key. */
export const SECRET_LENGTH = 40

// Thirty bytes of chance in base64 have 30 different characters; 19 in one of two hundred thousand.
const LEAST_VARIETY = 18
const WORDS = /example|placeholder|changeme|redacted|dummy|sample|replace|secret.?access|your.?secret|secretkey|xxxxxx/i

/** False for a hash in hexadecimal, a word to be replaced, and whatever has not the variety of chance. */
export function isSecretForm(text: string): boolean {
  if (!/[A-Z]/.test(text) || !/[a-z]/.test(text)) return false
  return !WORDS.test(text) && !isMonotonous(text, LEAST_VARIETY) && !isWords(text)
}

/** `ThisIsTheNameOfSomething…`, `src/components/…`: without a digit, with lower-case letters in long rows. */
function isWords(text: string): boolean {
  if (/[0-9]/.test(text)) return false
  let pairs = 0
  for (let index = 1; index < text.length; index += 1)
    if (/^[a-z]{2}$/.test(text.slice(index - 1, index + 1))) pairs += 1
  return pairs > 20
}
