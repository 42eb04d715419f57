/** How the home that is being set up keeps its secrets: as it does, as it is told, or sealed where it is new. */

import { KeychainError } from '../../machine/keychain.ts'
import type { Machine } from '../../machine/machine.ts'
import { openSharedFolder } from '../../sealed/cache-folder.ts'
import { DataKeyRefusal } from '../../sealed/key-loss.ts'
import { readStorageMode, type StorageMode, storagePath } from '../../sealed/storage-mode.ts'
import { isSsoProfile } from '../../shared-config/profile.ts'
import type { SharedConfig } from '../../shared-config/shared-config.ts'
import { endMove, findMove } from '../storage/journal.ts'

/**
 * Settles the mode before anything secret is written. A home in which nobody has signed in yet is sealed when a keychain
 * takes the key; where none does, it is shared with AWS's tools, and nothing is said about it.
 */
export async function settleStorage(
  machine: Machine,
  config: SharedConfig,
  asked: StorageMode | undefined,
): Promise<StorageMode> {
  const mode = await readStorageMode(machine)
  if (asked === mode) return mode
  const { moveToSealed, moveToShared } = await import('../storage/move.ts')
  if (asked === 'shared') await moveToShared(machine, { abandons: false })
  else if (asked === 'sealed') await moveToSealed(machine)
  else if (mode === 'shared' && (await isNew(machine, config))) {
    try {
      await moveToSealed(machine, { keptIn: 'keychain' })
      machine.terminal.writeError('Tokens and credentials are sealed; the key is in the keychain.\n')
    } catch (error) {
      if (!(error instanceof DataKeyRefusal || error instanceof KeychainError)) throw error
      await endMove(machine)
    }
  }
  return readStorageMode(machine)
}

/** True where nothing signs in, and nobody has chosen a mode. */
async function isNew(machine: Machine, { profiles, ssoSessions }: SharedConfig): Promise<boolean> {
  const isChosen = (await machine.files.read(storagePath(machine))) !== undefined || (await findMove(machine))
  if (isChosen) return false
  if (ssoSessions.size > 0 || [...profiles.values()].some(isSsoProfile)) return false
  return (await openSharedFolder(machine, 'sso').list()).length === 0
}
