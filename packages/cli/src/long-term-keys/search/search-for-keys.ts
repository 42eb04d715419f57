/** Searches this computer for long-term keys: files, this process's environment, and the histories of repositories. */

import { after, type Duration, seconds } from '@mayfly/identity-center/duration'
import type { FileTree, NodeFacts, OpenFile } from '../../machine/file-tree.ts'
import type { Machine } from '../../machine/machine.ts'
import { detectKeys } from '../detection/detect-keys.ts'
import type { FoundKey } from '../key/found-key.ts'
import { listDefaultRoots } from './default-roots.ts'
import { searchEnvironment } from './environment.ts'
import { createLookBuffer, lookInto } from './file-look.ts'
import type { KeySearch, SearchOptions, SearchProgress } from './key-search.ts'
import { type UseFacts, usesOf } from './key-uses.ts'
import { isOwnCommand } from './own-command.ts'
import { PassedOverCount } from './passed-over.ts'
import { createAccessReader } from './place-access.ts'
import { kindOfPath, kindOfText } from './place-kind.ts'
import { TreeWalk } from './tree-walk.ts'

/** 64 MB of one file. */
const BYTES_PER_FILE = 64 * 1024 * 1024
/** Keys, and repositories, that are kept. */
const MOST = 10_000
/** Keys of one file of which is told what uses them: whoever has more is told by the first ones. */
const MOST_USES = 500
/** Git reads one while the other is looked at. */
const HISTORIES_AT_ONCE = 2
/** Milliseconds between two breaths, in which signals are heard and the progress is told. */
const BREATH = 50

/** Never throws for what lies on the disk. Without roots, looks at the home and this process's environment. */
export async function searchForKeys(
  machine: Machine,
  options: SearchOptions = {},
  progress: SearchProgress = () => undefined,
): Promise<KeySearch> {
  const search = new Search(machine, await machine.openTree(), options)
  await search.lookAtFiles(progress)
  if (options.roots === undefined) search.lookAtEnvironment()
  await search.lookAtHistories(progress)
  return search.result()
}

class Search {
  readonly #machine: Machine
  readonly #tree: FileTree
  readonly #options: SearchOptions
  readonly #roots: readonly string[]
  readonly #owners = new Set<number>()
  readonly #passedOver = new PassedOverCount()
  readonly #buffer = createLookBuffer()
  readonly #found: FoundKey[] = []
  readonly #repositories: string[] = []
  readonly #looked = { files: 0, bytes: 0, folders: 0 }
  readonly #last: Date | undefined
  readonly #access: ReturnType<typeof createAccessReader>
  #folder = ''
  /** Keys of histories that wait for their turn among the others. */
  #held = 0
  #ended: KeySearch['ended'] = 'whole'
  #facts: UseFacts = {}

