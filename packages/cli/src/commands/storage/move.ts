/** Moves a home between the two storage modes, without a sign-in, and to its end after a crash at any step. */

import { Refusal } from '@mayfly/identity-center/refusal'
import { installHelper } from '../../agent/install-helper.ts'
import type { Machine } from '../../machine/machine.ts'
import { type CacheFolder, type CacheName, openSharedFolder } from '../../sealed/cache-folder.ts'
import { getDataKey, memoryName } from '../../sealed/data-key.ts'
import { findSealedKey } from '../../sealed/forgotten-seal.ts'
import { DataKeyRefusal } from '../../sealed/key-loss.ts'
import {
  createDataKey,
  deleteDataKey,
  refuseUnwritable,
  replaceDataKey,
  storeDataKey,
  withStorageLock,
} from '../../sealed/new-key.ts'
import { fingerprint } from '../../sealed/record.ts'
import { openSealedFolder, sealedRoot } from '../../sealed/sealed-folder.ts'
import {
  type DataKeyRecord,
  type KeyPlace,
  parseStorage,
  type Storage,
  storagePath,
  writeStorage,
} from '../../sealed/storage-mode.ts'
import { configPath, joinPath } from '../../shared-config/paths.ts'
import { loadSharedConfig } from '../../shared-config/shared-config.ts'
import { beginMove, endMove, findMove } from './journal.ts'
import { carryFile, listPlainFiles } from './plain-files.ts'
import { moveProfiles, type ProfileMoves } from './profile-moves.ts'

export interface MoveReport extends ProfileMoves {
  /** Tokens, registrations and role credentials that were carried over. */
  readonly carried: number
  /** Records or files that could not be read, and stay behind. */
  readonly left: readonly string[]
  /** Plain files of other tools, or of sessions that the config file does not name. */
  readonly foreign: readonly string[]
  readonly key?: DataKeyRecord
  /** What could not be done on the way. */
  readonly problems: readonly string[]
}

export interface SealOptions {
  /** Where the data key is to be kept; where it is now, or the keychain, when not said. */
  readonly keptIn?: KeyPlace
  /** Gives the present key up, and what is sealed under it: its passphrase is forgotten. */
  readonly newKey?: boolean
}

/** Seals the home. Run again it seals what has come since, and ends what was begun. */
export const moveToSealed = (machine: Machine, options: SealOptions = {}): Promise<MoveReport> =>
  withStorageLock(machine, async () => {
    await refuseUnwritable(machine)
    await refuseUnwritableConfig(machine)
    const { record, problems } = await settleKey(machine, options)
    const config = await loadSharedConfig(machine)
    await installHelper(machine)
    const plain = await listPlainFiles(machine, config)
    const tokens = plain.own.filter(({ cache }) => cache === 'sso').map(({ name }) => name)
    const folders = (cache: CacheName) =>
      [openSharedFolder(machine, cache), openSealedFolder(machine, cache, record)] as const
    const left = new Set<string>()
    // Nobody may refresh a token between its copy and the change of the mode: the copy would be the older one.
    await withTokenLocks(machine, tokens, async () => {
      for (const { cache, name } of plain.own) await carryFile(...folders(cache), name)
      await writeStorage(machine, { mode: 'sealed', key: record })
    })
    const profiles = await moveProfiles(machine, 'sealed')
    for (const { cache, name } of plain.own) {
      const [shared, sealed] = folders(cache)
      // Once more: a process that had begun before may have written since.
      if (await carryFile(shared, sealed, name)) await shared.delete(name)
      else left.add(shared.pathOf(name))
    }
    for (const { cache, name } of plain.leftovers) await openSharedFolder(machine, cache).delete(name)
    await endMove(machine)
    const { moved, kept } = profiles
    const carried = plain.own.length - left.size
    return { moved, kept, carried, left: [...left], foreign: plain.foreign, key: record, problems }
  })

/** Before anything is begun: profiles that cannot be rewritten would find no token any more. */
async function refuseUnwritableConfig(machine: Machine): Promise<void> {
  const path = configPath(machine)
  if ((await machine.files.read(path)) === undefined || (await machine.files.isWritable(path))) return
  throw new Refusal('invalid', `${path} cannot be written, and its profiles would have to change.`, {
    hint: 'Make its folder writable, make room on its disk, or name the file that is yours: AWS_CONFIG_FILE',
  })
}

/** The data key that the home is sealed under: the present one, the one of a move that was cut off, or a new one. */
async function settleKey(
  machine: Machine,
  { keptIn, newKey = false }: SealOptions,
): Promise<{ readonly record: DataKeyRecord; readonly problems: readonly string[] }> {
  const present = await findPresentKey(machine)
  if (newKey) {
    const record = await replaceDataKey(machine, keptIn ?? present?.keptIn ?? 'keychain')
    const isElsewhere = present?.keptIn === 'keychain' || present?.keptIn !== record.keptIn
    const problem = present && isElsewhere ? await deleteDataKey(machine, present) : undefined
    return { record, problems: problem === undefined ? [] : [problem] }
  }
  const isSealed = (await findStorage(machine))?.mode === 'sealed'
  const key = present && (isSealed ? await getDataKey(machine, present) : await findPromisedKey(machine, present))
  if (present && key && (keptIn === undefined || keptIn === present.keptIn)) {
    await beginMove(machine, { to: 'sealed', key: present })
    return { record: present, problems: [] }
  }
  const record = await createKeyFor(machine, key, keptIn ?? 'keychain')
  if (!present || !key || present.keptIn === record.keptIn) return { record, problems: [] }
  if (isSealed) await writeStorage(machine, { mode: 'sealed', key: record })
  const problem = await forgetFormerPlace(machine, present, key)
  return { record, problems: problem === undefined ? [] : [problem] }
}

