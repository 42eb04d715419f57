/** Sealed records that cannot be opened, and why. */

import type { Machine } from '../machine/machine.ts'
import { openCacheFolder } from './cache-folder.ts'
import { DamagedRecord } from './damaged-record.ts'
import { DataKeyRefusal } from './key-loss.ts'
import type { CacheName } from './plain-folder.ts'
import { readStorage } from './storage-mode.ts'

const CACHES: readonly CacheName[] = ['sso', 'cli']

/**
 * Why the sealed store cannot be opened; nothing where it can, where it holds nothing, or where none is. Asks for the
 * passphrase, if that is what it wants and somebody is there: once, and not for each record.
 */
export async function findKeyProblem(machine: Machine): Promise<DataKeyRefusal | undefined> {
  const storage = await readStorage(machine)
  if (storage.mode === 'shared') return undefined
  const held = await Promise.all(CACHES.map(async (cache) => (await openCacheFolder(machine, cache)).list()))
  if (held.every((names) => names.length === 0)) return undefined
  const { getDataKey } = await import('./data-key.ts')
  try {
    await getDataKey(machine, storage.key)
    return undefined
  } catch (error) {
    if (error instanceof DataKeyRefusal) return error
    throw error
  }
}

/** The records of a cache that do not open, by name, with the reason; none in `shared`. */
export async function listUnopened(
  machine: Machine,
  cache: CacheName,
  problem: DataKeyRefusal | undefined,
): Promise<ReadonlyMap<string, string>> {
  const unopened = new Map<string, string>()
  if ((await readStorage(machine)).mode === 'shared') return unopened
  const folder = await openCacheFolder(machine, cache)
  for (const name of await folder.list()) {
    const reason = problem?.message ?? (await folder.read(name).then(() => undefined, damage))
    if (reason !== undefined) unopened.set(name, reason)
  }
  return unopened
}

function damage(error: unknown): string {
  if (error instanceof DamagedRecord) return error.message
  throw error
}