  constructor(machine: Machine, tree: FileTree, options: SearchOptions) {
    this.#machine = machine
    this.#tree = tree
    this.#options = options
    this.#access = createAccessReader(tree, machine.platform)
    this.#roots = options.roots ?? listDefaultRoots(machine)
    this.#last = options.seconds === undefined ? undefined : after(machine.clock.now(), seconds(options.seconds))
    // Who names a folder wants what its owner has in it: root in a container, the work of somebody else.
    const owners = [tree.userId, ...this.#roots.map((root) => tree.describe(root, { followsLinks: true })?.owner)]
    for (const owner of owners) if (owner !== undefined) this.#owners.add(owner)
  }

  async lookAtFiles(progress: SearchProgress): Promise<void> {
    const { clock, env, home } = this.#machine
    const config = env['AWS_CONFIG_FILE'] ?? `${home}/.aws/config`
    const configText = await this.#machine.files.readText(config).catch(() => undefined)
    this.#facts = { env, ...(configText !== undefined && { configText }) }
    const walk = new TreeWalk({
      tree: this.#tree,
      platform: this.#machine.platform,
      home,
      everything: this.#options.everything ?? false,
      isKnownPlace: (path) => kindOfPath(path, home) !== 'other' || kindOfPath(`${path}/config`, home) !== 'other',
      passOver: (why, path) => this.#passedOver.add(why, path),
    })
    let breath = clock.now().getTime()
    for (const met of walk.walk(this.#roots)) {
      if (met.type === 'repository') this.#noteRepository(met.path)
      else if (met.type === 'folder') {
        this.#looked.folders += 1
        this.#folder = met.path
      } else this.#lookAtFile(met.path, met.isLink, walk)
      const now = clock.now().getTime()
      if (now - breath >= BREATH) {
        progress(this.#state())
        await clock.sleep(0 as Duration)
        breath = now
      }
      if (this.#isOver()) return
    }
  }

  #state(): Parameters<SearchProgress>[0] {
    return { ...this.#looked, found: this.#found.length + this.#held, folder: this.#folder }
  }

  #isOver(): boolean {
    if (this.#ended !== 'whole') return true
    if (this.#options.signal?.aborted) this.#ended = 'interrupted'
    else if (this.#last && this.#machine.clock.now() >= this.#last) this.#ended = 'time'
    else if (this.#found.length + this.#held >= MOST) this.#ended = 'memory'
    return this.#ended !== 'whole'
  }

  #noteRepository(path: string): void {
    if (this.#options.withHistory !== true) this.#passedOver.add('history', path)
    else if (this.#repositories.length < MOST) this.#repositories.push(path)
    else this.#passedOver.add('history', path)
  }

  #lookAtFile(path: string, isLink: boolean, walk: TreeWalk): void {
    const file = this.#tree.openFile(path, { followsLinks: isLink })
    if (!file) {
      // What vanished meanwhile is missed by nobody.
      if (this.#tree.describe(path)) this.#passedOver.add('unreadable', path)
      return
    }
    try {
      if (!isLink && walk.wasLinked(file.facts)) return
      if (this.#isOwn(file.facts)) this.#lookInto(file, path)
      else this.#passedOver.add('other-owner', path)
    } finally {
      file.close()
    }
  }

  #isOwn({ owner }: NodeFacts): boolean {
    return this.#options.anyOwner === true || owner === undefined || this.#owners.has(owner)
  }

  #lookInto(file: OpenFile, path: string): void {
    const everything = this.#options.everything ?? false
    const look = lookInto(file, this.#buffer, {
      path,
      detect: detectKeys,
      everything,
      bytesPerFile: this.#options.bytesPerFile ?? (everything ? Number.POSITIVE_INFINITY : BYTES_PER_FILE),
      goesOn: () => !this.#isOver(),
    })
    this.#looked.bytes += look.bytes
    if (look.passedOver) this.#passedOver.add(look.passedOver, path)
    if (look.passedOver !== 'binary') this.#looked.files += 1
    const access = this.#access(path, file.facts)
    for (const [index, { detected, text }] of look.seen.entries()) {
      if (this.#isOver()) return
      const { accessKeyId, secret, accountId, isCanary, line, column } = detected
      const kind = kindOfText(kindOfPath(path, this.#machine.home), path, text)
      if (isOwnCommand(kind, text, detected)) continue
      this.#found.push({
        ...(accessKeyId !== undefined && { accessKeyId }),
        ...(accountId !== undefined && { accountId }),
        ...(secret && { secret }),
        isCanary,
        place: { type: 'file', path, line, column },
        kind,
        uses: index < MOST_USES ? usesOf({ kind, path, text }, detected, this.#facts) : [],
        ...(access && { access }),
      })
    }
  }

  lookAtEnvironment(): void {
    if (!this.#isOver()) this.#found.push(...searchEnvironment(this.#machine.env, detectKeys))
  }

  async lookAtHistories(progress: SearchProgress): Promise<void> {
    if (this.#repositories.length === 0 || this.#isOver()) return
    const queue = this.#repositories.entries()
    const inHistories: (readonly FoundKey[])[] = []
    const work = async (): Promise<void> => {
      for (const [index, repository] of queue) {
        if (this.#isOver()) {
          this.#passedOver.add('history', repository)
          continue
        }
        this.#folder = repository
        progress(this.#state())
        inHistories[index] = await this.#lookAtHistory(repository)
      }
    }
    await Promise.all(Array.from({ length: HISTORIES_AT_ONCE }, work))
    // In the order of the repositories, whichever was done first.
    this.#found.push(...inHistories.flat())
    this.#held = 0
  }

  async #lookAtHistory(repository: string): Promise<readonly FoundKey[]> {
    const { searchHistory } = await import('./git-history.ts')
    const { signal, anyOwner = false } = this.#options
    const history = await searchHistory(this.#machine, repository, {
      detect: detectKeys,
      anyOwner,
      ...(this.#last && { time: (this.#last.getTime() - this.#machine.clock.now().getTime()) as Duration }),
      ...(signal && { signal }),
    })
    for (const passedOver of history.passedOver) this.#passedOver.include(passedOver)
    if (history.ended !== 'whole') this.#ended = history.ended
    this.#held += history.found.length
    return history.found
  }

  result(): KeySearch {
    return { found: this.#found, looked: this.#looked, passedOver: this.#passedOver.list(), ended: this.#ended }
  }
}
