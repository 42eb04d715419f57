/** The keys that changes bring: of a new content those that its former ones do not have. */

import type { Detected, DetectKeys } from '../../detection/detected.ts'
import { listAdded } from './added-lines.ts'
import { listSmall } from './list-objects.ts'
import type { GitObject } from './object-stream.ts'
import { mayHoldKey, messageOf, textOf } from './object-text.ts'
import type { OwnRepository } from './own-repository.ts'
import { readObjects } from './read-objects.ts'

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
}

export interface LookedChanges {
  readonly hits: readonly ChangeHit[]
  readonly looked: { readonly objects: number; readonly bytes: number }
  readonly tooBig: number
  readonly broken: number
}

export interface LookOptions {
  readonly detect: DetectKeys
  readonly bytesPerObject: number
}

/** Reads each content once, and former ones only where the new one holds a key. */
export async function lookAtChanges(
  repository: OwnRepository,
  changes: readonly Change[],
  { detect, bytesPerObject }: LookOptions,
): Promise<LookedChanges> {
  const suspects = new Map<string, { text: string; detected: readonly Detected[] }>()
  const looked = { objects: 0, bytes: 0 }
  const see = ({ id, type, bytes }: GitObject): void => {
    looked.objects += 1
    looked.bytes += bytes.length
    if (!mayHoldKey(bytes)) return
    const text = type === 'blob' ? textOf(bytes) : messageOf(bytes)
    const detected = detect(text)
    if (detected.length > 0) suspects.set(id, { text, detected })
  }
  const goesOn = (): boolean => true
  const wanted = await listSmall(repository, [...new Set(changes.map(({ id }) => id))], bytesPerObject)
  const read = await readObjects(repository, { ids: wanted.ids, goesOn }, see)
  const suspected = changes.filter(({ id }) => suspects.has(id))
  const former = new Map<string, string>()
  const ids = [...new Set(suspected.flatMap(({ before }) => before))]
  const small = await listSmall(repository, ids, bytesPerObject)
  const again = await readObjects(repository, { ids: small.ids, goesOn }, ({ id, bytes }) => {
    former.set(id, textOf(bytes))
  })
  const hits = suspected.flatMap((change) => {
    const { text, detected } = suspects.get(change.id) ?? { text: '', detected: [] }
    const texts = change.before.flatMap((id) => former.get(id) ?? [])
    return listAdded(text, detected, texts).map((each) => ({ change, detected: each }))
  })
  return { hits, looked, tooBig: wanted.tooBig, broken: read.broken + again.broken }
}
