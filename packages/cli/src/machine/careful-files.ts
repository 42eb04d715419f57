/** Reads what somebody else may have laid out as a trap: never waits for a pipe, never reads more than was asked for. */

import { constants } from 'node:fs'
import { lstat, open, opendir, realpath, stat } from 'node:fs/promises'

export type EntryKind = 'file' | 'folder' | 'link' | 'other'

export interface FolderEntry {
  readonly name: string
  readonly kind: EntryKind
}

export interface SeenPlace {
  /** What lies there itself: a link is a link. */
  readonly kind: EntryKind
  /** False when it belongs to another user; true where there are no owners. */
  readonly isOwn: boolean
  /** Bytes. */
  readonly size: number
}

export interface CarefulFiles {
  /** What lies at a path; nothing when there is nothing, or nothing that may be seen. */
  look(path: string): Promise<SeenPlace | undefined>
  /** The folder that a path leads to, through links; nothing when it leads to none. */
  findFolder(path: string): Promise<{ readonly path: string; readonly isOwn: boolean } | undefined>
  /** What a folder holds, at most so many entries; nothing when it is none or cannot be read. */
  listEntries(folder: string, most: number): Promise<readonly FolderEntry[] | undefined>
  /** The beginning of a regular file, through links; nothing for whatever else lies there, or when it cannot be read. */
  readStart(path: string, most: number): Promise<Uint8Array | undefined>
}

const isOwn = (uid: number): boolean => uid === (process.getuid?.() ?? uid)

interface Kinds {
  isFile(): boolean
  isDirectory(): boolean
  isSymbolicLink(): boolean
}

const kindOf = (entry: Kinds): EntryKind =>
  entry.isFile() ? 'file' : entry.isDirectory() ? 'folder' : entry.isSymbolicLink() ? 'link' : 'other'

export const systemCarefulFiles: CarefulFiles = {
  async look(path) {
    const found = await lstat(path).catch(() => undefined)
    return found && { kind: kindOf(found), isOwn: isOwn(found.uid), size: found.size }
  },
  async findFolder(path) {
    try {
      const real = await realpath(path)
      const found = await stat(real)
      return found.isDirectory() ? { path: real, isOwn: isOwn(found.uid) } : undefined
    } catch {
      return undefined
    }
  },
  async listEntries(folder, most) {
    const entries: FolderEntry[] = []
    try {
      for await (const entry of await opendir(folder, { bufferSize: 256 })) {
        entries.push({ name: entry.name, kind: kindOf(entry) })
        if (entries.length >= most) break
      }
      return entries
    } catch {
      return undefined
    }
  },
  async readStart(path, most) {
    // O_NONBLOCK: opening a pipe that nobody writes to would wait for ever.
    const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)).catch(() => undefined)
    try {
      const found = await file?.stat()
      if (!file || !found?.isFile()) return undefined
      const bytes = Buffer.alloc(Math.min(most, found.size))
      let length = 0
      while (length < bytes.length) {
        const { bytesRead } = await file.read(bytes, length, bytes.length - length, length)
        if (bytesRead === 0) break
        length += bytesRead
      }
      return bytes.subarray(0, length)
    } catch {
      return undefined
    } finally {
      await file?.close()
    }
  },
}
