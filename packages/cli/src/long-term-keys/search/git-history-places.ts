/** One finding for each key and path of a history: at the oldest commit that has it. */

import type { Detected } from '../detection/detected.ts'
import type { FoundKey } from '../key/found-key.ts'
import type { HistoryPlace } from '../key/key-place.ts'
import type { LocatedObjects, ObjectPlace } from './git/locate-objects.ts'
import type { GitObject } from './git/object-stream.ts'

/** An object with what was detected in it. */
export interface HistoryHit {
  readonly id: string
  readonly type: GitObject['type']
  readonly detected: readonly Detected[]
}

/** Dangling objects count for keys that nothing else of the repository has. */
export function foundInHistory(
  repository: string,
  hits: readonly HistoryHit[],
  { places }: Pick<LocatedObjects, 'places'>,
): readonly FoundKey[] {
  const oldest = new Map<string, { found: FoundKey; age: number }>()
  const reached = new Set<string>()
  for (const { id, type, detected } of hits) {
    const named: readonly (ObjectPlace | undefined)[] = places.get(id) ?? [undefined]
    for (const key of detected) {
      for (const place of named) {
        const found = foundKeyOf(key, placeOf({ repository, id, type }, key, place))
        const name = `${nameOf(key)}\0${place?.path ?? ''}\0${type === 'blob' ? '' : 'message'}`
        const age = place?.age ?? 0
        if (age >= (oldest.get(name)?.age ?? -1)) oldest.set(name, { found, age })
        if (place || type === 'commit') reached.add(nameOf(key))
      }
    }
  }
  const isDangling = ({ place }: FoundKey): boolean => place.type === 'history' && place.commit === undefined
  return [...oldest.values()]
    .map(({ found }) => found)
    .filter((found) => !(isDangling(found) && reached.has(nameOf(found))))
}

const nameOf = ({ accessKeyId, secret }: Pick<Detected, 'accessKeyId' | 'secret'>): string =>
  accessKeyId ?? String(secret)

function placeOf(
  { repository, id, type }: { repository: string; id: string; type: GitObject['type'] },
  { line, column }: Detected,
  place: ObjectPlace | undefined,
): HistoryPlace {
  const commit = place?.commit ?? (type === 'commit' ? id : undefined)
  return {
    type: 'history',
    repository,
    object: id,
    line,
    column,
    ...(commit !== undefined && { commit }),
    ...(place && { path: place.path }),
  }
}

export const foundKeyOf = (
  { accessKeyId, accountId, isCanary, secret }: Detected,
  place: FoundKey['place'],
  kind: FoundKey['kind'] = 'git-history',
): FoundKey => ({
  ...(accessKeyId !== undefined && { accessKeyId }),
  ...(accountId !== undefined && { accountId }),
  ...(secret && { secret }),
  isCanary,
  place,
  kind,
  uses: [],
})
