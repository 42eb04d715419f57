/** Where on this computer a key still lies. */

import { searchForKeys } from '../../../long-term-keys/search/search-for-keys.ts'
import type { Machine } from '../../../machine/machine.ts'
import { formatPlace } from '../check/checked-key.ts'

/** As long as a person waits for a list of files. */
const SECONDS = 20
const MOST = 10

/** Ours are left out: a search of everything would find what was sealed nowhere, and journals hold the id. */
export async function findPlaces(machine: Machine, accessKeyId: string): Promise<readonly string[]> {
  const { found } = await searchForKeys(machine, { seconds: SECONDS })
  const places = found
    .filter((key) => key.accessKeyId === accessKeyId)
    .map(({ place }) => formatPlace(place, machine.home))
    .filter((place) => !/^~[\\/]\.mayfly[\\/]/.test(place))
  const more = places.length - MOST
  return [...new Set(places.slice(0, MOST)), ...(more > 0 ? [`and ${more} more places`] : [])]
}
