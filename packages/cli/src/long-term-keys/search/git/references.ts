/** The references of a repository, as its files say them: branches, tags, HEADs, and what reflogs and the stash remember. */

import { type Door, pathOf, type RepositoryPlace, readLine } from './repository-place.ts'

export interface References {
  /** Hash by full name: `refs/heads/main`. */
  readonly named: ReadonlyMap<string, string>
  /** `ref: refs/heads/main`, or a hash. */
  readonly head: string | undefined
  /** This working tree's `FETCH_HEAD`, `ORIG_HEAD` …, by name. */
  readonly heads: ReadonlyMap<string, string>
  /** Further commits that something remembers: reflogs, other working trees. */
  readonly remembered: ReadonlySet<string>
  /** Commits whose parents are not here: a shallow clone. */
  readonly shallow: readonly string[]
  /** There is more than is read. */
  readonly isCut: boolean
}

const MOST = 200_000
const PACKED = 50_000_000
const LOG = 4_000_000
const LOOSE_FOLDERS = 20_000
const LOOSE_FILES = 50_000

const HASH = /^(?:[0-9a-f]{64}|[0-9a-f]{40})$/
/** What git takes for a name, and a little less. */
const NAME = /^refs\/(?!.*(?:\.\.|\/\/|@\{|\.lock(?:\/|$)|\/\.|\.(?:\/|$)))[^\s\p{Cc}~^:?*[\\]+(?<!\/)$/u

export async function readReferences(door: Door, place: RepositoryPlace): Promise<References> {
  const path = pathOf(door)
  const named = new Map<string, string>()
  const remembered = new Set<string>()
  const packed = await door.carefulFiles.readStart(path.join(place.sharedFolder, 'packed-refs'), PACKED)
  for (const [name, hash] of parsePackedReferences(Buffer.from(packed ?? []).toString())) {
    if (named.size < MOST) named.set(name, hash)
  }
  const links = new Map<string, string>()
  await walk(door, place.sharedFolder, 'refs', async (name) => {
    const text = await readLine(door, path.join(place.sharedFolder, ...name.split('/')))
    const link = /^ref: *(\S+)$/.exec(text ?? '')?.[1]
    if (!NAME.test(name)) return
    if (link !== undefined) links.set(name, link)
    else if (HASH.test(text ?? '')) named.set(name, text ?? '')
  })
  for (const [name, link] of links) {
    const hash = named.get(link)
    if (hash !== undefined) named.set(name, hash)
  }
  for (const folder of await listHeadFolders(door, place)) await readHeads(door, folder, remembered)
  await readLogs(door, place, remembered)
  const shallow = await door.carefulFiles.readStart(path.join(place.sharedFolder, 'shallow'), PACKED)
  return {
    named,
    head: await findHead(door, place),
    heads: await readHeads(door, place.gitFolder, new Set()),
    remembered,
    shallow: linesOf(shallow).filter((line) => HASH.test(line)),
    isCut: named.size >= MOST || remembered.size >= MOST,
  }
}

/** HEAD alone, and what it leads to: all that what is staged is compared with. */
export async function readHead(door: Door, place: RepositoryPlace): Promise<References> {
  const head = await findHead(door, place)
  const name = head?.replace(/^ref: /, '')
  const named = new Map<string, string>()
  if (head?.startsWith('ref: ') && name !== undefined) {
    const loose = await readLine(door, pathOf(door).join(place.sharedFolder, ...name.split('/')))
    const hash = HASH.test(loose ?? '') ? loose : await findPacked(door, place, name)
    if (hash !== undefined) named.set(name, hash)
  }
  return { named, head, heads: new Map(), remembered: new Set(), shallow: [], isCut: false }
}

async function findPacked(door: Door, place: RepositoryPlace, name: string): Promise<string | undefined> {
  const packed = await door.carefulFiles.readStart(pathOf(door).join(place.sharedFolder, 'packed-refs'), PACKED)
  for (const [each, hash] of parsePackedReferences(Buffer.from(packed ?? []).toString())) if (each === name) return hash
  return undefined
}

const linesOf = (bytes: Uint8Array | undefined): readonly string[] =>
  Buffer.from(bytes ?? [])
    .toString()
    .split(/\r?\n/)

/** `<hash> <name>` a line. Comments and the hashes of what tags point at (`^…`) tell nothing new. */
export function* parsePackedReferences(text: string): Generator<readonly [name: string, hash: string]> {
  for (const line of text.split('\n')) {
    const space = line.indexOf(' ')
    const [hash, name] = [line.slice(0, space), line.slice(space + 1).replace(/\r$/, '')]
    if (space > 0 && HASH.test(hash) && NAME.test(name)) yield [name, hash]
  }
}

async function findHead(door: Door, { gitFolder }: RepositoryPlace): Promise<string | undefined> {
  const text = await readLine(door, pathOf(door).join(gitFolder, 'HEAD'))
  const link = /^ref: *(\S+)$/.exec(text ?? '')?.[1]
  if (link !== undefined) return NAME.test(link) ? `ref: ${link}` : undefined
  return HASH.test(text ?? '') ? text : undefined
}

/** The repository's own, and those of the working trees beside it. */
async function listHeadFolders(door: Door, place: RepositoryPlace): Promise<readonly string[]> {
  const trees = pathOf(door).join(place.sharedFolder, 'worktrees')
  const names = (await door.carefulFiles.listEntries(trees, 1000)) ?? []
  return [place.sharedFolder, place.gitFolder, ...names.map(({ name }) => pathOf(door).join(trees, name))]
}

async function readHeads(door: Door, folder: string, remembered: Set<string>): Promise<Map<string, string>> {
  const heads = new Map<string, string>()
  for (const name of ['HEAD', 'ORIG_HEAD', 'FETCH_HEAD', 'MERGE_HEAD', 'CHERRY_PICK_HEAD', 'REVERT_HEAD']) {
    const hash = /^[0-9a-f]+/.exec((await readLine(door, pathOf(door).join(folder, name))) ?? '')?.[0]
    if (hash === undefined || !HASH.test(hash)) continue
    remembered.add(hash)
    if (name !== 'HEAD') heads.set(name, hash)
  }
  return heads
}

/** `<old> <new> <who and when>\t<what>` a line; the stash is such a log. */
async function readLogs(door: Door, place: RepositoryPlace, remembered: Set<string>): Promise<void> {
  const path = pathOf(door)
  const read = async (file: string): Promise<void> => {
    for (const line of linesOf(await door.carefulFiles.readStart(file, LOG))) {
      const [before = '', after = ''] = line.split(' ', 2)
      for (const hash of [before, after]) {
        if (HASH.test(hash) && !/^0+$/.test(hash) && remembered.size < MOST) remembered.add(hash)
      }
    }
  }
  for (const folder of await listHeadFolders(door, place)) await read(path.join(folder, 'logs', 'HEAD'))
  await walk(door, path.join(place.sharedFolder, 'logs'), 'refs', (name) =>
    read(path.join(place.sharedFolder, 'logs', ...name.split('/'))),
  )
}

/** Every regular file below `root/start`; links are not followed. */
async function walk(door: Door, root: string, start: string, see: (name: string) => Promise<void>): Promise<void> {
  const folders = [start]
  let seen = 0
  for (let index = 0; index < folders.length && index < LOOSE_FOLDERS; index += 1) {
    const folder = folders[index] ?? ''
    const entries = await door.carefulFiles.listEntries(pathOf(door).join(root, ...folder.split('/')), MOST)
    for (const { name, kind } of entries ?? []) {
      if (kind === 'folder') folders.push(`${folder}/${name}`)
      else if (kind === 'file') {
        seen += 1
        if (seen > LOOSE_FILES) return
        await see(`${folder}/${name}`)
      }
    }
  }
}
