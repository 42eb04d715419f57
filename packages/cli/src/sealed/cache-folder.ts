/** The caches of AWS in the mode of this home: plain files as AWS's tools share them, or sealed records. */

import type { Machine } from '../machine/machine.ts'
import { DataKeyRefusal } from './key-loss.ts'
import { type CacheFolder, type CacheName, openPlainFolder, openSharedFolder } from './plain-folder.ts'
import { readStorage, type Storage } from './storage-mode.ts'

export { type CacheFolder, type CacheName, openPlainFolder, openSharedFolder }

/**
 * The folder in the mode of this home. A reader whom a change of the mode overtakes, so that it finds nothing where it
 * looks, looks again in the other place: nobody is to sign in because of that.
 */
export async function openCacheFolder(machine: Machine, cache: CacheName): Promise<CacheFolder> {
  const storage = await readStorage(machine)
  const folder = await openFolder(machine, cache, storage)
  return {
    ...folder,
    async read(name) {
      try {
        const text = await folder.read(name)
        if (text !== undefined) return text
      } catch (error) {
        if (!(error instanceof DataKeyRefusal) || isSame(storage, await readStorage(machine))) throw error
      }
      const now = await readStorage(machine)
      return isSame(storage, now) ? undefined : (await openFolder(machine, cache, now)).read(name)
    },
  }
}

async function openFolder(machine: Machine, cache: CacheName, storage: Storage): Promise<CacheFolder> {
  if (storage.mode === 'shared') return openSharedFolder(machine, cache)
  const { openSealedFolder } = await import('./sealed-folder.ts')
  return openSealedFolder(machine, cache, storage.key)
}

const isSame = (one: Storage, other: Storage): boolean => JSON.stringify(one) === JSON.stringify(other)
