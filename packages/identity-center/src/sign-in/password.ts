/** The rules for a new password (hashing happens in the server, in a bounded pool). */

import type { UserId } from '../identifiers.ts'

/** A user's password, as it is kept. */
export interface PasswordRecord {
  readonly userId: UserId
  /** argon2id in PHC string format. */
  readonly hash: string
  /** The hashes of the passwords before it, newest first, at most two (§4.2: not one of the last three). */
  readonly previousHashes: readonly string[]
  readonly updatedAt: Date
}

const SHORTEST = 8
const LONGEST = 64

const RULES: readonly (readonly [string, (text: string) => boolean])[] = [
  [`at least ${SHORTEST} characters`, (text) => [...text].length >= SHORTEST],
  [`at most ${LONGEST} characters`, (text) => [...text].length <= LONGEST],
  ['a lower-case letter', (text) => /\p{Ll}/u.test(text)],
  ['an upper-case letter', (text) => /\p{Lu}/u.test(text)],
  ['a digit', (text) => /\p{Nd}/u.test(text)],
  ['a character that is neither letter nor digit', (text) => /[^\p{L}\p{N}]/u.test(text)],
  ['no control characters', (text) => !/\p{Cc}/u.test(text)],
]

/** What a new password lacks, each to be put after "It needs"; nothing when it will do (§4.2). */
export const checkNewPassword = (text: string): string[] =>
  RULES.filter(([, holds]) => !holds(text)).map(([rule]) => rule)

/** How many passwords before the new one may not come again, the present one among them (§4.2). */
export const REMEMBERED_PASSWORDS = 3

/** The record after a change: the present hash becomes the first of those before. */
export const replacePassword = (
  previous: PasswordRecord | undefined,
  next: { readonly userId: UserId; readonly hash: string },
  now: Date,
): PasswordRecord => ({
  userId: next.userId,
  hash: next.hash,
  previousHashes:
    previous === undefined ? [] : [previous.hash, ...previous.previousHashes].slice(0, REMEMBERED_PASSWORDS - 1),
  updatedAt: now,
})
