/** Writes the sealed events of a time as lines of JSON, with hashes by which the lines can be verified alone. */

import { type AuditSeal, CHAIN_BEGINNING, canonicalText, chainHash } from '@mayfly/identity-center/audit-chain'
import type { Instance } from '@mayfly/identity-center/instance'
import { canonicalFields, type PositionedEvent, type Store } from '@mayfly/store'
import type { Keys } from '../keys/keys.ts'
import { formatRecord } from './record.ts'
import { authenticate } from './seal.ts'

export interface Export {
  readonly store: Pick<Store, 'auditEvents' | 'auditSeals'>
  readonly keys: Keys
  readonly instance: Instance
  /** From the first event at or after this moment on. */
  readonly since?: Date
  /** Up to the last event before this moment. */
  readonly until?: Date
}

const EVENTS_AT_ONCE = 200
const SEALS_AT_ONCE = 200

/** The last line of an export: without it the file was cut off. */
export interface ExportEnd {
  readonly end: true
  readonly events: number
  readonly hash: string
  readonly keyId: string
  readonly mac: string
}

/** What the code of the last line authenticates. */
export const exportText = (first: string | undefined, events: number, hash: string): string =>
  JSON.stringify(['export', first ?? null, events, hash])

/**
 * A line an event, in the order of the chain and without a gap: an event that was committed late may stand between newer
 * ones. The last line says how many there are.
 */
export async function* exportLines(asked: Export): AsyncGenerator<string> {
  let first: string | undefined
  let events = 0
  let last = CHAIN_BEGINNING
  let held: string[] = []
  for await (const { seal, event, previousHash, hash } of walkChain(asked)) {
    if (first === undefined && asked.since !== undefined && event.event.eventTime < asked.since) continue
    first ??= previousHash
    const place = { position: event.position, seal, previousHash, hash }
    held.push(JSON.stringify(formatRecord(event.event, event.userId, asked.instance, place)))
    // Those at or behind the end stay out, unless one before it comes after them.
    if (asked.until !== undefined && event.event.eventTime >= asked.until) {
      if (held.length > MOST_HELD) break
      continue
    }
    yield* held
    events += held.length
    held = []
    last = hash
  }
  const end = { end: true, events, hash: last, ...authenticate(exportText(first, events, last), asked.keys) } as const
  yield JSON.stringify({ mayfly: end satisfies ExportEnd })
}

/** Clocks of several nodes differ by less than what so many events take. */
const MOST_HELD = 10_000

interface Walked {
  readonly seal: number
  readonly event: PositionedEvent
  readonly previousHash: string
  readonly hash: string
}

async function* walkChain({ store, since }: Export): AsyncGenerator<Walked> {
  const base = await store.auditSeals.findCheckpoint('base')
  const from = since && (await store.auditSeals.findFirstSince(since))
  const number = from ? from.number - 1 : (base?.number ?? 0)
  let hash = (await store.auditSeals.find(number))?.hash ?? base?.hash ?? CHAIN_BEGINNING
  const lateSeals = await store.auditSeals.listLatePositions()
  for (let behind = number; ; ) {
    const seals = await store.auditSeals.list(behind, SEALS_AT_ONCE)
    for (const seal of seals) {
      for await (const event of eventsOf(seal, store, lateSeals)) {
        const previousHash = hash
        hash = chainHash(hash, canonicalText(canonicalFields(event.event, event.userId)))
        yield { seal: seal.number, event, previousHash, hash }
      }
      hash = seal.hash
    }
    if (seals.length < SEALS_AT_ONCE) return
    behind = seals.at(-1)?.number ?? behind
  }
}

async function* eventsOf(
  { number, firstPosition, lastPosition, late }: AuditSeal,
  store: Export['store'],
  lateSeals: ReadonlyMap<number, number>,
): AsyncGenerator<PositionedEvent> {
  for (const position of late) {
    yield* await store.auditEvents.listPositioned({ behind: position - 1, upTo: position, limit: 1 })
  }
  for (let behind = firstPosition - 1; behind < lastPosition; ) {
    const part = await store.auditEvents.listPositioned({ behind, upTo: lastPosition, limit: EVENTS_AT_ONCE })
    for (const event of part) if ((lateSeals.get(event.position) ?? number) === number) yield event
    if (part.length < EVENTS_AT_ONCE) return
    behind = part.at(-1)?.position ?? lastPosition
  }
}
