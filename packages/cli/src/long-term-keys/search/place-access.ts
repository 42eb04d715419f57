/** Who may read a file: what its own permissions say, and those of the folders that it lies in. */

import { posix } from 'node:path'
import type { FileTree, NodeFacts } from '../../machine/file-tree.ts'
import type { Platform } from '../../machine/machine.ts'
import type { PlaceAccess } from '../key/found-key.ts'

/** Nothing on Windows, where permission bits mean nothing. What was asked about a folder is kept. */
export function createAccessReader(
  tree: FileTree,
  platform: Platform,
): (path: string, facts: NodeFacts) => PlaceAccess | undefined {
  const modes = new Map<string, number>()
  /** Which of group and others may pass through all folders down to this one: their bits, 0o010 and 0o001. */
  const passable = (folder: string): number => {
    const known = modes.get(folder)
    if (known !== undefined) return known
    const above = posix.dirname(folder)
    const mode = tree.describe(folder, { followsLinks: true })?.mode ?? 0o755
    // Who is let in as one of all others comes in as one of a group too.
    const own = (mode & 0o001) !== 0 ? 0o011 : mode & 0o010
    const all = above === folder ? own : own & passable(above)
    modes.set(folder, all)
    return all
  }
  return (path, { mode }) => {
    if (mode === undefined || platform === 'win32') return undefined
    const ways = passable(posix.dirname(path))
    if ((mode & 0o004) !== 0 && (ways & 0o001) !== 0) return { mode, readableBy: 'everyone' }
    const isGroups = (mode & 0o044) !== 0 && (ways & 0o010) !== 0
    return { mode, readableBy: isGroups ? 'group' : 'owner' }
  }
}
