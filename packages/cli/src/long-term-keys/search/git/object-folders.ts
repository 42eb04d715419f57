/** The folders in which a repository's objects lie, its alternates among them, looked through for traps before git reads them. */

import type { EntryKind } from '../../../machine/careful-files.ts'
import { type Door, pathOf } from './repository-place.ts'

/** A folder of objects, with what of it git may read. */
export interface ObjectFolder {
  /** Absolute, links followed. */
  readonly path: string
  /** `pack`, `00` … `ff`: folders that hold nothing but regular files. */
  readonly parts: readonly string[]
  /** A partial clone: it names objects that it does not have. */
  readonly isPartial: boolean
}

/** Something of a repository that is not read, and why. */
export interface NotRead {
  readonly why: 'other-owner' | 'special' | 'unreadable' | 'too-big'
  readonly path: string
}

export interface ObjectFolders {
  readonly folders: readonly ObjectFolder[]
  readonly notRead: readonly NotRead[]
}

/** Git goes no deeper. */
const DEPTH = 5
const MOST_FOLDERS = 50
const MOST_ENTRIES = 200_000
const ALTERNATES = 100_000

/** Looks through the folder and the alternates that it names, each once, in circles too. */
export async function listObjectFolders(door: Door, start: string, anyOwner: boolean): Promise<ObjectFolders> {
  const folders: ObjectFolder[] = []
  const notRead: NotRead[] = []
  const seen = new Set<string>()
  let round: readonly string[] = [start]
  for (let depth = 0; depth <= DEPTH && round.length > 0; depth += 1) {
    const next: string[] = []
    for (const named of round) {
      const found = await door.carefulFiles.findFolder(named)
      if (!found) notRead.push({ why: 'unreadable', path: named })
      if (!found || seen.has(found.path)) continue
      seen.add(found.path)
      if (!found.isOwn && !anyOwner) notRead.push({ why: 'other-owner', path: found.path })
      else if (folders.length >= MOST_FOLDERS) notRead.push({ why: 'too-big', path: found.path })
      else {
        folders.push(await lookThrough(door, found.path, notRead))
        next.push(...(await readAlternates(door, found.path, notRead)))
      }
    }
    round = next
  }
  return { folders, notRead }
}

/** Git would wait for ever for a pipe among them. A link may lead to one, or out of the folder of its owner. */
async function lookThrough(door: Door, folder: string, notRead: NotRead[]): Promise<ObjectFolder> {
  const entries = (await door.carefulFiles.listEntries(folder, MOST_ENTRIES)) ?? []
  const known = entries.filter(({ name }) => /^(?:pack|[0-9a-f]{2})$/.test(name))
  const judged = await Promise.all(
    known.map(async ({ name, kind }) => {
      const part = pathOf(door).join(folder, name)
      return { name, part, ...(await findTrap(door, part, kind)) }
    }),
  )
  const packs = judged.find(({ name }) => name === 'pack')?.names ?? []
  for (const { part, why } of judged) if (why !== undefined) notRead.push({ why, path: part })
  const parts = judged.filter(({ why }) => why === undefined).map(({ name }) => name)
  return { path: folder, parts, isPartial: packs.some((name) => name.endsWith('.promisor')) }
}

interface Judged {
  readonly why?: NotRead['why']
  readonly names?: readonly string[]
}

async function findTrap(door: Door, part: string, kind: EntryKind): Promise<Judged> {
  if (kind !== 'folder') return { why: 'special' }
  const inside = await door.carefulFiles.listEntries(part, MOST_ENTRIES)
  if (!inside) return { why: 'unreadable' }
  if (inside.length >= MOST_ENTRIES) return { why: 'too-big' }
  if (inside.some((entry) => entry.kind !== 'file' && entry.kind !== 'folder')) return { why: 'special' }
  return { names: inside.map(({ name }) => name) }
}

/** One path a line, relative to the folder; `#` begins a comment, quotes are C's. */
async function readAlternates(door: Door, folder: string, notRead: NotRead[]): Promise<readonly string[]> {
  const path = pathOf(door)
  const file = path.join(folder, 'info', 'alternates')
  const seen = await door.carefulFiles.look(file)
  if (!seen) return []
  const bytes = await door.carefulFiles.readStart(file, ALTERNATES)
  if (!bytes) notRead.push({ why: seen.kind === 'file' ? 'unreadable' : 'special', path: file })
  return parseAlternates(Buffer.from(bytes ?? []).toString())
    .slice(0, MOST_FOLDERS)
    .filter((named) => !(door.platform === 'win32' && /^[\\/]{2}/.test(named)))
    .map((named) => path.resolve(folder, named))
}

export const parseAlternates = (text: string): readonly string[] =>
  text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map(unquote)

const ESCAPES: Readonly<Record<string, string>> = { a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' }

/** A path in quotes as git writes one: octal numbers are bytes of UTF-8. */
function unquote(word: string): string {
  const inside = /^"(.*)"$/s.exec(word)?.[1]
  if (inside === undefined) return word
  const bytes = inside.replace(/\\([0-7]{3})|\\(.)|([^\\]+)/gs, (_, octal: string, letter: string, plain: string) => {
    if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8) & 0xff)
    return Buffer.from(plain ?? ESCAPES[letter] ?? letter).toString('latin1')
  })
  return Buffer.from(bytes, 'latin1').toString()
}
