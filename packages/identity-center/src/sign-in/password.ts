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

const LONGEST = 64

/** What an instance wants of a new password. */
export interface PasswordRules {
  /** 8 to 64 characters. */
  readonly passwordMinimumLength: number
  /** Whether it needs a lower-case and an upper-case letter, a digit and another character. */
  readonly passwordNeedsEveryClass: boolean
}

const DEFAULT_RULES: PasswordRules = { passwordMinimumLength: 8, passwordNeedsEveryClass: true }

type Rule = readonly [words: string, holds: (text: string) => boolean]

const CLASSES: readonly Rule[] = [
  ['a lower-case letter', (text) => /\p{Ll}/u.test(text)],
  ['an upper-case letter', (text) => /\p{Lu}/u.test(text)],
  ['a digit', (text) => /\p{Nd}/u.test(text)],
  ['a character that is neither letter nor digit', (text) => /[^\p{L}\p{N}]/u.test(text)],
]

/** What a new password lacks, each to be put after "It needs"; nothing when it will do (§4.2). */
export function checkNewPassword(text: string, rules: PasswordRules = DEFAULT_RULES): string[] {
  const shortest = rules.passwordMinimumLength
  const wanted: readonly Rule[] = [
    [`at least ${shortest} characters`, () => [...text].length >= shortest],
    [`at most ${LONGEST} characters`, () => [...text].length <= LONGEST],
    ...(rules.passwordNeedsEveryClass ? CLASSES : []),
    ['no control characters', () => !/\p{Cc}/u.test(text)],
  ]
  return wanted.filter(([, holds]) => !holds(text)).map(([words]) => words)
}

/** The rules as a hint beside a field. */
export const describePasswordRules = ({ passwordMinimumLength, passwordNeedsEveryClass }: PasswordRules): string =>
  passwordNeedsEveryClass
    ? `${passwordMinimumLength} to ${LONGEST} characters, with a lower-case letter, an upper-case letter, a digit and another character.`
    : `${passwordMinimumLength} to ${LONGEST} characters.`

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