/**
 * The key of a move that was cut off before the mode changed. The plain files are all there still, so one that cannot be
 * had without a question is not asked for: another is made.
 */
async function findPromisedKey(machine: Machine, promised: DataKeyRecord): Promise<Buffer | undefined> {
  if (promised.keptIn === 'passphrase') return undefined
  return getDataKey(machine, promised).catch((error: unknown) => {
    if (error instanceof DataKeyRefusal) return undefined
    throw error
  })
}

async function createKeyFor(machine: Machine, key: Buffer | undefined, keptIn: KeyPlace): Promise<DataKeyRecord> {
  const whole = key ?? createDataKey(machine)
  if (!key) await beginMove(machine, { to: 'sealed', key: { id: fingerprint(whole), keptIn } })
  return storeDataKey(machine, whole, keptIn).catch(async (error: unknown) => {
    // There is nothing to go on with.
    if (error instanceof DataKeyRefusal && !key) await endMove(machine)
    throw error
  })
}

/** The key stays the same and lies elsewhere now. */
async function forgetFormerPlace(machine: Machine, former: DataKeyRecord, key: Buffer): Promise<string | undefined> {
  const copy = Buffer.from(key)
  const problem = await deleteDataKey(machine, former)
  machine.secrets.keep(memoryName(former.id), copy)
  return problem
}

/** The key that the storage file names, or a move that was cut off; else the one that records are sealed under. */
async function findPresentKey(machine: Machine): Promise<DataKeyRecord | undefined> {
  const storage = await findStorage(machine)
  if (storage?.mode === 'sealed') return storage.key
  return (await findMove(machine))?.key ?? (await findSealedKey(machine))
}

async function findStorage(machine: Machine): Promise<Storage | undefined> {
  const text = await machine.files.readText(storagePath(machine))
  return text === undefined ? undefined : parseStorage(text)
}

export interface BackOptions {
  /** Leaves behind what cannot be opened; without it a key that cannot be had is refused. */
  readonly abandons?: boolean
  /** Carries nothing over. */
  readonly discards?: boolean
}

/** Puts tokens and profiles back where AWS's tools find them. */
export const moveToShared = (
  machine: Machine,
  { abandons = false, discards = false }: BackOptions = {},
): Promise<MoveReport> =>
  withStorageLock(machine, async () => {
    await refuseUnwritableConfig(machine)
    const record = await findPresentKey(machine)
    // A move that was cut off behind this step has carried everything: what is in the plain files is newer.
    const isDone = (await findStorage(machine))?.mode === 'shared'
    const carry =
      record && !isDone && !discards ? await carryToShared(machine, record, abandons) : { carried: 0, left: [] }
    const profiles = await moveProfiles(machine, 'shared')
    await writeStorage(machine, { mode: 'shared' })
    const problems = record ? await deleteSealed(machine, record) : []
    await endMove(machine)
    return { ...profiles, ...carry, foreign: [], problems }
  })

async function carryToShared(
  machine: Machine,
  record: DataKeyRecord,
  abandons: boolean,
): Promise<{ readonly carried: number; readonly left: readonly string[] }> {
  const isOpen = await getDataKey(machine, record).then(
    () => true,
    (error: unknown) => refuseUnless(abandons, error),
  )
  await beginMove(machine, { to: 'shared', key: record })
  const folders = (['sso', 'cli'] as const).map(
    (cache) => [openSealedFolder(machine, cache, record), openSharedFolder(machine, cache)] as const,
  )
  const left: string[] = []
  let carried = 0
  const tokens = (await folders[0]?.[0].list()) ?? []
  // Nobody may refresh a token between its copy and the change of the mode: the copy would be the older one.
  await withTokenLocks(machine, tokens, async () => {
    for (const [sealed, shared] of folders) {
      for (const name of await sealed.list()) {
        if (isOpen && (await carryOpened(sealed, shared, name))) carried += 1
        else left.push(sealed.pathOf(name))
      }
    }
    await writeStorage(machine, { mode: 'shared' })
  })
  return { carried, left }
}

function refuseUnless(abandons: boolean, error: unknown): false {
  if (!(error instanceof DataKeyRefusal)) throw error
  if (abandons) return false
  const hint = `${error.hint ?? ''}\nTo give up what is sealed, and sign in again afterwards: mayfly storage shared --abandon`
  throw new DataKeyRefusal(error.loss, error.message, hint.trim())
}

/** False for a record that does not open. */
const carryOpened = (sealed: CacheFolder, shared: CacheFolder, name: string): Promise<boolean> =>
  carryFile(sealed, shared, name).catch((error: unknown) => {
    if (error instanceof Error && error.name === 'DamagedRecord') return false
    throw error
  })

/** The sealed store with its key. Answers what could not be deleted. */
async function deleteSealed(machine: Machine, record: DataKeyRecord): Promise<readonly string[]> {
  const problem = await deleteDataKey(machine, record)
  const left = await machine.files.deleteTree(joinPath(machine, sealedRoot(machine)))
  return [...(problem === undefined ? [] : [problem]), ...left.map((path) => `${path} could not be deleted.`)]
}

function withTokenLocks<T>(machine: Machine, names: readonly string[], task: () => Promise<T>): Promise<T> {
  const [first, ...rest] = names
  if (first === undefined) return task()
  return machine.lock.withLock(`token:${first}`, () => withTokenLocks(machine, rest, task))
}
