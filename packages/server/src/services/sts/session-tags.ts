/** Session tags: those that are asked for, and those that pass from one session to the next (STS, "Pass session tags"). */

import { ServiceException } from '@mayfly/wire/model/service-exception'
import type { AccountCaller } from '../../caller/caller.ts'

export interface AskedTags {
  readonly tags: readonly { readonly key: string; readonly value: string }[]
  readonly transitiveTagKeys: readonly string[]
}

export interface SessionTags {
  readonly tags: Readonly<Record<string, string>>
  readonly transitiveTagKeys: readonly string[]
}

const MOST_TAGS = 50

/** Throws what AWS answers for keys that do not go together; capitals tell no keys apart. */
export function createSessionTags(asked: AskedTags, inherited: SessionTags): SessionTags {
  const keys = asked.tags.map(({ key }) => key.toLowerCase())
  const given = new Set(keys)
  if (given.size < keys.length) {
    throw invalid('Duplicate tag keys found. Please note that Tag keys are case insensitive.')
  }
  if (keys.some((key) => key.startsWith('aws:'))) throw invalid('Tag keys must not begin with aws:.')
  if (inherited.transitiveTagKeys.some((key) => given.has(key.toLowerCase()))) {
    throw invalid(
      "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.",
    )
  }
  if (asked.transitiveTagKeys.some((key) => !given.has(key.toLowerCase()))) {
    throw invalid('The specified transitive tag key must be included in the requested tags.')
  }
  const passed = inherited.transitiveTagKeys.flatMap((key) => {
    const value = Object.hasOwn(inherited.tags, key) ? inherited.tags[key] : undefined
    return value === undefined ? [] : [[key, value] as const]
  })
  if (passed.length + keys.length > MOST_TAGS) throw invalid(`A session has at most ${MOST_TAGS} tags.`)
  const spelled = asked.tags.filter(({ key }) => isAmong(key, asked.transitiveTagKeys)).map(({ key }) => key)
  return {
    tags: Object.fromEntries([...passed, ...asked.tags.map(({ key, value }) => [key, value] as const)]),
    transitiveTagKeys: [...passed.map(([key]) => key), ...spelled],
  }
}

/** What a session that is assumed with this one has of its tags. */
export const tagsOf = (caller: AccountCaller): SessionTags => (caller.type === 'role' ? caller : NO_TAGS)

export const NO_TAGS: SessionTags = { tags: {}, transitiveTagKeys: [] }

const isAmong = (key: string, keys: readonly string[]): boolean =>
  keys.some((other) => other.toLowerCase() === key.toLowerCase())

const invalid = (message: string): ServiceException =>
  new ServiceException('InvalidParameterValue', message, { statusCode: 400 })
