/** A tag: a key and a value on a resource. */

export interface Tag {
  readonly key: string
  readonly value: string
}
