/** Under which paths, and since which commit, a repository has an object. */

import { type ChangedBlob, COMMIT_FORMAT, createCommitCutter } from './commit-stream.ts'
import type { OwnRepository } from './own-repository.ts'

export interface ObjectPlace {
  readonly path: string
  readonly commit: string
  /** Grows with age: of two places, the greater one is the older. */
  readonly age: number
}

export interface LocatedObjects {
  /** By hash; none for an object that no reference and no reflog reaches. */
  readonly places: ReadonlyMap<string, readonly ObjectPlace[]>
  /** False when not all commits could be gone through: an older one may have it too. */
  readonly isWhole: boolean
}

/** More hashes than this are picked out here and not by git: a command line has an end. */
const MOST_WORDS = 100
const MOST_PLACES = 20

/** What `git log` is told, whatever commits it goes through: no program of anybody, no guessed renames. */
export const LOG_WORDS: readonly string[] = [
  'log',
  '--raw',
  '-c',
  '-z',
  '--no-abbrev',
  '--root',
  '--no-ext-diff',
  '--no-textconv',
  '--no-color',
  '--no-notes',
  '--no-show-signature',
  '--no-mailmap',
  `--format=${COMMIT_FORMAT}`,
]

/** Goes through all commits, the youngest first. */
export async function locateObjects(repository: OwnRepository, ids: ReadonlySet<string>): Promise<LocatedObjects> {
  const words = ids.size <= MOST_WORDS ? [...ids].map((id) => `--find-object=${id}`) : []
  const program = await repository.run([...LOG_WORDS, '-M100%', '--ignore-missing', '--all', ...words])
  const places = new Map<string, Map<string, ObjectPlace>>()
  let age = 0
  const cutter = createCommitCutter({
    change({ id, path, status }: ChangedBlob, commit) {
      // The same content under another name: the key is no newer for it.
      if (!ids.has(id) || status.startsWith('R')) return
      const known = places.get(id) ?? new Map<string, ObjectPlace>()
      age += 1
      if (known.size < MOST_PLACES || known.has(path)) known.set(path, { path, commit, age })
      places.set(id, known)
    },
  })
  for await (const chunk of program.output) cutter.take(chunk)
  const { how } = await program.end
  return {
    places: new Map([...places].map(([id, known]) => [id, [...known.values()]])),
    isWhole: how.ended === 'by-itself' && how.exitCode === 0,
  }
}
