/** Seals the audit events that were committed: a stretch of the chain at a time, beside those who write them. */

import {
  type AuditCheckpoint,
  type AuditSeal,
  CHAIN_BEGINNING,
  chainHash,
  checkpointText,
  type MissingPositions,
  missingBetween,
  sealText,
} from '@mayfly/identity-center/audit-chain'
import { after, type Duration, minutes, seconds } from '@mayfly/identity-center/duration'
import { Refusal } from '@mayfly/identity-center/refusal'
import type { EventText } from '@mayfly/store'
import type { ServerContext } from '../context/context.ts'

export type ChainContext = Pick<ServerContext, 'store' | 'clock' | 'keys'>

/** How many events are read in one turn of the event loop: they take less than a millisecond. */
const READ_AT_ONCE = 100
/** A seal of a busy second; more make several. */
const MOST_EVENTS_OF_A_SEAL = 4000
/** No transaction of ours lasts as long. */
const MISSING_AWAITED_FOR = minutes(10)
/** Whoever has sealed goes on for as long: the other nodes need not read the same events. */
const LEASE = seconds(5)
const LEASE_NAME = 'audit-seals'

/** Seals all that was committed, in the name of `holder` (any text of this process alone); returns how many events. */
export async function sealEvents(context: ChainContext, holder: string): Promise<number> {
  for (let count = 0; ; ) {
    const lease = await context.store.leases.find(LEASE_NAME)
    if (lease && lease.holder !== holder && isInForce(lease.expiresAt, context.clock.now())) return count
    const stretch = await readStretch(context)
    if (stretch.events.length === 0 || !(await writeSeal(stretch, holder, context))) return count
    count += stretch.events.length
    if (stretch.events.length < MOST_EVENTS_OF_A_SEAL) return count
  }
}

/** A lease that ends in the far future was taken by a clock that has been corrected since. */
const isInForce = (expiresAt: Date, now: Date): boolean =>
  now < expiresAt && expiresAt <= after(now, (2 * LEASE) as Duration)

interface Stretch {
  readonly head: AuditCheckpoint | undefined
  readonly late: readonly number[]
  readonly events: readonly EventText[]
  readonly missing: readonly MissingPositions[]
}

async function readStretch(context: ChainContext): Promise<Stretch> {
  const { store, clock } = context
  const head = await findHead(context)
  const last = head && (await store.auditSeals.find(head.number))
  const now = clock.now()
  const awaited = (last?.missing ?? []).filter(({ awaitedUntil }) => now.toISOString() < awaitedUntil)
  const late: EventText[] = []
  const missing: MissingPositions[] = []
  for (const { first, last: end, awaitedUntil } of awaited) {
    const found = await readEvents(context, first - 1, end)
    late.push(...found)
    const positions = found.map(({ position }) => position)
    missing.push(...missingBetween(first, end, positions, new Date(awaitedUntil)))
  }
  const behind = head?.position ?? 0
  const fresh = await readEvents(context, behind)
  const positions = fresh.map(({ position }) => position)
  // Nobody waits for what lies before the very first event: its place may be any.
  const first = head ? behind + 1 : (positions[0] ?? 1)
  missing.push(...missingBetween(first, positions.at(-1) ?? behind, positions, after(now, MISSING_AWAITED_FOR)))
  return { head, late: late.map(({ position }) => position), events: [...late, ...fresh], missing }
}

async function readEvents({ store }: ChainContext, behind: number, upTo?: number): Promise<EventText[]> {
  const events: EventText[] = []
  while (events.length < MOST_EVENTS_OF_A_SEAL) {
    const from = events.at(-1)?.position ?? behind
    const filter = { behind: from, limit: READ_AT_ONCE, ...(upTo === undefined ? {} : { upTo }) }
    const part = await store.auditEvents.listTexts(filter)
    events.push(...part)
    if (part.length < READ_AT_ONCE) return events
    await new Promise((resolve) => setImmediate(resolve))
  }
  return events
}

/** False when another node was quicker. */
async function writeSeal(stretch: Stretch, holder: string, context: ChainContext): Promise<boolean> {
  const { store, clock } = context
  const { seal, head } = await createSeal(stretch, context)
  const now = clock.now()
  try {
    await store.transaction(async (tx) => {
      if (!(await tx.auditSeals.replaceCheckpoint(head, stretch.head?.number))) throw sealedByAnother()
      await tx.auditSeals.insert(seal)
      await tx.leases.take({ name: LEASE_NAME, holder, expiresAt: after(now, LEASE) }, now)
    })
    return true
  } catch (error) {
    if (error instanceof Refusal && error.code === 'conflict') return false
    throw error
  }
}

const sealedByAnother = (): Refusal => new Refusal('conflict', 'Another node has sealed these events.')

async function createSeal(
  { head, late, events, missing }: Stretch,
  { clock, keys }: ChainContext,
): Promise<{ readonly seal: AuditSeal; readonly head: AuditCheckpoint }> {
  let hash = head?.hash ?? CHAIN_BEGINNING
  let newest = 0
  for (const [index, { text, eventTime }] of events.entries()) {
    hash = chainHash(hash, text)
    newest = Math.max(newest, eventTime.getTime())
    if (index % READ_AT_ONCE === READ_AT_ONCE - 1) await new Promise((resolve) => setImmediate(resolve))
  }
  const sealedAt = clock.now()
  const number = (head?.number ?? 0) + 1
  const behind = head?.position ?? 0
  const position = Math.max(behind, events.at(-1)?.position ?? 0)
  const seal = {
    number,
    firstPosition: behind + 1,
    lastPosition: position,
    late,
    missing,
    events: (head?.events ?? 0) + events.length,
    newestEventTime: new Date(newest),
    hash,
    sealedAt,
  }
  const checkpoint = {
    name: 'head' as const,
    number,
    position,
    events: seal.events,
    hash,
    notedAt: sealedAt,
  }
  return {
    seal: { ...seal, ...authenticate(sealText(seal), keys) },
    head: { ...checkpoint, ...authenticate(checkpointText(checkpoint), keys) },
  }
}

/** The code over a seal or a checkpoint. */
export function authenticate(text: string, keys: ChainContext['keys']): { keyId: string; mac: string } {
  const { keyId, code } = keys.mac('audit-chain', text)
  return { keyId, mac: code.toString('base64url') }
}

/** Whether a key of this server made that code. */
export const isAuthentic = (text: string, { keyId, mac }: { keyId: string; mac: string }, keys: ChainContext['keys']) =>
  keys.mac('audit-chain', text, keyId)?.code.toString('base64url') === mac

/** Up to where the chain goes. Nothing is added behind a head that is not ours. */
async function findHead({ store, keys }: ChainContext): Promise<AuditCheckpoint | undefined> {
  const isFirst = (await store.auditSeals.findLast()) === undefined
  // Asked for after the seals: another node may set the first one meanwhile.
  const head = await store.auditSeals.findCheckpoint('head')
  if (head && isAuthentic(checkpointText(head), head, keys)) return head
  if (!head && isFirst) return undefined
  throw new Refusal('invalid', 'The end of the audit chain was changed or removed.', {
    hint: 'mayfly-server audit verify',
  })
}
