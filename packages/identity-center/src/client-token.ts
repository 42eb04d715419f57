/** A client token: what makes the repeat of a create answer as the first one did (§1.10). */

import { hash } from 'node:crypto'
import { after, hours } from './duration.ts'

export interface ClientToken {
  /** Whose token for what: `<account>/<operation>`. */
  readonly scope: string
  readonly token: string
  /** SHA-256 of the input, so that the same token with another input is told apart. */
  readonly inputHash: string
  /** What the first one made. */
  readonly answer: string
  readonly expiresAt: Date
}

/** Longer than any client retries. */
const LIFETIME = hours(24)

/** The record of a create that came with a token. `input` is what was asked, without the token. */
export const createClientToken = (
  asked: { readonly scope: string; readonly token: string; readonly input: unknown; readonly answer: string },
  now: Date,
): ClientToken => ({
  scope: asked.scope,
  token: asked.token,
  inputHash: hash('sha256', canonicalText(asked.input), 'hex'),
  answer: asked.answer,
  expiresAt: after(now, LIFETIME),
})

/** JSON with the members in order: two spellings of one input are one input. */
const canonicalText = (value: unknown): string =>
  JSON.stringify(value, (_name, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([one], [other]) => (one < other ? -1 : 1)))
      : member,
  )
