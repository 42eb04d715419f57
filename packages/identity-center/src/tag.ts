/** A tag: a key and a value on a resource. */

import { Refusal } from './refusal.ts'

export interface Tag {
  readonly key: string
  readonly value: string
}

/**
 * Refuses with `invalid` a key that is there twice, and AWS's own prefix. Keys that differ in capitals alone are one:
 * condition keys know no capitals, so that a policy would see one of the two, and nobody could say which.
 */
export function checkTags(tags: readonly Tag[]): void {
  const keys = new Set<string>()
  for (const { key } of tags) {
    if (/^aws:/i.test(key)) throw new Refusal('invalid', `The tag key ${key} begins with aws:, which is reserved.`)
    if (keys.has(key.toLowerCase())) throw new Refusal('invalid', `The tag key ${key} is given twice.`)
    keys.add(key.toLowerCase())
  }
}

/** Refuses with `quota-exceeded` when a resource would carry more than it may. */
export function checkTagCount(count: number, most: number): void {
  if (count > most) throw new Refusal('quota-exceeded', `A resource has at most ${most} tags.`)
}
