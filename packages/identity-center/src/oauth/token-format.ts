/** How a token looks: a prefix that secret scanners know, 256 bits of chance, a checksum (§2.6). */

import { hash } from 'node:crypto'
import { type Random, randomBase64Url } from '../random.ts'

/** Access token, refresh token, device code, authorization code, one-time link. */
export type TokenPrefix = 'aoa' | 'aor' | 'aod' | 'aoc' | 'aol'

const SECRET_LENGTH = 43
const CHECKSUM_LENGTH = 6

/** `<prefix>_<43 of base64url><6 of base64url>`: 53 characters. */
export function createToken(random: Random, prefix: TokenPrefix): string {
  const text = `${prefix}_${randomBase64Url(random, 32)}`
  return text + checksumOf(text)
}

/** Whether a text could be such a token; a mistyped or shortened one is told apart without asking the store. */
export function isWellFormedToken(text: string, prefix: TokenPrefix): boolean {
  const length = prefix.length + 1 + SECRET_LENGTH
  if (text.length !== length + CHECKSUM_LENGTH || !text.startsWith(`${prefix}_`)) return false
  return /^[\w-]+$/.test(text) && checksumOf(text.slice(0, length)) === text.slice(length)
}

/** What looks like one of our tokens, wherever it stands. */
const ANY_TOKEN = new RegExp(`\\bao[acdlr]_[\\w-]{${SECRET_LENGTH},}`, 'g')

/** What looks like a secret access key, which has no mark of its own: 40 of base64, of more than one kind of letters. */
const ANY_SECRET_KEY =
  /(?<![A-Za-z0-9/+])(?=[a-z0-9/+]*[A-Z])(?=[A-Z0-9/+]*[a-z])(?=[A-Za-z/+]*\d)[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])/g
const SECRET_KEY_LENGTH = 40

const HIDDEN = 'HIDDEN_DUE_TO_SECURITY_REASONS'

/** A text that a stranger sent, fit to be kept: a secret that was put into the wrong place is not written down there. */
export function withoutTokens(text: string): string {
  if (text.length < SECRET_KEY_LENGTH) return text
  const kept = text.includes('ao') ? text.replace(ANY_TOKEN, HIDDEN) : text
  return kept.replace(ANY_SECRET_KEY, HIDDEN)
}

/** Of what stands before it. No secret: it only tells a token from noise. */
const checksumOf = (text: string): string => hash('sha256', text, 'base64url').slice(0, CHECKSUM_LENGTH)
