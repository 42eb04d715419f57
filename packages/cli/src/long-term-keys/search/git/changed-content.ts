/** The keys that changes bring: of a new content those that its former ones do not have. */

import type { Duration } from '@mayfly/identity-center/duration'
import type { Detected } from '../../detection/detected.ts'
import { listAdded } from './added-lines.ts'
import { listSmall } from './list-objects.ts'
import type { GitObject } from './object-stream.ts'
import type { OwnRepository } from './own-repository.ts'
import { type ReadObjects, readObjects } from './read-objects.ts'
import type { Watch } from './watch.ts'

/** A new content, or the message of a commit. */
export interface Change {
  readonly id: string
  /** What was there before; none for what is new. */
  readonly before: readonly string[]
  /** Absent for a message. */
  readonly path?: string
  readonly commit?: string
}

export interface ChangeHit {
  readonly change: Change
  readonly detected: Detected
  /** The new content, in which it was detected. */
  readonly text: string
}

export interface LookedChanges {
  readonly hits: readonly ChangeHit[]
  readonly looked: { readonly objects: number; readonly bytes: number }
  readonly tooBig: number
  readonly broken: number
  /** Contents that are not here. */
  readonly missing: number
  /** Why not everything was looked at. */
  readonly cut?: 'time' | 'interrupted'
}

export interface LookOptions {
  /** The text and the keys of an object; nothing for one without any. */
  readonly look: (object: GitObject) => { readonly text: string; readonly detected: readonly Detected[] } | undefined
  /** The text of an object, whatever is in it. */
  readonly read: (object: GitObject) => string
  readonly bytesPerObject: number
  readonly watch: Watch
  /** Given again for former contents: without them everything would be new. */
  readonly timeForFormer: Duration
}

const NOTHING_READ: ReadObjects = { broken: 0, isWhole: false }

/** Reads each content once, and former ones only where the new one holds a key. */
export async function lookAtChanges(
  repository: OwnRepository,
  changes: readonly Change[],
  { look, read: readText, bytesPerObject, watch, timeForFormer }: LookOptions,
): Promise<LookedChanges> {
  const suspects = new Map<string, { text: string; detected: readonly Detected[] }>()
  const looked = { objects: 0, bytes: 0 }
  const see = (object: GitObject): void => {
    looked.objects += 1
    looked.bytes += object.bytes.length
    const seen = look(object)
    if (seen) suspects.set(object.id, seen)
  }
  const goesOn = (): boolean => watch.over() === undefined
  const all = [...new Set(changes.map(({ id }) => id))]
  const wanted = await listSmall(repository, all, bytesPerObject)
  const missing = goesOn() ? all.length - wanted.ids.length - wanted.tooBig : 0
  const read = goesOn() ? await readObjects(repository, { ids: wanted.ids, goesOn }, see) : NOTHING_READ
  const cutBefore = watch.over()
  if (cutBefore === 'time') watch.renew(timeForFormer)
  const suspected = changes.filter(({ id }) => suspects.has(id))
  const former = new Map<string, string>()
  const ids = [...new Set(suspected.flatMap(({ before }) => before))]
  const small = await listSmall(repository, goesOn() ? ids : [], bytesPerObject)
  const rest = goesOn() ? small.ids : []
  const again = await readObjects(repository, { ids: rest, goesOn }, (object) => {
    former.set(object.id, readText(object))
  })
  const cutAfter = watch.over()
  // Whether a key is new, nobody knows who has not read what was there before.
  const judged = cutAfter ? suspected.filter(({ before }) => before.every((id) => former.has(id))) : suspected
  const hits = judged.flatMap((change) => {
    const { text, detected } = suspects.get(change.id) ?? { text: '', detected: [] }
    const texts = change.before.flatMap((id) => former.get(id) ?? [])
    return listAdded(text, detected, texts).map((each) => ({ change, detected: each, text }))
  })
  const cut = cutBefore ?? cutAfter
  const broken = cut ? 0 : read.broken + again.broken
  return { hits, looked, tooBig: wanted.tooBig, broken, missing, ...(cut && { cut }) }
}
