/** Where a Git repository keeps what: read from its own few small files, never by git, which would obey its configuration. */

import { posix, win32 } from 'node:path'
import type { Machine } from '../../../machine/machine.ts'

export type Door = Pick<Machine, 'carefulFiles' | 'platform'>

export interface RepositoryPlace {
  /** The folder of the working tree, or of the bare repository: as it was asked for. Absolute. */
  readonly folder: string
  /** What is this working tree's own: HEAD, the index. */
  readonly gitFolder: string
  /** What all working trees of it share: objects, references. */
  readonly sharedFolder: string
  readonly objectFormat: 'sha1' | 'sha256'
  readonly hasReftable: boolean
}

/** A repository, or why it is not read. */
export type FoundRepository =
  | { readonly found: 'repository'; readonly place: RepositoryPlace }
  | { readonly found: 'nothing' }
  | { readonly found: 'other-owner'; readonly path: string }

/** Bytes of `HEAD`, `.git`, `commondir`, `gitdir`. */
const SMALL = 8192
const CONFIGURATION = 1_000_000
/** Characters of one of its lines. */
const LINE = 300

export const pathOf = ({ platform }: Pick<Machine, 'platform'>): typeof posix => (platform === 'win32' ? win32 : posix)

export async function readLine(door: Door, path: string): Promise<string | undefined> {
  const bytes = await door.carefulFiles.readStart(path, SMALL)
  return (
    bytes &&
    Buffer.from(bytes)
      .toString()
      .replace(/\r?\n$/, '')
  )
}

/** A path of another computer (`\\server\share`) would show who is signed in here to that one. */
const isRemote = (door: Door, path: string): boolean => door.platform === 'win32' && /^[\\/]{2}/.test(path)

/** The repository whose working tree or bare folder this is; one above it is not looked for. */
export async function findRepositoryAt(door: Door, folder: string, anyOwner = false): Promise<FoundRepository> {
  const gitFolder = (await findGitFolder(door, folder)) ?? folder
  return openGitFolder(door, { folder, gitFolder, anyOwner })
}

/** The repository whose own folder is known: git tells it to its hooks. */
export async function openGitFolder(
  door: Door,
  { folder, gitFolder, anyOwner = false }: { folder: string; gitFolder: string; anyOwner?: boolean },
): Promise<FoundRepository> {
  const path = pathOf(door)
  const own = await door.carefulFiles.findFolder(gitFolder)
  if (!own || (await door.carefulFiles.look(path.join(gitFolder, 'HEAD'))) === undefined) return { found: 'nothing' }
  const common = await readLine(door, path.join(own.path, 'commondir'))
  const named = common === undefined ? own.path : path.resolve(own.path, common)
  const shared = isRemote(door, named) ? undefined : await door.carefulFiles.findFolder(named)
  if (!shared) return { found: 'nothing' }
  for (const each of [own, shared]) if (!each.isOwn && !anyOwner) return { found: 'other-owner', path: each.path }
  if (!(await door.carefulFiles.findFolder(path.join(shared.path, 'objects')))) return { found: 'nothing' }
  const text = await door.carefulFiles.readStart(path.join(shared.path, 'config'), CONFIGURATION)
  return {
    found: 'repository',
    place: {
      folder,
      gitFolder: own.path,
      sharedFolder: shared.path,
      ...readExtensions(Buffer.from(text ?? []).toString()),
    },
  }
}

/** The repository of the folder or of one above it, as git looks for it. */
export async function findRepositoryAbove(door: Door, start: string, anyOwner = false): Promise<FoundRepository> {
  for (let folder = start; ; folder = pathOf(door).dirname(folder)) {
    const found = await findRepositoryAt(door, folder, anyOwner)
    if (found.found !== 'nothing' || pathOf(door).dirname(folder) === folder) return found
  }
}

/** `.git`: the folder, or the file of a working tree or a submodule that names it. */
async function findGitFolder(door: Door, folder: string): Promise<string | undefined> {
  const inside = pathOf(door).join(folder, '.git')
  if (await door.carefulFiles.findFolder(inside)) return inside
  const named = /^gitdir: (.+)$/s.exec((await readLine(door, inside)) ?? '')?.[1]
  if (named === undefined) return undefined
  const target = pathOf(door).resolve(folder, named)
  return isRemote(door, target) ? undefined : target
}

/** The two settings that say how the files are to be read. No other line of the configuration counts. */
export function readExtensions(text: string): Pick<RepositoryPlace, 'objectFormat' | 'hasReftable'> {
  let section = ''
  let [objectFormat, storage] = ['sha1', 'files']
  for (const whole of text.split('\n')) {
    const line = whole.slice(0, LINE)
    section = /^\s*\[\s*([^\]]*?)\s*\]/.exec(line)?.[1]?.toLowerCase() ?? section
    const [, name, value] = /^\s*(?:\[[^\]]*\])?\s*(\w+)\s*=\s*"?([^"\s;#]*)/.exec(line) ?? []
    if (section !== 'extensions') continue
    if (name?.toLowerCase() === 'objectformat') objectFormat = value?.toLowerCase() ?? ''
    if (name?.toLowerCase() === 'refstorage') storage = value?.toLowerCase() ?? ''
  }
  return { objectFormat: objectFormat === 'sha256' ? 'sha256' : 'sha1', hasReftable: storage === 'reftable' }
}
