/** Files, read whole and replaced whole. */

import {
  lstat,
  mkdir,
  open,
  readdir,
  readFile,
  readlink,
  rename,
  rmdir,
  stat,
  unlink,
  writeFile,
} from 'node:fs/promises'
import { platform } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'

export interface WriteOptions {
  /** Mode of a new file; a file that is there keeps its own (POSIX only). 0o600 when not said. */
  readonly mode?: number
  /** A file that is there gets the mode too: it is about to hold what it did not hold before. */
  readonly setsMode?: true
  /** Mode of folders that are made on the way. 0o755 when not said. */
  readonly folderMode?: number
  /**
   * Writes only where the file still holds these bytes (null: where there is none), looked at right before it is replaced;
   * throws ChangedMeanwhile otherwise.
   */
  readonly expects?: Uint8Array | null
}

/** Somebody else has written the file since it was read. It was left alone. */
export class ChangedMeanwhile extends Error {
  constructor(path: string) {
    super(`${path} was changed by another program meanwhile.`)
    this.name = 'ChangedMeanwhile'
  }
}

export interface Files {
  /** The bytes of a file; nothing when there is no such file (a folder is no file). */
  read(path: string): Promise<Uint8Array | undefined>
  /** The text of a file (UTF-8, wrong bytes replaced); nothing when there is no such file. */
  readText(path: string): Promise<string | undefined>
  /**
   * Replaces a file in one step: a reader sees the old content or the new, never a half (temporary file, fsync, rename).
   * Follows symbolic links, makes missing folders.
   */
  write(path: string, content: string | Uint8Array, options?: WriteOptions): Promise<void>
  /** Deletes what killed writers of a file have left beside it, however young: for whoever holds the lock of that file. */
  clearLeftBehind(path: string): Promise<void>
  /** Where a chain of symbolic links ends, also when nothing lies there yet; the path itself where there is none. */
  followLinks(path: string): Promise<string>
  /** True when `write` may be expected to work: false on a read-only mount, or when the disk is full. */
  isWritable(path: string): Promise<boolean>
  /** What changes whenever a file is written or replaced; nothing when there is no such file. */
  stamp(path: string): Promise<string | undefined>
  /** Names in a folder, sorted; none when there is no such folder. */
  list(folder: string): Promise<readonly string[]>
  /** Deletes a file; false when there was none. */
  delete(path: string): Promise<boolean>
  /**
   * Deletes a folder with everything below it, or a file; what a symbolic link leads to stays, and so does another user's
   * folder. Goes on past what cannot be deleted, and answers the paths of it.
   */
  deleteTree(path: string): Promise<readonly string[]>
  /** Gives a file another name, or a link its own; false, and nothing is done, where something has that name. */
  rename(path: string, name: string): Promise<boolean>
  /** Deletes a folder when nothing is in it; false otherwise. */
  deleteEmptyFolder(path: string): Promise<boolean>
}

/** The files of this computer. `uniqueName` makes the name of a temporary file: two writers never share one. */
export function createFiles(uniqueName: () => string): Files {
  return {
    read: (path) => readBytes(path),
    async readText(path) {
      const bytes = await readBytes(path)
      return bytes && new TextDecoder().decode(bytes)
    },
    write: (path, content, options = {}) => replaceFile(path, content, options, uniqueName()),
    clearLeftBehind: async (path) => sweep(await followLinks(path), 0),
    followLinks: (path) => followLinks(path),
    async isWritable(path) {
      return isWritable(dirname(await followLinks(path)), uniqueName())
    },
    async stamp(path) {
      const found = await stat(path, { bigint: true }).catch(() => undefined)
      return found && `${found.dev}:${found.ino}:${found.size}:${found.mtimeNs}:${found.ctimeNs}`
    },
    async list(folder) {
      try {
        return (await readdir(folder)).sort()
      } catch (error) {
        if (isMissing(error)) return []
        throw error
      }
    },
    async delete(path) {
      try {
        await unlink(path)
        return true
      } catch (error) {
        if (isMissing(error)) return false
        throw error
      }
    },
    deleteTree,
    async rename(path, name) {
      if (await lstat(name).catch(() => undefined)) return false
      await renameOver(path, name)
      return true
    },
    deleteEmptyFolder: (path) =>
      rmdir(path).then(
        () => true,
        () => false,
      ),
  }
}

