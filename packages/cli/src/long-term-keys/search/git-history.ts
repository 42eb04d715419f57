/** The long-term keys in a Git repository's history: in every object that it holds, whether a branch reaches it or not. */

import { type Duration, minutes } from '@mayfly/identity-center/duration'
import type { Machine } from '../../machine/machine.ts'
import type { DetectKeys } from '../detection/detected.ts'
import type { FoundKey } from '../key/found-key.ts'
import type { GitDoor } from './git/git-program.ts'
import { type ListEnd, listObjects } from './git/list-objects.ts'
import { locateObjects } from './git/locate-objects.ts'
import type { GitObject } from './git/object-stream.ts'
import { type OwnRepository, openOwnRepository } from './git/own-repository.ts'
import { readObjects } from './git/read-objects.ts'
import { findRepositoryAt } from './git/repository-place.ts'
import { type Watch, watchTime } from './git/watch.ts'
import { foundInHistory, type HistoryHit } from './git-history-places.ts'
import type { KeySearch, PassedOver } from './key-search.ts'
import { lookAtObject } from './object-look.ts'
import * as notes from './repository-notes.ts'

export interface HistoryOptions {
  readonly detect: DetectKeys
  /** How long it may take. */
  readonly time?: Duration
  /** Bytes of one object; a bigger one is not looked at. */
  readonly bytesPerObject?: number
  /** Bytes of all objects. */
  readonly bytes?: number
  /** How many objects with keys are kept. */
  readonly hits?: number
  /** Looks at other users' repositories too. */
  readonly anyOwner?: boolean
  /** Ends it with what it has. */
  readonly signal?: AbortSignal
}

export interface HistorySearch {
  readonly found: readonly FoundKey[]
  readonly looked: { readonly objects: number; readonly bytes: number }
  readonly passedOver: readonly PassedOver[]
  readonly ended: KeySearch['ended']
}

const NOTHING: HistorySearch = { found: [], looked: { objects: 0, bytes: 0 }, passedOver: [], ended: 'whole' }

/**
 * Searches the repository of this working tree or bare folder, with git but in a repository of our own: nothing that the
 * repository's configuration, hooks or attributes name is run. Never throws for what a repository holds.
 */
export async function searchHistory(
  machine: GitDoor & Pick<Machine, 'clock'>,
  folder: string,
  options: HistoryOptions,
): Promise<HistorySearch> {
  const { anyOwner = false } = options
  const found = await findRepositoryAt(machine, folder, anyOwner)
  if (found.found === 'nothing') return NOTHING
  if (found.found === 'other-owner')
    return { ...NOTHING, passedOver: notes.notesOf([{ why: 'other-owner', path: found.path }]) }
  const repository = await openOwnRepository(machine, found.place, { anyOwner })
  if (!repository) return { ...NOTHING, passedOver: [notes.noteOf('history', notes.NO_GIT, folder)] }
  const { time = minutes(10), signal } = options
  // Three quarters of the time are for reading, the rest is for naming the commits.
  const watch = watchTime(machine, repository, { time: (time * 0.75) as Duration, signal })
  try {
    return await searchObjects(repository, { ...options, time, watch })
  } finally {
    watch.end()
    await repository.close()
  }
}

type WatchedOptions = HistoryOptions & { readonly time: Duration; readonly watch: Watch }

async function searchObjects(repository: OwnRepository, options: WatchedOptions): Promise<HistorySearch> {
  const { watch, time } = options
  const { place, references, notRead } = repository
  const look = await lookAtObjects(repository, options)
  const passedOver = [...notes.notesOf(notRead), ...look.passedOver]
  if (repository.isPartial) passedOver.push(notes.noteOf('history', notes.PARTIAL, place.folder))
  if (look.hits.length === 0) return { found: [], looked: look.looked, passedOver, ended: look.ended }
  watch.renew((time * 0.25) as Duration)
  const blobs = look.hits.filter(({ type }) => type === 'blob').map(({ id }) => id)
  const isNamed = blobs.length > 0 && look.ended !== 'interrupted'
  const located = isNamed ? await locateObjects(repository, new Set(blobs)) : { places: new Map(), isWhole: true }
  if (place.hasReftable) passedOver.push(notes.noteOf('history', notes.REFTABLE, place.folder))
  if (!located.isWhole || references.isCut) passedOver.push(notes.noteOf('history', notes.UNNAMED, place.folder))
  const found = foundInHistory(place.folder, look.hits, located)
  return { found, looked: look.looked, passedOver, ended: look.ended }
}

interface LookedObjects extends Omit<HistorySearch, 'found'> {
  readonly hits: readonly HistoryHit[]
}

/** 5 MB: what holds a key is written by hand, or by a tool for tools. */
const BYTES_PER_OBJECT = 5_000_000
const BYTES = 50_000_000_000
const HITS = 5000

async function lookAtObjects(repository: OwnRepository, options: WatchedOptions): Promise<LookedObjects> {
  const { watch, detect, bytesPerObject = BYTES_PER_OBJECT, bytes: most = BYTES, hits: mostHits = HITS } = options
  const { folder } = repository.place
  const hits: HistoryHit[] = []
  const looked = { objects: 0, bytes: 0 }
  const missed = { tooBig: 0, broken: 0 }
  const isFull = (): boolean => looked.bytes >= most || hits.length >= mostHits
  const see = (object: GitObject): void => {
    looked.objects += 1
    looked.bytes += object.bytes.length
    const seen = isFull() ? undefined : lookAtObject(object, detect)
    if (seen) hits.push({ id: object.id, type: object.type, detected: seen.detected })
  }
  const goesOn = (): boolean => watch.over() === undefined && !isFull()
  const pieces = listObjects(repository, bytesPerObject)
  let end: ListEnd = 'whole'
  for (let piece = await pieces.next(); ; piece = await pieces.next()) {
    if (piece.done) {
      end = piece.value
      break
    }
    missed.tooBig += piece.value.tooBig
    const read = await readObjects(repository, { ids: piece.value.ids, goesOn }, see)
    missed.broken += read.broken
    if (!goesOn()) break
  }
  repository.stop()
  const passedOver = [
    ...(missed.tooBig > 0 ? [notes.noteOf('too-big', notes.BIG_OBJECTS, folder, missed.tooBig)] : []),
    ...(missed.broken > 0 || end === 'damaged'
      ? [notes.noteOf('unreadable', notes.DAMAGED, folder, Math.max(1, missed.broken))]
      : []),
    ...(end === 'git-too-old' ? [notes.noteOf('history', notes.OLD_GIT, folder)] : []),
    ...(watch.over() === undefined ? [] : [notes.noteOf('history', notes.TIME_OVER, folder)]),
    ...(isFull() ? [notes.noteOf('history', notes.TOO_MUCH, folder)] : []),
  ]
  return { hits, looked, passedOver, ended: watch.over() ?? 'whole' }
}
