/** A change of a file before its bytes are weighed. */

import type { PlaceKind } from '../../key/key-place.ts'
import type { Splice } from '../text/splice.ts'
import type { Encoding } from '../text/text-of-file.ts'

export interface Draft {
  /** Where symbolic links end. */
  readonly path: string
  readonly foundAs: string
  readonly kind: PlaceKind
  /** Null for a file that is to be made. */
  readonly bytes: Uint8Array | null
  readonly text: string
  readonly encoding: Encoding
  readonly splices: readonly Splice[]
  readonly notes: readonly string[]
}

/** A file, or a profile in it, that is left as it is. */
export interface Left {
  /** As it was found. */
  readonly path: string
  /** Lines (from 1) that it is about; the whole file without. */
  readonly lines?: readonly number[]
  readonly why: string
  readonly advice: string
  /** True for the profile that was to take the key's place: without it nothing else can change. */
  readonly isReplacing?: true
}
