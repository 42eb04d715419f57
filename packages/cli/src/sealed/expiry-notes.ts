/** When sealed records end, told beside them without a secret: whoever draws a prompt cannot open the records. */

import { type Expiry, findExpiry, formatExpiryNote, parseExpiryNote } from '../hot/prompt-expiry.ts'
import type { Machine } from '../machine/machine.ts'
import { joinPath, ownFolder } from '../machine/place.ts'
import type { CacheName } from './plain-folder.ts'

/** The folder of the notes of one cache. */
export const notesFolder = (machine: Pick<Machine, 'platform' | 'home'>, cache: CacheName): string =>
  joinPath(machine, ownFolder(machine), 'expiries', cache)

/** Notes when the record `name` with this content ends. Never fails: the record itself is what matters. */
export async function writeExpiryNote(
  machine: Machine,
  cache: CacheName,
  name: string,
  content: string,
): Promise<void> {
  const expiry = findExpiry(content)
  if (!expiry) return
  const path = joinPath(machine, notesFolder(machine, cache), name)
  await machine.files.write(path, formatExpiryNote(expiry), { mode: 0o600, folderMode: 0o700 }).catch(() => undefined)
}

export const deleteExpiryNote = (machine: Machine, cache: CacheName, name: string): Promise<unknown> =>
  machine.files.delete(joinPath(machine, notesFolder(machine, cache), name)).catch(() => undefined)

/** When a record ends; nothing when that was not noted. */
export async function readExpiryNote(machine: Machine, cache: CacheName, name: string): Promise<Expiry | undefined> {
  const text = await machine.files.readText(joinPath(machine, notesFolder(machine, cache), name))
  return text === undefined ? undefined : parseExpiryNote(text)
}
