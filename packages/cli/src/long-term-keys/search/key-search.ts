/** What a search for long-term keys is told, and what it answers. */

import type { FoundKey } from '../key/found-key.ts'

export interface SearchOptions {
  /** Folders and files to look at. Absolute; the person's home, and what lies outside it by a variable, when left out. */
  readonly roots?: readonly string[]
  /** Seconds after which the search ends with what it has; none when left out. */
  readonly seconds?: number
  /** How many bytes of one file are looked at, from its beginning. */
  readonly bytesPerFile?: number
  /** Looks at dependencies, caches, binaries, images and archives too, and at files to their end. */
  readonly everything?: boolean
  /** Looks at other users' files too. */
  readonly anyOwner?: boolean
  /** Looks at the history of the Git repositories on the way. */
  readonly withHistory?: boolean
  /** Ends the search with what it has. */
  readonly signal?: AbortSignal
}

/** Why something was not looked at. */
export type PassedOverReason =
  | 'dependencies'
  | 'cache'
  | 'binary'
  | 'media'
  | 'archive'
  | 'other-owner'
  | 'unreadable'
  | 'other-file-system'
  | 'too-big'
  | 'special'
  | 'history'
  | 'ignored'

export interface PassedOver {
  readonly why: PassedOverReason
  /** What it was, in words: `folders of dependencies`, `files of other users` … */
  readonly what: string
  readonly count: number
  /** Some of them, for a person who wonders. Absolute paths. */
  readonly examples: readonly string[]
}

export interface KeySearch {
  readonly found: readonly FoundKey[]
  readonly looked: { readonly files: number; readonly bytes: number; readonly folders: number }
  readonly passedOver: readonly PassedOver[]
  /** `memory`: more was found than is kept. */
  readonly ended: 'whole' | 'time' | 'memory' | 'interrupted'
}

/** Told now and then, some twenty times a second at most. */
export type SearchProgress = (state: {
  readonly files: number
  readonly bytes: number
  readonly found: number
  /** The folder that is being looked at. Absolute. */
  readonly folder: string
}) => void
