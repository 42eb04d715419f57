/** A home with sealed records whose storage file is gone, or says that nothing is sealed. */

import { Refusal } from '@mayfly/identity-center/refusal'
import type { Machine } from '../machine/machine.ts'
import { joinPath, ownFolder } from '../machine/place.ts'
import { keyFilePath } from './key-file.ts'
import { findKeyId } from './record.ts'
import { SUFFIX, sealedRoot } from './sealed-folder.ts'
import { type DataKeyRecord, readStorage, storagePath } from './storage-mode.ts'

/** Where it is noted that the mode is being changed: until that has ended, records lie beside plain files. */
export const movePath = (machine: Pick<Machine, 'platform' | 'home'>): string =>
  joinPath(machine, ownFolder(machine), 'storage-move.json')

/**
 * Before a sign-in: whoever chose to have secrets sealed must not find them in plain text because a file was lost, restored
 * from an old backup, or changed by somebody else.
 */
export async function refuseForgottenSeal(machine: Machine): Promise<void> {
  if ((await readStorage(machine)).mode === 'sealed' || (await machine.files.stamp(movePath(machine)))) return
  if (!(await findSealedKey(machine))) return
  const path = storagePath(machine)
  const isThere = (await machine.files.stamp(path)) !== undefined
  throw new Refusal(
    'conflict',
    isThere
      ? `Secrets of this home are sealed, and ${path} says that they are not. Nothing was written in plain text.`
      : `Secrets of this home are sealed, and ${path} is gone. Nothing was written in plain text.`,
    {
      hint: 'To go on sealed: mayfly storage sealed\nTo keep secrets in plain text from now on: mayfly storage shared',
    },
  )
}

/** The key that the records themselves name; nothing where there is no record. */
export async function findSealedKey(machine: Machine): Promise<DataKeyRecord | undefined> {
  for (const cache of ['sso', 'cli']) {
    const folder = joinPath(machine, sealedRoot(machine), cache)
    for (const name of (await machine.files.list(folder)).filter((each) => each.endsWith(SUFFIX))) {
      const id = findKeyId((await machine.files.read(joinPath(machine, folder, name))) ?? new Uint8Array())
      if (id === undefined) continue
      const hasKeyFile = (await machine.files.stamp(keyFilePath(machine))) !== undefined
      return { id, keptIn: hasKeyFile ? 'passphrase' : 'keychain' }
    }
  }
  return undefined
}
