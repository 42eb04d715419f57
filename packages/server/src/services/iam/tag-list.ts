/** Tags as requests carry them, checked; keys that differ in capitals alone are one key. */

import type { Tag } from '@mayfly/identity-center/tag'
import { refused } from './exceptions.ts'

interface WireTag {
  readonly Key: string | undefined
  readonly Value: string | undefined
}

/** Throws `InvalidInput` for a key that comes twice or is AWS's. */
export function readTags(tags: readonly WireTag[] = []): Tag[] {
  const keys = new Set<string>()
  return tags.map(({ Key: key = '', Value: value = '' }) => {
    if (/^aws:/i.test(key)) throw refused('InvalidInput', `The tag key ${key} begins with aws:, which is reserved.`)
    if (keys.has(key.toLowerCase())) {
      throw refused('InvalidInput', 'Duplicate tag keys found. Please note that Tag keys are case insensitive.')
    }
    keys.add(key.toLowerCase())
    return { key, value }
  })
}

/** Both, where a key of `added` takes the place of the same key. Throws `LimitExceeded` beyond `most`. */
export function mergeTags(tags: readonly Tag[], added: readonly Tag[], most: number): Tag[] {
  const replaced = new Set(added.map(({ key }) => key.toLowerCase()))
  const merged = [...tags.filter(({ key }) => !replaced.has(key.toLowerCase())), ...added]
  if (merged.length <= most) return merged
  throw refused('LimitExceeded', `The number of tags has reached the maximum limit of ${most}.`)
}

/** Those whose key is not among `keys`. */
export function withoutTags(tags: readonly Tag[], keys: readonly string[]): Tag[] {
  const removed = new Set(keys.map((key) => key.toLowerCase()))
  return tags.filter(({ key }) => !removed.has(key.toLowerCase()))
}

export const describeTags = (tags: readonly Tag[]) => tags.map(({ key, value }) => ({ Key: key, Value: value }))
