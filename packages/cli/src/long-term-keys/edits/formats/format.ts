/** What a format is asked, and what it answers. */

import type { Splice } from '../text/splice.ts'

export interface FormatQuestion {
  readonly text: string
  readonly accessKeyId: string
  /** The key's secret in full; none where it was not found. */
  readonly secrets: readonly string[]
  /** The profile that the tool is to use from now on. */
  readonly profileName: string
}

export interface FormatAnswer {
  readonly splices: readonly Splice[]
  /** Sentences. */
  readonly notes: readonly string[]
  /** Why the key was left where it is, when it was. A sentence. */
  readonly leaves?: string
}

export type Format = (question: FormatQuestion) => FormatAnswer | Promise<FormatAnswer>

export const NOTHING: FormatAnswer = { splices: [], notes: [] }