async function deleteTree(path: string): Promise<readonly string[]> {
  try {
    const found = await lstat(path)
    if (!found.isDirectory()) {
      await unlink(path)
      return []
    }
    // Its owner may put a link in the place of something below it, between our look and our hand.
    if (found.uid !== (process.getuid?.() ?? found.uid)) return [path]
    const left = await Promise.all((await readdir(path)).map((name) => deleteTree(join(path, name))))
    if (left.some((paths) => paths.length > 0)) return left.flat()
    await rmdir(path)
    return []
  } catch (error) {
    return isMissing(error) ? [] : [path]
  }
}

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined)
const isMissing = (error: unknown): boolean => ['ENOENT', 'ENOTDIR'].includes(String(codeOf(error)))

async function readBytes(path: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(path)
  } catch (error) {
    if (isMissing(error) || codeOf(error) === 'EISDIR') return undefined
    throw error
  }
}

async function replaceFile(
  path: string,
  content: string | Uint8Array,
  { mode = 0o600, folderMode = 0o755, setsMode, expects }: WriteOptions,
  unique: string,
): Promise<void> {
  const place = await followLinks(path)
  // As the AWS CLI makes them (specification §1), but never for others to write into, whatever the umask.
  await makeFolder(dirname(place), folderMode)
  const former = await stat(place).catch(() => undefined)
  const temporary = join(dirname(place), `.${basename(place)}.${unique}.tmp`)
  const file = await open(temporary, 'wx', 0o600)
  try {
    try {
      await file.writeFile(content)
      // Under sudo a person's file would become root's, and they could not read it any more.
      if (former) await file.chown(former.uid, former.gid).catch(() => undefined)
      // A file that lay there keeps its mode: who may read it is its owner's decision.
      await file.chmod(former && !setsMode ? former.mode & 0o7777 : mode)
      await file.sync()
    } finally {
      await file.close()
    }
    if (expects !== undefined && !isSame(expects, await readBytes(place))) throw new ChangedMeanwhile(place)
    await renameOver(temporary, place)
  } catch (error) {
    await unlink(temporary).catch(() => undefined)
    throw error
  }
  await syncFolder(dirname(place))
  await sweep(place)
}

const isSame = (expected: Uint8Array | null, found: Uint8Array | undefined): boolean =>
  expected === null ? found === undefined : found !== undefined && Buffer.from(found).equals(expected)

/** With the folders above it. On a read-only file system Node says of many folders that they are missing; of one, why. */
async function makeFolder(folder: string, mode: number): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode })
  } catch (error) {
    if (codeOf(error) !== 'ENOENT' || dirname(folder) === folder) throw error
    await makeFolder(dirname(folder), mode)
    await mkdir(folder, { mode })
  }
}

/** Milliseconds after which a temporary file is of nobody who still lives: writing takes moments. */
const LEFT_BEHIND = 3_600_000

/** Deletes what killed writers of this file left beside it. */
async function sweep(place: string, age = LEFT_BEHIND): Promise<void> {
  const [folder, start] = [dirname(place), `.${basename(place)}.`]
  const names = await readdir(folder).catch(() => [])
  for (const name of names) {
    if (!name.startsWith(start) || !name.endsWith('.tmp')) continue
    const found = await lstat(join(folder, name)).catch(() => undefined)
    if (found && Date.now() - found.mtimeMs > age) await unlink(join(folder, name)).catch(() => undefined)
  }
}

/**
 * Tries it, in the folder itself or in the nearest one that is there: permissions alone do not tell of a full disk, a
 * quota, or a file that lies where a folder should.
 */
async function isWritable(folder: string, unique: string): Promise<boolean> {
  const trial = join(folder, `.mayfly.${unique}.tmp`)
  try {
    await writeFile(trial, Buffer.alloc(4096), { flag: 'wx', mode: 0o600, flush: true })
    return true
  } catch (error) {
    return codeOf(error) === 'ENOENT' && dirname(folder) !== folder ? isWritable(dirname(folder), unique) : false
  } finally {
    await unlink(trial).catch(() => undefined)
  }
}

/** Where a chain of symbolic links ends, also when nothing lies there yet. */
async function followLinks(path: string, depth = 0): Promise<string> {
  const link = await readlink(path).catch(() => undefined)
  if (link === undefined || depth > 40) return path
  return followLinks(resolve(dirname(path), link), depth + 1)
}

/** Windows refuses to replace a file while another program reads it: that takes moments, so it is tried again. */
async function renameOver(from: string, to: string): Promise<void> {
  for (let pause = 5; ; pause *= 2) {
    try {
      return await rename(from, to)
    } catch (error) {
      if (!['EPERM', 'EACCES', 'EBUSY'].includes(String(codeOf(error))) || platform() !== 'win32' || pause > 500)
        throw error
      await new Promise((done) => setTimeout(done, pause))
    }
  }
}

/** After this a crash of the machine does not bring the former file back. Not every file system can do it. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined)
  await handle?.sync().catch(() => undefined)
  await handle?.close()
}
