/** Tags as requests carry them, checked. */

import type { Tag } from '@mayfly/identity-center/tag'
import { constraintViolation, invalidInput } from './exceptions.ts'

interface WireTag {
  readonly Key: string | undefined
  readonly Value: string | undefined
}

/** Throws `InvalidInputException` for a key that comes twice, in whatever capitals, or is AWS's. */
export function readTags(tags: readonly WireTag[] = []): Tag[] {
  const keys = new Set<string>()
  return tags.map(({ Key: key = '', Value: value = '' }) => {
    checkKey(key)
    if (keys.has(key.toLowerCase())) throw invalidInput('DUPLICATE_TAG_KEY', `The tag key ${key} is given twice.`)
    keys.add(key.toLowerCase())
    return { key, value }
  })
}

/** Throws `InvalidInputException` for a key that is AWS's. */
export function checkKey(key: string): void {
  if (!/^aws:/i.test(key)) return
  throw invalidInput('INVALID_SYSTEM_TAGS_PARAMETER', `The tag key ${key} begins with aws:, which is reserved.`)
}

/** Throws `ConstraintViolationException` for more tags than a resource may have. */
export function checkTagCount(count: number, most: number): void {
  if (count > most) throw constraintViolation('MAX_TAG_LIMIT_EXCEEDED', `A resource has at most ${most} tags.`)
}
