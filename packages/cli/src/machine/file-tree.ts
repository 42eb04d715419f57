/** Walks through folders and reads what lies there in pieces: changes nothing, waits at no pipe, follows no link unasked. */

import {
  closeSync,
  constants,
  type Dirent,
  fstatSync,
  lstatSync,
  opendirSync,
  openSync,
  readSync,
  realpathSync,
  type Stats,
  statSync,
} from 'node:fs'
import { createSpeller, spellName, systemPath } from './odd-names.ts'

/** `special` is a device, a pipe or a socket. */
export type NodeKind = 'file' | 'folder' | 'link' | 'special'

export interface NodeFacts {
  readonly kind: NodeKind
  /** The file system it lies on. */
  readonly device: number
  /** With `device`: which file it is, whatever its name. */
  readonly inode: number
  /** Bytes. */
  readonly size: number
  /** POSIX permission bits; absent where they mean nothing. */
  readonly mode?: number
  /** Number of the user it belongs to; absent where there are none. */
  readonly owner?: number
}

export interface OpenFolder {
  /** The next entry, in no order; nothing at the end, and when the rest cannot be read. */
  next(): { readonly name: string; readonly kind: NodeKind | 'unknown' } | undefined
  close(): void
}

export interface OpenFile {
  readonly facts: NodeFacts
  /** Fills `into` from `offset` on, with what follows what was read before. Answers how many bytes; 0 at the end. */
  read(into: Uint8Array, offset: number): number
  close(): void
}

export interface FileTree {
  /** Number of the user who asks; absent where there are none. */
  readonly userId: number | undefined
  /** Nothing when nothing is there, or it cannot be reached. */
  describe(path: string, options?: { readonly followsLinks: boolean }): NodeFacts | undefined
  /** Without links on the way; nothing when nothing is there. */
  findRealPath(path: string): string | undefined
  /** Nothing when it cannot be read, or is none. */
  openFolder(path: string): OpenFolder | undefined
  /**
   * Nothing when it cannot be read, or is no file. Where it may, leaves the time of the last access alone. A link in the
   * place of the file is followed only when asked.
   */
  openFile(path: string, options?: { readonly followsLinks: boolean }): OpenFile | undefined
}

/**
 * The folders of this computer. It answers at once instead of promising to: fifty thousand files cost as many promises
 * otherwise, and more time than reading them. Who walks takes a breath now and then.
 */
export const systemFileTree: FileTree = {
  userId: process.getuid?.(),
  describe: (path, { followsLinks } = { followsLinks: false }) =>
    attempt(() => describe(followsLinks ? statSync(systemPath(path)) : lstatSync(systemPath(path)))),
  findRealPath: (path) => attempt(() => findRealPath(systemPath(path))),
  openFolder,
  openFile,
}

const findRealPath = (place: string | Buffer): string =>
  process.platform === 'win32' ? realpathSync(place) : spellName(realpathSync.native(place, { encoding: 'buffer' }))

/** Entries that are read from a folder at once. */
const BATCH = 512

function openFolder(path: string): OpenFolder | undefined {
  const folder = attempt(() => opendirSync(systemPath(path), { bufferSize: BATCH }))
  const spell = createSpeller(path)
  return (
    folder && {
      next() {
        const entry = attempt(() => folder.readSync())
        return entry ? { name: spell(entry.name), kind: kindOf(entry) } : undefined
      },
      close: () => void attempt(() => folder.closeSync()),
    }
  )
}

// A pipe that took the file's place since it was looked at lets nobody wait. What a system does not have is 0.
const { O_RDONLY, O_NONBLOCK = 0, O_NOFOLLOW = 0, O_NOATIME = 0 } = constants

function openFile(path: string, { followsLinks } = { followsLinks: false }): OpenFile | undefined {
  const flags = O_RDONLY | O_NONBLOCK | (followsLinks ? 0 : O_NOFOLLOW)
  const place = systemPath(path)
  // Only its owner may leave the time alone.
  const file = attempt(() => openSync(place, flags | O_NOATIME)) ?? attempt(() => openSync(place, flags))
  if (file === undefined) return undefined
  const close = (): void => void attempt(() => closeSync(file))
  const facts = attempt(() => describe(fstatSync(file)))
  if (facts?.kind !== 'file') {
    close()
    return undefined
  }
  return {
    facts,
    // A disk that fails in the middle of a file ends it there.
    read: (into, offset) => attempt(() => readSync(file, into, offset, into.length - offset, null)) ?? 0,
    close,
  }
}

const describe = (found: Stats): NodeFacts => ({
  kind: kindOf(found) as NodeKind,
  device: found.dev,
  inode: found.ino,
  size: found.size,
  ...(process.getuid && { mode: found.mode & 0o777, owner: found.uid }),
})

function kindOf(entry: Stats | Dirent): NodeKind | 'unknown' {
  if (entry.isFile()) return 'file'
  if (entry.isDirectory()) return 'folder'
  if (entry.isSymbolicLink()) return 'link'
  return entry.isFIFO() || entry.isSocket() || entry.isCharacterDevice() || entry.isBlockDevice()
    ? 'special'
    : 'unknown'
}

/** What is gone or closed to us meanwhile is no error of a walk. */
function attempt<T>(task: () => T): T | undefined {
  try {
    return task()
  } catch {
    return undefined
  }
}
