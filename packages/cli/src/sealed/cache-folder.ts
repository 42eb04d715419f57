/** The caches of AWS in the mode of this home: plain files as AWS's tools share them, or sealed records. */

import type { Machine } from '../machine/machine.ts'
import { type CacheFolder, type CacheName, openPlainFolder, openSharedFolder } from './plain-folder.ts'
import { readStorage } from './storage-mode.ts'

export { type CacheFolder, type CacheName, openPlainFolder, openSharedFolder }

/** The folder in the mode of this home. */
export async function openCacheFolder(machine: Machine, cache: CacheName): Promise<CacheFolder> {
  const storage = await readStorage(machine)
  if (storage.mode === 'shared') return openSharedFolder(machine, cache)
  const { openSealedFolder } = await import('./sealed-folder.ts')
  return openSealedFolder(machine, cache, storage.key)
}
