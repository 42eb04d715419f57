/** Walks through folders and answers the files, one after the other. */

import { posix, win32 } from 'node:path'
import type { FileTree, NodeFacts } from '../../machine/file-tree.ts'
import type { Platform } from '../../machine/machine.ts'
import type { PassedOverReason } from './key-search.ts'
import { judgeFileName, judgeFolder, VENDOR_MARKS } from './passed-over.ts'

export interface WalkOptions {
  readonly tree: FileTree
  readonly platform: Platform
  readonly home: string
  readonly everything: boolean
  /** A path at which a tool looks for its settings: found through a link, it is answered by the name that the tool knows. */
  readonly isKnownPlace: (path: string) => boolean
  readonly passOver: (why: PassedOverReason, path: string) => void
}

export type Met =
  | { readonly type: 'file'; readonly path: string; readonly isLink: boolean }
  | { readonly type: 'folder'; readonly path: string }
  /** The folder of a working tree, or of a bare repository. */
  | { readonly type: 'repository'; readonly path: string }

interface Folder {
  readonly path: string
  /** The file system that is not left. */
  readonly device: number
  readonly depth: number
}

/** Folders in one another. */
const DEEPEST = 200
/** Links that are remembered. */
const MOST_LINKS = 20_000

/**
 * Holds no more than the names of the folders beside those that it is in. A link is followed out of what is walked through
 * anyway, and where a tool knows it by its name; never twice to the same place, never to one that it lies in.
 */
export class TreeWalk {
  readonly #options: WalkOptions
  readonly #path: typeof posix
  /** Real paths of what is walked through. */
  readonly #roots: string[] = []
  /** Files and folders that were met through a link. */
  readonly #linked = new Set<string>()

  constructor(options: WalkOptions) {
    this.#options = options
    this.#path = options.platform === 'win32' ? win32 : posix
  }

  /** Files and folders named, each once, also where one lies in another. */
  *walk(roots: readonly string[]): Generator<Met> {
    for (const root of roots) {
      const facts = this.#options.tree.describe(root, { followsLinks: true })
      const real = facts && this.#options.tree.findRealPath(root)
      if (!facts || real === undefined) continue
      if (facts.kind === 'special') this.#options.passOver('special', root)
      else if (facts.kind === 'file') {
        if (!this.#isWithin(real)) yield* this.#meetNamed(root, facts)
      } else if (!this.#isWithin(real)) {
        this.#roots.push(real)
        yield* this.#walkFolder({ path: root, device: facts.device, depth: 0 })
      }
    }
  }

  *#meetNamed(path: string, facts: NodeFacts): Generator<Met> {
    if (this.#remember(facts)) yield { type: 'file', path, isLink: true }
  }

  #isWithin(path: string): boolean {
    return this.#roots.some((root) => this.#isInside(path, root))
  }

