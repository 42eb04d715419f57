/** An empty repository of our own that borrows the objects of another: git reads its configuration, and theirs never. */

import type { StreamedProgram } from '../../../machine/child-process.ts'
import type { ScratchFolder } from '../../../machine/scratch.ts'
import { environmentOfGit, findGit, type GitDoor } from './git-program.ts'
import { listObjectFolders, type NotRead } from './object-folders.ts'
import { type References, readHead, readReferences } from './references.ts'
import { pathOf, type RepositoryPlace } from './repository-place.ts'

export interface OwnRepository {
  readonly place: RepositoryPlace
  readonly references: References
  /** What of theirs cannot be seen through it. */
  readonly notRead: readonly NotRead[]
  /** It names objects that it does not have: a partial clone. */
  readonly isPartial: boolean
  readonly folder: string
  /** Starts git in it. `index` is the file that stands for its index. */
  run(parameters: readonly string[], index?: string): Promise<StreamedProgram>
  /** Writes a file into it. */
  write(name: string, content: Uint8Array): Promise<void>
  /** Ends what still runs: its output ends. */
  stop(): void
  /** Ends what still runs, and deletes it. */
  close(): Promise<void>
}

const SETTINGS = `	bare = true
	hooksPath = /dev/null
	fsmonitor = false
	commitGraph = false
	packedGitLimit = 256m
	deltaBaseCacheLimit = 64m
[gc]
	auto = 0
[maintenance]
	auto = false
[protocol]
	allow = never
[log]
	showSignature = false
`

export interface OpenOptions {
  /** Reads what other users own too. */
  readonly anyOwner?: boolean
  /** Knows HEAD and no other reference: enough for what is staged, and soon read. */
  readonly knowsHeadAlone?: boolean
}

/** Makes it; nothing where no git is installed. It must be closed. */
export async function openOwnRepository(
  machine: GitDoor,
  place: RepositoryPlace,
  { anyOwner = false, knowsHeadAlone = false }: OpenOptions = {},
): Promise<OwnRepository | undefined> {
  const git = await findGit(machine)
  if (git === undefined) return undefined
  const [references, objects] = await Promise.all([
    knowsHeadAlone ? readHead(machine, place) : readReferences(machine, place),
    listObjectFolders(machine, pathOf(machine).join(place.sharedFolder, 'objects'), anyOwner),
  ])
  const scratch = await machine.scratch.open()
  const running = new Set<StreamedProgram>()
  try {
    await fill(scratch, place, references)
    await borrow(scratch, objects.folders)
  } catch (error) {
    await scratch.close()
    throw error
  }
  return {
    place,
    references,
    notRead: objects.notRead,
    isPartial: objects.folders.some(({ isPartial }) => isPartial),
    folder: scratch.path,
    async run(parameters, index) {
      const env = { ...environmentOfGit(machine, scratch.path), ...(index !== undefined && { GIT_INDEX_FILE: index }) }
      const launch = limitMemory(machine, git, parameters)
      const program = await machine.childProcess.stream({ ...launch, env, folder: scratch.path })
      running.add(program)
      void program.end.then(() => running.delete(program))
      return program
    },
    write: scratch.write,
    stop() {
      for (const program of running) program.stop()
    },
    async close() {
      for (const program of running) program.stop()
      await Promise.all([...running].map((program) => program.end))
      await scratch.close()
    },
  }
}

/** A few trees that name each other ten times, ten deep, are a listing of ten thousand million files. */
const MOST_KILOBYTES = 3_000_000

/** Git has no such setting; a shell's is the nearest. Where it knows none, git runs without. */
const limitMemory = ({ platform }: Pick<GitDoor, 'platform'>, git: string, parameters: readonly string[]) =>
  platform === 'win32'
    ? { path: git, parameters }
    : {
        path: '/bin/sh',
        parameters: ['-c', `ulimit -v ${MOST_KILOBYTES} 2>/dev/null; exec "$0" "$@"`, git, ...parameters],
      }

async function fill(scratch: ScratchFolder, place: RepositoryPlace, references: References): Promise<void> {
  const isNew = place.objectFormat === 'sha256'
  const extension = isNew ? '[extensions]\n\tobjectFormat = sha256\n' : ''
  await scratch.makeFolder('refs')
  await scratch.write('config', `[core]\n\trepositoryformatversion = ${isNew ? 1 : 0}\n${SETTINGS}${extension}`)
  await scratch.write('HEAD', `${references.head ?? 'ref: refs/heads/none'}\n`)
  const remembered = [...references.remembered].map((hash, index) => `${hash} refs/mayfly/${index}\n`)
  const named = [...references.named].map(([name, hash]) => `${hash} ${name}\n`)
  await scratch.write('packed-refs', [...named, ...remembered].join(''))
  for (const [name, hash] of references.heads) await scratch.write(name, `${hash}\n`)
  if (references.shallow.length > 0) await scratch.write('shallow', `${references.shallow.join('\n')}\n`)
}

/** Their own `info` (alternates, a graph of commits) stays out of sight. */
async function borrow(
  scratch: ScratchFolder,
  folders: readonly { path: string; parts: readonly string[] }[],
): Promise<void> {
  await scratch.makeFolder('objects/info')
  await scratch.makeFolder('objects/pack')
  const path = scratch.path.includes('\\') ? '\\' : '/'
  for (const [index, { path: folder, parts }] of folders.entries()) {
    await scratch.makeFolder(`borrowed/${index}`)
    for (const part of parts) await scratch.linkFolder(`borrowed/${index}/${part}`, `${folder}${path}${part}`)
  }
  const lines = folders.map((_, index) => `../borrowed/${index}\n`)
  await scratch.write('objects/info/alternates', lines.join(''))
}
