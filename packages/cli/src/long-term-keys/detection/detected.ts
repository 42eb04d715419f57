/** What a text holds of a long-term access key: an id, a secret, or both, and where they stand. */

import type { HiddenSecret } from '../key/hidden-secret.ts'

/** UTF-16 units of the text that was searched; `end` is behind the last one. */
export interface TextSpan {
  readonly start: number
  readonly end: number
}

/**
 * `plain`: the span holds the value itself. `escaped`: the value is spelled with escapes (`\/`, `\u002f`, `%2F`, `&#47;`).
 * `base64`: the span lies in base64, and covers the letters that spell the value and whatever shares them.
 */
export type Spelling = 'plain' | 'escaped' | 'base64'

export interface Detected {
  /** `AKIA…`; absent where a secret lies without its id. */
  readonly accessKeyId?: string
  /** Absent where the id lies alone. */
  readonly secret?: HiddenSecret
  /** Decoded from the id. 12 digits; absent for ids of before 2019, which carry none. */
  readonly accountId?: string
  /** Of an account that hands out bait: whoever uses such a key raises an alarm. */
  readonly isCanary: boolean
  /** Of the id, else of the secret. Both begin with 1; columns count UTF-16 units. */
  readonly line: number
  readonly column: number
  readonly idAt?: TextSpan
  readonly idSpelling?: Spelling
  readonly secretAt?: TextSpan
  readonly secretSpelling?: Spelling
}

/** What is known of a text besides. */
export interface TextHints {
  /** Of its file: one that is named `aws_secret_access_key` may hold nothing else. */
  readonly path?: string
}

/** Finds the long-term access keys of a text. Never throws; takes time in proportion to the text. */
export type DetectKeys = (text: string, hints?: TextHints) => readonly Detected[]
