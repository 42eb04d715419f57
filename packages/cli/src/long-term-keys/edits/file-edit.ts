/** A planned change of one file: plain data without a secret in it, which a journal may keep. */

import type { KeyPlace, PlaceKind } from '../key/key-place.ts'
import type { DiffLine } from './text/diff-lines.ts'
import type { Splice } from './text/splice.ts'
import type { Encoding } from './text/text-of-file.ts'

export interface FileEdit {
  /** The file that is written: where symbolic links end. Absolute. */
  readonly path: string
  /** The path under which it was found; another one where a symbolic link leads to it. */
  readonly foundAs: string
  readonly kind: PlaceKind
  readonly accessKeyId: string
  readonly encoding: Encoding
  /** SHA-256 (hex) of the bytes that the change was planned on; null for a file that is to be made. */
  readonly before: string | null
  /** SHA-256 (hex) of the bytes once the change is made. */
  readonly after: string
  /** Sorted. */
  readonly splices: readonly Splice[]
  readonly diff: readonly DiffLine[]
  /** What the person should know of this change. Sentences. */
  readonly notes: readonly string[]
}

/** What no edit takes care of. */
export interface ByHand {
  readonly place: KeyPlace
  readonly kind: PlaceKind
  /** Why nothing is edited here. A sentence. */
  readonly why: string
  /** What to do instead, with the exact command or lines where there are any. */
  readonly advice: string
}

export interface EditPlan {
  /** In the order in which they are to be made: the profile first, so that nothing is without credentials meanwhile. */
  readonly edits: readonly FileEdit[]
  readonly byHand: readonly ByHand[]
  /** Why the profile that was to take the key's place cannot; nothing else changes then. A sentence. */
  readonly obstacle?: string
}
