/** The long-term keys of a search, one by one, each with every place of it. */

import { isCanaryId } from '../detection/canary-accounts.ts'
import type { FoundKey } from '../key/found-key.ts'

/** A key that a retirement is planned for. */
export interface KeyPlaces {
  readonly accessKeyId: string
  readonly isCanary: boolean
  /** Places of the id, and those in which its secret lies alone. */
  readonly found: readonly FoundKey[]
}

/** One for each id, in the order found. A secret that lies without an id belongs to the key that has the same elsewhere. */
export function groupByKey(found: readonly FoundKey[]): readonly KeyPlaces[] {
  const groups = new Map<string, FoundKey[]>()
  for (const key of found) {
    if (key.accessKeyId === undefined) continue
    groups.set(key.accessKeyId, [...(groups.get(key.accessKeyId) ?? []), key])
  }
  const owners = new Map<string, string>()
  for (const [accessKeyId, keys] of groups)
    for (const { secret } of keys) if (secret) owners.set(secret.reveal(), accessKeyId)
  for (const key of found) {
    const owner = key.accessKeyId === undefined && key.secret ? owners.get(key.secret.reveal()) : undefined
    if (owner !== undefined) groups.get(owner)?.push(key)
  }
  return [...groups].map(([accessKeyId, keys]) => ({
    accessKeyId,
    isCanary: keys.some(({ isCanary }) => isCanary),
    found: keys,
  }))
}

/** A key that somebody named, and that lies elsewhere. */
export const placeless = (accessKeyId: string): KeyPlaces => ({
  accessKeyId,
  isCanary: isCanaryId(accessKeyId),
  found: [],
})
