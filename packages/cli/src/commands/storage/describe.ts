/** What there is to say about the storage: mode, key, what is held, and what stands in the way. */

import { listRetirements } from '../../long-term-keys/retirement/journal.ts'
import type { Machine } from '../../machine/machine.ts'
import { type CacheName, openCacheFolder } from '../../sealed/cache-folder.ts'
import { getDataKey } from '../../sealed/data-key.ts'
import { findSealedKey } from '../../sealed/forgotten-seal.ts'
import { DataKeyRefusal, type KeyLoss } from '../../sealed/key-loss.ts'
import { readStorage, type Storage } from '../../sealed/storage-mode.ts'
import { listTraps, type Trap } from '../../shared-config/precedence-traps.ts'
import { isSsoProfile } from '../../shared-config/profile.ts'
import { loadSharedConfig, type SharedConfig } from '../../shared-config/shared-config.ts'
import { findMove } from './journal.ts'
import { listPlainFiles } from './plain-files.ts'
import { agentHoldsKey } from './unlock.ts'

export type KeyState = 'at-hand' | 'locked' | KeyLoss

export interface StorageDescription {
  readonly storage: Storage
  /** Whether the data key can be had; nothing in `shared`. */
  readonly keyState?: KeyState
  /** The sentence and the hint where it cannot. */
  readonly keyProblem?: string
  /** How many tokens and registrations, and how many role credentials are kept. */
  readonly held: Readonly<Record<CacheName, number>>
  readonly profiles: { readonly sealed: number; readonly shared: number }
  /** A change of the mode was begun and did not end: to which mode. */
  readonly interrupted?: string
  /** Own files in plain text that the sealed mode should have taken in. */
  readonly unsealed: number
  /** Long-term keys that are being retired, of whose files the former content is kept, sealed. */
  readonly retirements: number
  readonly traps: readonly Trap[]
}

export async function describeStorage(machine: Machine): Promise<StorageDescription> {
  const storage = await readStorage(machine)
  const config = await loadSharedConfig(machine)
  const plain = await listPlainFiles(machine, config)
  const { env, platform, home } = machine
  const { mode } = storage
  const traps = listTraps({ env, platform, home, mode, config, plainFiles: plain.foreign })
  const key = storage.mode === 'sealed' ? await tryKey(machine, storage) : {}
  const move = await findMove(machine)
  // Records although the mode is another: the storage file was lost, or changed by somebody else.
  const isForgotten = mode === 'shared' && !move && (await findSealedKey(machine)) !== undefined
  return {
    storage,
    ...key,
    held: { sso: await countHeld(machine, 'sso'), cli: await countHeld(machine, 'cli') },
    profiles: countProfiles(config),
    ...(move ? { interrupted: move.to } : isForgotten && { interrupted: 'sealed' }),
    unsealed: mode === 'sealed' ? plain.own.length + plain.leftovers.length : 0,
    retirements: (await listRetirements(machine)).retirements.filter(({ backupKey }) => backupKey).length,
    traps,
  }
}

const countHeld = async (machine: Machine, cache: CacheName): Promise<number> =>
  (await (await openCacheFolder(machine, cache)).list()).filter((name) => name.endsWith('.json')).length

function countProfiles({ profiles, sealedProfiles }: SharedConfig): StorageDescription['profiles'] {
  const signingIn = [...profiles.values()].filter(isSsoProfile).length
  return { sealed: sealedProfiles.size, shared: signingIn - sealedProfiles.size }
}

/** Nobody is asked for a passphrase just to be shown how things are. */
async function tryKey(
  machine: Machine,
  { key }: Extract<Storage, { mode: 'sealed' }>,
): Promise<Pick<StorageDescription, 'keyState' | 'keyProblem'>> {
  if (key.keptIn === 'passphrase') return { keyState: (await agentHoldsKey(machine, key)) ? 'at-hand' : 'locked' }
  try {
    await getDataKey(machine, key)
    return { keyState: 'at-hand' }
  } catch (error) {
    if (!(error instanceof DataKeyRefusal)) throw error
    return { keyState: error.loss, keyProblem: `${error.message}\n${error.hint ?? ''}`.trim() }
  }
}
