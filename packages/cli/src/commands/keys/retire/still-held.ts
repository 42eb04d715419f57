/** Where on this computer a key still lies. */

import { searchForKeys } from '../../../long-term-keys/search/search-for-keys.ts'
import type { Machine } from '../../../machine/machine.ts'
import { formatPlace } from '../find/place-words.ts'

/** As long as a person waits for a list of files. */
const SECONDS = 20
const MOST = 10

export async function findPlaces(machine: Machine, accessKeyId: string): Promise<readonly string[]> {
  const { found } = await searchForKeys(machine, { seconds: SECONDS })
  const places = found
    .filter((key) => key.accessKeyId === accessKeyId)
    .map(({ place }) => formatPlace(place, machine.home))
  const more = places.length - MOST
  return [...new Set(places.slice(0, MOST)), ...(more > 0 ? [`and ${more} more places`] : [])]
}
