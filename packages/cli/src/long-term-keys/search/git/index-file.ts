/** The index of a working tree: what is staged, as the file says that git writes. */

import { type ChangedBlob, createCommitCutter } from './commit-stream.ts'
import type { OwnRepository } from './own-repository.ts'
import { type Door, pathOf, type RepositoryPlace } from './repository-place.ts'

/** What an empty folder is called, by the format of hashes. Git knows it without having it. */
const EMPTY_TREE = {
  sha1: '4b825dc642cb6eb9a060e54bf8d69288fbee4904',
  sha256: '6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321',
} as const

const SHARED_INDEX = 500_000_000

/** The file, when there is one and git can read it without waiting. */
export async function findIndex(
  door: Door,
  place: RepositoryPlace,
  named: string | undefined,
): Promise<string | undefined> {
  const path = named ?? pathOf(door).join(place.gitFolder, 'index')
  const start = await door.carefulFiles.readStart(path, 4)
  return start && Buffer.from(start).toString('latin1') === 'DIRC' ? path : undefined
}

/** What the index has otherwise than HEAD has it; or why git could not say it. */
export async function listStaged(
  door: Door,
  repository: OwnRepository,
  index: string,
): Promise<{ readonly changes: readonly ChangedBlob[] } | { readonly failed: string }> {
  const { place, references } = repository
  await lendSharedIndex(door, repository)
  const head = references.head?.startsWith('ref: ')
    ? references.named.get(references.head.slice('ref: '.length))
    : references.head
  const words = [
    'diff-index',
    '--cached',
    '--raw',
    '-z',
    '--no-abbrev',
    '-M',
    '-l400',
    '--no-ext-diff',
    '--no-textconv',
  ]
  const program = await repository.run([...words, head ?? EMPTY_TREE[place.objectFormat], '--'], index)
  const changes: ChangedBlob[] = []
  const cutter = createCommitCutter({ change: (change) => void changes.push(change) })
  for await (const chunk of program.output) cutter.take(chunk)
  const { how, said } = await program.end
  if (how.ended === 'by-itself' && how.exitCode === 0) return { changes }
  return { failed: said.split('\n')[0] ?? '' }
}

/** A split index has its greater part in a file beside the repository's other ones. */
async function lendSharedIndex(door: Door, repository: OwnRepository): Promise<void> {
  const { gitFolder } = repository.place
  const entries = (await door.carefulFiles.listEntries(gitFolder, 1000)) ?? []
  for (const { name, kind } of entries) {
    if (kind !== 'file' || !/^sharedindex\.[0-9a-f]{40,64}$/.test(name)) continue
    const bytes = await door.carefulFiles.readStart(pathOf(door).join(gitFolder, name), SHARED_INDEX)
    if (bytes) await repository.write(name, bytes)
  }
}
