/** The keys that a commit is about to bring (the index against HEAD), or that the commits of a range have brought. */

import { posix } from 'node:path'
import { type Duration, minutes } from '@mayfly/identity-center/duration'
import { Refusal } from '@mayfly/identity-center/refusal'
import type { Machine } from '../../machine/machine.ts'
import type { DetectKeys } from '../detection/detected.ts'
import type { FoundKey } from '../key/found-key.ts'
import { decode, formOf } from './bytes.ts'
import { type Change, type LookedChanges, lookAtChanges } from './git/changed-content.ts'
import { listRange, parseRange, resolveRange } from './git/commit-range.ts'
import type { GitDoor } from './git/git-program.ts'
import { findIndex, listStaged } from './git/index-file.ts'
import type { GitObject } from './git/object-stream.ts'
import { type OwnRepository, openOwnRepository } from './git/own-repository.ts'
import {
  type FoundRepository,
  findRepositoryAbove,
  openGitFolder,
  pathOf,
  type RepositoryPlace,
} from './git/repository-place.ts'
import { type Watch, watchTime } from './git/watch.ts'
import type { HistorySearch } from './git-history.ts'
import { foundKeyOf } from './git-history-places.ts'
import { IGNORE_FILE, parseIgnored, withoutIgnored } from './ignored-keys.ts'
import type { PassedOver } from './key-search.ts'
import { usesOf } from './key-uses.ts'
import { lookAtObject } from './object-look.ts'
import { kindOfPath, kindOfText } from './place-kind.ts'
import * as notes from './repository-notes.ts'

export interface StagedOptions {
  readonly detect: DetectKeys
  /** A folder of the working tree. Absolute. */
  readonly folder: string
  /** The folder was named: variables that git sets for hooks speak of another one. */
  readonly isNamed?: boolean
  readonly bytesPerObject?: number
  /** How long it may take. A quarter as long again is for what was there before, where keys were found. */
  readonly time?: Duration
}

/** What was searched: found keys lie in the files of the working tree as they are staged. */
export interface StagedSearch extends HistorySearch {
  /** The folder of the working tree. */
  readonly repository: string
}

const BYTES_PER_OBJECT = 5_000_000
const TIME = minutes(60)

/** What is staged. Renamed files count by what is new in them; submodules are their own repositories. */
export async function searchStaged(
  machine: GitDoor & Pick<Machine, 'home'>,
  options: StagedOptions,
): Promise<StagedSearch> {
  const place = await getRepository(machine, options)
  const named = options.isNamed ? undefined : machine.env['GIT_INDEX_FILE']
  const index = await findIndex(machine, place, named && pathOf(machine).resolve(options.folder, named))
  return withRepository(machine, place, { ...options, knowsHeadAlone: true }, async (repository, watch) => {
    if (index === undefined) return finish(machine, repository, { looked: EMPTY, found: [] })
    const staged = await listStaged(machine, repository, index)
    const cut = watch.over()
    if (cut) return finish(machine, repository, { looked: { ...EMPTY, cut }, found: [] })
    if ('failed' in staged)
      throw new Refusal('invalid', `git cannot read what is staged in ${place.folder}: ${staged.failed}`, {
        hint: `See what it says: git -C ${place.folder} status`,
      })
    const looked = await lookAtChanges(repository, staged.changes, lookOptions(options, watch))
    const found = looked.hits.map(({ change, detected, text }) => {
      const path = pathOf(machine).join(place.folder, ...(change.path ?? '').split(posix.sep))
      const kind = kindOfText(kindOfPath(path, machine.home), path, text)
      const { line, column } = detected
      return {
        ...foundKeyOf(detected, { type: 'file', path, line, column }, kind),
        uses: usesOf({ kind, path, text }, detected),
      }
    })
    const search = await finish(machine, repository, { looked, found })
    if (!place.hasReftable) return search
    return { ...search, passedOver: [...search.passedOver, notes.noteOf('history', notes.NO_HEAD, place.folder)] }
  })
}

/** What commits brought, also where a later one of them took it away again. */
export async function searchRange(
  machine: GitDoor,
  ranges: readonly string[],
  options: StagedOptions,
): Promise<StagedSearch> {
  const place = await getRepository(machine, options)
  return withRepository(machine, place, options, async (repository, watch) => {
    const changes: Change[] = []
    for (const range of ranges) changes.push(...(await listChanges(repository, range, watch)))
    const oldestFirst = changes.reverse()
    const looked = await lookAtChanges(repository, oldestFirst, lookOptions(options, watch))
    const found = new Map<string, FoundKey>()
    for (const { change, detected } of looked.hits) {
      const name = `${detected.accessKeyId ?? String(detected.secret)}\0${change.path ?? change.id}`
      if (found.has(name)) continue
      const { line, column } = detected
      const where = { repository: place.folder, object: change.id, line, column }
      const named = {
        ...(change.commit !== undefined && { commit: change.commit }),
        ...(change.path !== undefined && { path: change.path }),
      }
      found.set(name, foundKeyOf(detected, { type: 'history', ...where, ...named }))
    }
    return finish(machine, repository, { looked, found: [...found.values()] })
  })
}

