/** What may stand in a document: its keys, and what each takes. The loader, the schema and the reference read it. */

import type { Duration } from '@mayfly/identity-center/duration'

export type Value =
  | { readonly type: 'text'; readonly pattern: RegExp /** As in "must be …". */; readonly what: string }
  | { readonly type: 'choice'; readonly choices: readonly string[] }
  | { readonly type: 'flag' }
  | { readonly type: 'duration'; readonly least: Duration; readonly most: Duration }
  /** A policy document, as YAML or as JSON in a text. */
  | { readonly type: 'policy' }
  | { readonly type: 'members'; readonly keys: Keys }
  | { readonly type: 'list'; readonly of: Value }

export interface Key {
  readonly value: Value
  /** What it is, as a sentence without its full stop. */
  readonly summary: string
  /** A value, as it would stand in the document; it is a default where the key says so. */
  readonly example: string
  /** What counts when the key is left out. Without one, and not optional, the key must be there. */
  readonly default?: string
  readonly optional?: true
}

export type Keys = Readonly<Record<string, Key>>

/** Whether a document without this key is refused. */
export const isRequired = (key: Key): boolean => key.default === undefined && key.optional === undefined