  #isInside(path: string, folder: string): boolean {
    const { sep } = this.#path
    return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep)
  }

  /** False for what was met through a link before. */
  #remember({ device, inode }: NodeFacts): boolean {
    const name = `${device}:${inode}`
    if (this.#linked.has(name) || this.#linked.size >= MOST_LINKS) return false
    this.#linked.add(name)
    return true
  }

  /** For each file that is opened: true when a link led to it before. */
  wasLinked({ device, inode }: NodeFacts): boolean {
    return this.#linked.size > 0 && this.#linked.has(`${device}:${inode}`)
  }

  *#walkFolder(top: Folder): Generator<Met> {
    const waiting: Folder[] = [top]
    for (let folder = waiting.pop(); folder; folder = waiting.pop()) {
      yield { type: 'folder', path: folder.path }
      const inside = yield* this.#listFolder(folder)
      for (const path of inside.reverse()) waiting.push({ ...folder, path, depth: folder.depth + 1 })
    }
  }

  /** Answers its files at once, and the folders in it at the end. */
  *#listFolder(folder: Folder): Generator<Met, string[]> {
    const { tree, passOver, everything } = this.#options
    const open = tree.openFolder(folder.path)
    if (!open) {
      if (tree.describe(folder.path)) passOver('unreadable', folder.path)
      return []
    }
    const inside: string[] = []
    const names = { head: false, objects: false, refs: false, git: false }
    try {
      for (let entry = open.next(); entry; entry = open.next()) {
        const path = this.#join(folder.path, entry.name)
        const kind = entry.kind === 'unknown' ? tree.describe(path)?.kind : entry.kind
        noteName(names, entry.name)
        if (kind === 'file') {
          const why = everything ? undefined : judgeFileName(entry.name)
          if (why) passOver(why, path)
          else yield { type: 'file', path, isLink: false }
        } else if (kind === 'folder') {
          if (this.#mayEnter(path, entry.name, folder)) inside.push(path)
        } else if (kind === 'link') yield* this.#followLink(path, folder)
        else if (kind === 'special') passOver('special', path)
      }
    } finally {
      open.close()
    }
    const isBare = names.head && names.objects && names.refs && this.#path.basename(folder.path) !== '.git'
    if (names.git || isBare) yield { type: 'repository', path: folder.path }
    return inside.sort()
  }

  #join(folder: string, name: string): string {
    return folder.endsWith(this.#path.sep) ? folder + name : folder + this.#path.sep + name
  }

  #mayEnter(path: string, name: string, { device, depth }: Folder): boolean {
    const { tree, everything, passOver } = this.#options
    const why = judgeFolder(this.#path === win32 ? path.replaceAll('\\', '/') : path)
    // Git's own folder is looked into by way of its history; ours holds ids of keys that were retired, and nothing open.
    if (why === 'history' || (path === this.#join(this.#options.home, '.mayfly') && !everything)) return false
    if (why && !everything) {
      passOver(why, path)
      return false
    }
    const isVendored = (): boolean => VENDOR_MARKS.some((mark) => tree.describe(this.#join(path, mark)) !== undefined)
    if (name === 'vendor' && !everything && isVendored()) {
      passOver('dependencies', path)
      return false
    }
    const facts = tree.describe(path)
    if (facts?.kind !== 'folder' || this.wasLinked(facts)) return false
    if (facts.device === device && depth < DEEPEST) return true
    passOver('other-file-system', path)
    return false
  }

  *#followLink(path: string, folder: Folder): Generator<Met> {
    const { tree, isKnownPlace, passOver, everything } = this.#options
    const facts = tree.describe(path, { followsLinks: true })
    const real = facts && tree.findRealPath(path)
    if (!facts || real === undefined) return
    const isKnown = isKnownPlace(path)
    if (this.#isWithin(real) && !isKnown) return
    if (facts.device !== folder.device && !isKnown) {
      passOver('other-file-system', path)
      return
    }
    if (facts.kind === 'file') {
      const why = everything ? undefined : judgeFileName(path)
      if (why) passOver(why, path)
      else if (this.#remember(facts)) yield { type: 'file', path, isLink: true }
      return
    }
    const own = tree.findRealPath(folder.path) ?? folder.path
    if (facts.kind !== 'folder' || this.#isInside(own, real)) return
    if (this.#mayEnterLink(real) && this.#remember(facts)) {
      if (!this.#isWithin(real)) this.#roots.push(real)
      yield* this.#walkFolder({ path, device: facts.device, depth: folder.depth + 1 })
    }
  }

  /** node_modules is full of links into stores of dependencies. */
  #mayEnterLink(real: string): boolean {
    if (this.#options.everything) return true
    const names = real.replaceAll('\\', '/').split('/')
    return names.every((_, index) => judgeFolder(names.slice(0, index + 1).join('/')) === undefined)
  }
}

/** What together shows that a folder is a repository. */
function noteName(names: { head: boolean; objects: boolean; refs: boolean; git: boolean }, name: string): void {
  if (name === '.git') names.git = true
  else if (name === 'HEAD') names.head = true
  else if (name === 'objects') names.objects = true
  else if (name === 'refs') names.refs = true
}
