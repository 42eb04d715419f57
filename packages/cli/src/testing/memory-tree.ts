/** The folders of a test machine: those that its files lie in. */

import type { FileTree, NodeFacts, NodeKind } from '../machine/file-tree.ts'
import type { Platform } from '../machine/machine.ts'

type Disk = ReadonlyMap<string, { readonly content: Uint8Array; readonly mode: number }>

/** Nothing in it is a link, and everything belongs to the user 1000 who asks. */
export function memoryTree(disk: Disk, platform: Platform): FileTree {
  const separator = platform === 'win32' ? '\\' : '/'
  const isFolder = (path: string): boolean => [...disk.keys()].some((file) => file.startsWith(path + separator))
  const describe = (path: string): NodeFacts | undefined => {
    const file = disk.get(path)
    if (file) return facts('file', [...disk.keys()].indexOf(path), file.content.length, file.mode)
    return isFolder(path) ? facts('folder', -1, 0, 0o755) : undefined
  }
  return {
    userId: 1000,
    describe,
    findRealPath: (path) => (describe(path) ? path : undefined),
    openFolder: (path) => (isFolder(path) ? listInside([...disk.keys()], path + separator, separator) : undefined),
    openFile(path) {
      const [found, content] = [describe(path), disk.get(path)?.content]
      if (!found || !content || ((found.mode ?? 0) & 0o400) === 0) return undefined
      let position = 0
      return {
        facts: found,
        read(into, offset) {
          const piece = content.subarray(position, position + into.length - offset)
          into.set(piece, offset)
          position += piece.length
          return piece.length
        },
        close: () => undefined,
      }
    },
  }
}

const facts = (kind: NodeKind, inode: number, size: number, mode: number): NodeFacts => ({
  ...{ kind, device: 1, inode, size, mode },
  owner: 1000,
})

function listInside(files: readonly string[], folder: string, separator: string): ReturnType<FileTree['openFolder']> {
  const entries = new Map<string, NodeKind>()
  for (const file of files.filter((path) => path.startsWith(folder))) {
    const [name = '', below] = file.slice(folder.length).split(separator)
    entries.set(name, below === undefined ? 'file' : 'folder')
  }
  const rest = [...entries].map(([name, kind]) => ({ name, kind }))
  return { next: () => rest.shift(), close: () => undefined }
}
