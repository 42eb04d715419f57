/** A service that could not be reached, noted for the processes that were waiting to ask it as well. */

import { ConnectionRefusal } from '../machine/connection.ts'
import type { Machine } from '../machine/machine.ts'
import { type CacheFolder, openPlainFolder } from '../sealed/cache-folder.ts'
import { joinPath, ownFolder } from '../shared-config/paths.ts'
import { parseInstant, readCacheFile, writeCacheFile } from './token-cache.ts'

/** No secret is in a note. */
const openNotes = (machine: Machine): CacheFolder =>
  openPlainFolder(machine, joinPath(machine, ownFolder(machine), 'unreachable'))

/** True for a moment from `start` to now. One to come was noted before the clock was set back, and says nothing. */
export const isSince = (start: Date, moment: Date, now: Date): boolean => moment >= start && moment <= now

/**
 * Runs `task`, which asks a service, inside a lock. Whoever waited for the lock since `askedAt` while another process found
 * the service unreachable is refused as that one was: fifty processes must not wait for fifty timeouts in a row.
 */
export async function askUnlessUnreachable<T>(
  machine: Machine,
  { name, askedAt }: { readonly name: string; readonly askedAt: Date },
  task: () => Promise<T>,
): Promise<T> {
  const notes = openNotes(machine)
  const note = await readCacheFile(machine, notes, name)
  if (note !== undefined && note !== 'damaged') {
    const failedAt = parseInstant(note['failedAt'])
    if (failedAt && isSince(askedAt, failedAt, machine.clock.now()))
      throw new ConnectionRefusal(String(note['message'] ?? ''))
  }
  try {
    return await task()
  } catch (error) {
    if (error instanceof ConnectionRefusal) {
      const content = { failedAt: machine.clock.now().toISOString(), message: error.message }
      await writeCacheFile(notes, name, content).catch(() => undefined)
    }
    throw error
  }
}
