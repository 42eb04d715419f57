/** Which lines of which files change so that a role takes a long-term key's place, and what a person has to do. */

import type { Machine } from '../../machine/machine.ts'
import type { FoundKey } from '../key/found-key.ts'
import { adviseByHand, byEnvironment, IN_A_COMMENT } from './advice.ts'
import { editedBytes, hashOf } from './edited-bytes.ts'
import type { ByHand, EditPlan, FileEdit } from './file-edit.ts'
import { chooseFormat } from './formats/choose-format.ts'
import type { Draft, Left } from './formats/draft.ts'
import { planProfiles, type ReplacingProfile } from './profile/plan-profiles.ts'
import { diffLines } from './text/diff-lines.ts'
import { lineAt, listLines } from './text/lines.ts'
import { type Splice, sortSplices } from './text/splice.ts'
import { readText } from './text/text-of-file.ts'
import { findUnwritable, type Unwritable } from './writable.ts'

export type { ReplacingProfile }

export interface EditOptions {
  /** Deletes the entries of a shell's history that hold the key, too. */
  readonly deletesHistory?: boolean
}

/** The key that is replaced. */
interface Key {
  readonly accessKeyId: string
  /** In full, for finding their places; none of them is in what is answered. */
  readonly secrets: readonly string[]
}

/**
 * Writes nothing. `found` are the places of one key, and of its secret. Refuses (`conflict`) when the profile's name is
 * taken, and (`invalid`) when a file of AWS's cannot be parsed.
 */
export async function planEdits(
  machine: Machine,
  found: readonly FoundKey[],
  replacement: ReplacingProfile,
  options: EditOptions = {},
): Promise<EditPlan> {
  const accessKeyId = found.find((key) => key.accessKeyId !== undefined)?.accessKeyId
  if (accessKeyId === undefined) return { edits: [], byHand: found.map((key) => byHand(machine, key, replacement)) }
  const secrets = [...new Set(found.flatMap(({ secret }) => (secret ? [secret.reveal()] : [])))]
  const key: Key = { accessKeyId, secrets }
  const profiles = await planProfiles(machine, key, replacement)
  const obstacle =
    profiles.left.find(({ isReplacing }) => isReplacing)?.why ?? (await findUnwritableProfile(machine, profiles.drafts))
  const drafts: Draft[] = profiles.drafts.map((draft) => (obstacle === undefined ? draft : { ...draft, splices: [] }))
  const left: Left[] = [...profiles.left]
  const files = groupByFile(found)
  const ends = new Map<string, string>()
  for (const [foundAs, places] of files) {
    const path = await machine.files.followLinks(foundAs)
    ends.set(foundAs, path)
    if (drafts.some((draft) => draft.path === path)) continue
    const planned =
      obstacle === undefined
        ? await draftFile(machine, { foundAs, path, places, key, replacement, options })
        : undefined
    if (planned === undefined) left.push({ path: foundAs, ...NOT_READY })
    else if ('splices' in planned) drafts.push(planned)
    else left.push(planned)
  }
  return {
    ...(await finish(machine, { drafts, left, found, ends, key, replacement })),
    ...(obstacle !== undefined && { obstacle }),
  }
}

/** Why a file of the profile cannot be written. */
async function findUnwritableProfile(machine: Machine, drafts: readonly Draft[]): Promise<string | undefined> {
  for (const { path, foundAs, splices } of drafts) {
    const unwritable = splices.length > 0 ? await findUnwritable(machine, path) : undefined
    if (unwritable) return `${foundAs} cannot be changed. ${unwritable.why} ${unwritable.advice}`
  }
  return undefined
}

const NOT_READY = {
  why: 'The profile that would take its place cannot get the role.',
  advice: 'See to that profile first, then plan again.',
}

function groupByFile(found: readonly FoundKey[]): ReadonlyMap<string, readonly FoundKey[]> {
  const files = new Map<string, FoundKey[]>()
  for (const key of found) {
    if (key.place.type !== 'file') continue
    const places = files.get(key.place.path) ?? []
    files.set(key.place.path, places)
    places.push(key)
  }
  return files
}

/** What changes in a file; why it is left, where it is. A draft without splices leaves every place to a person. */
async function draftFile(
  machine: Machine,
  {
    foundAs,
    path,
    places,
    key,
    replacement,
    options: { deletesHistory = false },
  }: {
    readonly foundAs: string
    readonly path: string
    readonly places: readonly FoundKey[]
    readonly key: Key
    readonly replacement: ReplacingProfile
    readonly options: EditOptions
  },
): Promise<Draft | Left> {
  const kind = places[0]?.kind ?? 'other'
  const format = chooseFormat(foundAs, kind, { deletesHistory })
  const untouched: Draft = { path, foundAs, kind, bytes: null, text: '', encoding: 'utf-8', splices: [], notes: [] }
  // What nobody edits is not read: it may be a log of gigabytes.
  const bytes = format ? ((await machine.files.read(path)) ?? null) : null
  const read = bytes ? readText(bytes) : undefined
  if (!format || !read) return untouched
  const reader = findReader(kind, foundAs, read.text)
  if (reader) return { path: foundAs, ...byEnvironment(reader, reader)(replacement.profileName) }
  const answer = await format({ text: read.text, ...key, profileName: replacement.profileName })
  if (answer.leaves !== undefined && answer.splices.length === 0)
    return { path: foundAs, why: answer.leaves, advice: 'Change it by hand.' }
  const notes = [...answer.notes, ...danglingNotes(read.text, answer.splices)]
  return { ...untouched, ...read, bytes, splices: answer.splices, notes }
}

