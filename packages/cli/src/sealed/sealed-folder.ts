/** Sealed records in a folder: what `~/.aws/{sso,cli}/cache` would hold, under the data key. */

import type { Machine } from '../machine/machine.ts'
import { joinPath, ownFolder } from '../machine/place.ts'
import { getDataKey } from './data-key.ts'
import { deleteExpiryNote, writeExpiryNote } from './expiry-notes.ts'
import type { CacheFolder, CacheName } from './plain-folder.ts'
import { openRecord, sealRecord } from './record.ts'
import type { DataKeyRecord } from './storage-mode.ts'

/** Where sealed records lie, and the key file where a passphrase keeps the key. */
export const sealedRoot = (machine: Pick<Machine, 'platform' | 'home'>): string =>
  joinPath(machine, ownFolder(machine), 'sealed')

/** A record's file: the name it has in AWS's cache, and this behind it. */
export const SUFFIX = '.sealed'

export function openSealedFolder(machine: Machine, cache: CacheName, key: DataKeyRecord): CacheFolder {
  const place = joinPath(machine, sealedRoot(machine), cache)
  const pathOf = (name: string): string => joinPath(machine, place, `${name}${SUFFIX}`)
  return {
    place,
    pathOf,
    async read(name) {
      const record = await machine.files.read(pathOf(name))
      return record && openRecord(await getDataKey(machine, key), `${cache}/${name}`, record)
    },
    async write(name, content) {
      const record = sealRecord(await getDataKey(machine, key), `${cache}/${name}`, content, machine.random.bytes(12))
      await machine.files.write(pathOf(name), record, { mode: 0o600, folderMode: 0o700 })
      await writeExpiryNote(machine, cache, name, content)
    },
    async list() {
      const names = await machine.files.list(place)
      return names
        .filter((name) => name.endsWith(SUFFIX) && !name.startsWith('.'))
        .map((name) => name.slice(0, -SUFFIX.length))
    },
    async delete(name) {
      const deleted = await machine.files.delete(pathOf(name))
      await deleteExpiryNote(machine, cache, name)
      return deleted
    },
    async isWritable(name) {
      await getDataKey(machine, key)
      return machine.files.isWritable(pathOf(name))
    },
  }
}