/** Those that there was time for. */
async function listChanges(repository: OwnRepository, text: string, watch: Watch): Promise<readonly Change[]> {
  if (watch.over()) return []
  const { place, references } = repository
  const isShallow = references.shallow.length > 0
  if (place.hasReftable)
    throw new Refusal('invalid', `${place.folder} keeps its references in the reftable format, which is not read.`, {
      hint: `Look at all of it instead: mayfly keys find ${place.folder}`,
    })
  const resolved = await resolveRange(repository, parseRange(text))
  if (watch.over()) return []
  if ('unknown' in resolved)
    throw new Refusal('not-found', `There is no commit "${resolved.unknown}" in ${place.folder}.`, {
      hint: isShallow
        ? 'The clone is shallow. Fetch the rest: git fetch --unshallow (GitHub Actions: fetch-depth: 0)'
        : 'See which there are: git log --oneline --all',
    })
  const { commits, changes, failed } = await listRange(repository, resolved.words)
  if (failed !== undefined && !watch.over())
    throw new Refusal('invalid', `git cannot go through the commits of ${text}: ${failed}`, {
      hint: 'Objects are missing or damaged. See: git fsck',
    })
  const messages = commits.map((id) => ({ id, before: [], commit: id }))
  return [...messages, ...changes.map(({ commit, change: { id, before, path } }) => ({ id, before, path, commit }))]
}

const lookOptions = ({ detect, bytesPerObject = BYTES_PER_OBJECT, time = TIME }: StagedOptions, watch: Watch) => ({
  watch,
  timeForFormer: (time * 0.25) as Duration,
  look: (object: GitObject) => lookAtObject(object, detect),
  read: ({ bytes }: GitObject) => decode(bytes, formOf(bytes)),
  bytesPerObject,
})

const EMPTY: LookedChanges = { hits: [], looked: { objects: 0, bytes: 0 }, tooBig: 0, broken: 0, missing: 0 }

interface Found {
  readonly looked: LookedChanges
  readonly found: readonly FoundKey[]
}

/** False alarms are taken out as the working tree lists them: the list is read as text, and what it hides is counted. */
async function finish(machine: GitDoor, repository: OwnRepository, { looked, found }: Found): Promise<StagedSearch> {
  const { place, notRead, references } = repository
  const passedOver: PassedOver[] = [...notes.notesOf(notRead)]
  const note = (why: PassedOver['why'], what: string, count: number): void => {
    if (count > 0) passedOver.push(notes.noteOf(why, what, place.folder, count))
  }
  note('history', notes.TIME_OVER, looked.cut === 'time' ? 1 : 0)
  note('too-big', notes.BIG_OBJECTS, looked.tooBig)
  note('unreadable', notes.DAMAGED, looked.broken)
  note('history', notes.PARTIAL, looked.missing)
  note('history', notes.SHALLOW, references.shallow.length)
  const list = await machine.carefulFiles.readStart(pathOf(machine).join(place.folder, IGNORE_FILE), IGNORE_BYTES)
  const ignored = parseIgnored(Buffer.from(list ?? []).toString())
  const nameOf = (each: FoundKey): string => pathWithin(pathOf(machine), place.folder, each)
  // The list names ids itself.
  const counted = found.filter((each) => each.secret !== undefined || nameOf(each) !== IGNORE_FILE)
  const judged = withoutIgnored(counted, ignored, nameOf)
  return {
    found: judged.found,
    looked: looked.looked,
    passedOver: [...judged.passedOver, ...passedOver],
    ended: looked.cut ?? 'whole',
    repository: place.folder,
  }
}

/** Bytes of a list of false alarms. */
const IGNORE_BYTES = 1_000_000

function pathWithin(paths: typeof posix, repository: string, { place }: FoundKey): string {
  if (place.type === 'file') return paths.relative(repository, place.path)
  return place.type === 'history' ? (place.path ?? '') : ''
}

/** The one that git names to its hooks, unless a folder was named; else that of the folder or above it. */
async function getRepository(machine: GitDoor, { folder, isNamed = false }: StagedOptions): Promise<RepositoryPlace> {
  const path = pathOf(machine)
  const { GIT_DIR, GIT_WORK_TREE } = machine.env
  const found: FoundRepository =
    GIT_DIR !== undefined && !isNamed
      ? await openGitFolder(machine, {
          folder: path.resolve(folder, GIT_WORK_TREE ?? '.'),
          gitFolder: path.resolve(folder, GIT_DIR),
          anyOwner: true,
        })
      : await findRepositoryAbove(machine, folder, true)
  if (found.found === 'repository') return found.place
  throw new Refusal('not-found', `There is no Git repository in ${folder}, nor above it.`, {
    hint: 'Run it in a working tree, or name one: mayfly keys find --staged PATH',
  })
}

async function withRepository<T>(
  machine: GitDoor,
  place: RepositoryPlace,
  { knowsHeadAlone = false, time = TIME }: { readonly knowsHeadAlone?: boolean; readonly time?: Duration },
  task: (repository: OwnRepository, watch: Watch) => Promise<T>,
): Promise<T> {
  const repository = await openOwnRepository(machine, place, { knowsHeadAlone, anyOwner: true })
  if (!repository)
    throw new Refusal('not-found', 'git is not installed here, or not on PATH.', {
      hint: 'Install it: https://git-scm.com/downloads',
    })
  const watch = watchTime(machine, repository, { time })
  try {
    return await task(repository, watch)
  } finally {
    watch.end()
    await repository.close()
  }
}
