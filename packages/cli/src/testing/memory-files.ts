/** Files of a computer that is made of memory. */

import type { CarefulFiles } from '../machine/careful-files.ts'
import { ChangedMeanwhile, type Files } from '../machine/files.ts'
import type { Platform } from '../machine/machine.ts'

type Disk = Map<string, { content: Uint8Array; mode: number }>

export function memoryFiles(disk: Disk, platform: Platform): Files {
  const separator = platform === 'win32' ? '\\' : '/'
  const readText = async (path: string): Promise<string | undefined> => {
    const file = disk.get(path)
    return file && Buffer.from(file.content).toString()
  }
  return {
    read: async (path) => disk.get(path)?.content,
    readText,
    clearLeftBehind: async () => undefined,
    async write(path, content, { mode = 0o600, expects } = {}) {
      const former = disk.get(path)?.content
      if (expects !== undefined && !Buffer.from(former ?? '').equals(expects ?? Buffer.from('')))
        throw new ChangedMeanwhile(path)
      disk.set(path, { content: Buffer.from(content), mode: disk.get(path)?.mode ?? mode })
    },
    followLinks: async (path) => path,
    isWritable: async () => true,
    stamp: readText,
    async list(folder) {
      const inside = [...disk.keys()].filter((path) => path.startsWith(folder + separator))
      return [...new Set(inside.map((path) => path.slice(folder.length + 1).split(separator)[0] ?? ''))].sort()
    },
    delete: async (path) => disk.delete(path),
    async deleteTree(top) {
      for (const path of [...disk.keys()]) if (path === top || path.startsWith(top + separator)) disk.delete(path)
      return []
    },
    async rename(path, name) {
      const file = disk.get(path)
      if (!file || disk.has(name)) return false
      disk.delete(path)
      return Boolean(disk.set(name, file))
    },
    deleteEmptyFolder: async () => true,
  }
}

export function memoryCarefulFiles(disk: Disk, platform: Platform): CarefulFiles {
  const separator = platform === 'win32' ? '\\' : '/'
  const isFolder = (path: string): boolean => [...disk.keys()].some((each) => each.startsWith(path + separator))
  return {
    look: async (path) => {
      const file = disk.get(path)
      if (file) return { kind: 'file', isOwn: true, size: file.content.length }
      return isFolder(path) ? { kind: 'folder', isOwn: true, size: 0 } : undefined
    },
    findFolder: async (path) => (isFolder(path) ? { path, isOwn: true } : undefined),
    listEntries: async (folder) => {
      if (!isFolder(folder)) return undefined
      const names = await memoryFiles(disk, platform).list(folder)
      return names.map((name) => ({ name, kind: disk.has(folder + separator + name) ? 'file' : 'folder' }))
    },
    readStart: async (path, most) => disk.get(path)?.content.subarray(0, most),
  }
}