/** A program that takes keys from its environment and knows no profile, in a file that is made for it. */
function findReader(kind: FoundKey['kind'], path: string, text: string): string | undefined {
  const isFor = kind === 'dotenv' || /\.(?:service|conf|timer|sh|cron|crontab)$|\/crontab$/.test(path)
  return isFor ? /\b(restic|s3cmd|s3fs)(?![a-z0-9])/i.exec(text)?.[1]?.toLowerCase() : undefined
}

/** Uses of the variables that stay, and will find nothing. */
function danglingNotes(text: string, splices: readonly Splice[]): readonly string[] {
  if (splices.length === 0) return []
  const lines = listLines(text)
  const uses = [...text.matchAll(/\$(?:\{|env:)?(AWS_(?:ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN))(?!\w)/gi)]
  // The name alone may be what is changed: `$env:NAME = 'value'`.
  const staying = uses.filter(({ index, 0: whole }) => {
    const last = index + whole.length - 1
    return !splices.some(({ start, end }) => last >= start && last < end)
  })
  const shown = [...new Set(staying.map(({ index, 1: name }) => `line ${lineAt(lines, index) + 1} uses ${name}`))]
  return shown.slice(0, 3).map((use) => `${use[0]?.toUpperCase()}${use.slice(1)}, which is not set any more.`)
}

interface Planned {
  readonly drafts: readonly Draft[]
  readonly left: readonly Left[]
  readonly found: readonly FoundKey[]
  /** Where the links of each found file end. */
  readonly ends: ReadonlyMap<string, string>
  readonly key: Key
  readonly replacement: ReplacingProfile
}

async function finish(machine: Machine, planned: Planned): Promise<EditPlan> {
  const { drafts, left, found, ends, key, replacement } = planned
  const edits: FileEdit[] = []
  const byHandPlaces: ByHand[] = []
  const places = Map.groupBy(found, ({ place }) => (place.type === 'file' ? (ends.get(place.path) ?? '') : ''))
  for (const draft of drafts) {
    const unwritable = draft.splices.length > 0 ? await findUnwritable(machine, draft.path) : undefined
    const made = unwritable ? { ...draft, splices: [] } : draft
    if (made.splices.length > 0) edits.push(editOf(made, key))
    byHandPlaces.push(...remainingPlaces(machine, { ...planned, unwritable }, made, places.get(draft.path) ?? []))
    places.delete(draft.path)
  }
  for (const key of [...places.values()].flat()) {
    const { place } = key
    const reason = left.find(({ path }) => place.type === 'file' && path === place.path)
    byHandPlaces.push(byHand(machine, key, replacement, reason))
  }
  return { edits, byHand: byHandPlaces }
}

/** Places of a file that still hold the key once it is changed: all of them where it is not. */
function remainingPlaces(
  machine: Machine,
  { left, key, replacement, unwritable }: Planned & { readonly unwritable: Unwritable | undefined },
  draft: Draft,
  places: readonly FoundKey[],
): readonly ByHand[] {
  const staying = listRemaining(draft, key)
  return [...places, ...unseen(draft, staying, places)].flatMap((each) => {
    if (each.place.type !== 'file') return []
    const { line } = each.place
    if (!staying.has(line) && draft.splices.length > 0) return []
    const reason = left.find(({ path, lines }) => path === draft.foundAs && (lines?.includes(line) ?? true))
    return [byHand(machine, each, replacement, unwritable ?? reason ?? (staying.get(line) ? IN_A_COMMENT : undefined))]
  })
}

/** Lines (from 1) that hold the key once the splices are made, and whether they are comments. */
function listRemaining({ text, splices }: Draft, { accessKeyId, secrets }: Key): ReadonlyMap<number, boolean> {
  const lines = listLines(text)
  const remaining = new Map<number, boolean>()
  for (const needle of [accessKeyId, ...secrets]) {
    for (let at = text.indexOf(needle); at !== -1; at = text.indexOf(needle, at + needle.length)) {
      if (splices.some(({ start, end }) => at >= start && at + needle.length <= end)) continue
      const index = lineAt(lines, at)
      const line = lines[index]
      remaining.set(index + 1, COMMENT.test(text.slice(line?.start, line?.end)))
    }
  }
  return remaining
}

const COMMENT = /^[\s\ufeff]*(?:#|;|\/\/|\/\*|\*|<!--|--|rem\s|::)/i

/** Places in a file that is changed which the search did not tell of. */
function unseen(
  { foundAs, kind, splices }: Draft,
  staying: ReadonlyMap<number, boolean>,
  places: readonly FoundKey[],
): readonly Pick<FoundKey, 'place' | 'kind'>[] {
  if (splices.length === 0) return []
  const seen = new Set(places.map(({ place }) => (place.type === 'file' ? place.line : 0)))
  return [...staying.keys()]
    .filter((line) => !seen.has(line))
    .map((line) => ({ place: { type: 'file', path: foundAs, line, column: 1 }, kind }))
}

function editOf(draft: Draft, { accessKeyId, secrets }: Key): FileEdit {
  const { path, foundAs, kind, encoding, notes, text } = draft
  const splices = sortSplices(draft.splices)
  const after = editedBytes({ splices, encoding }, draft.bytes)
  if (!after) throw new Error(`The change of ${path} does not fit it.`)
  return {
    path,
    foundAs,
    kind,
    accessKeyId,
    encoding,
    before: hashOf(draft.bytes),
    after: hashOf(after) ?? '',
    splices,
    diff: diffLines(text, splices, secrets),
    notes,
  }
}

function byHand(
  machine: Machine,
  key: Pick<FoundKey, 'place' | 'kind'>,
  { profileName }: ReplacingProfile,
  advice?: Pick<Left, 'why' | 'advice'>,
): ByHand {
  const told = advice ?? adviseByHand(key, profileName, machine.platform)
  return { place: key.place, kind: key.kind, why: told.why, advice: told.advice }
}
