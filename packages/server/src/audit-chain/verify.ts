/** Verifies the audit chain in the database: every event, every seal, both ends. */

import {
  type AuditCheckpoint,
  type AuditSeal,
  CHAIN_BEGINNING,
  chainHash,
  checkpointText,
  sealText,
} from '@mayfly/identity-center/audit-chain'
import type { Store } from '@mayfly/store'
import type { Keys } from '../keys/keys.ts'
import { isAuthentic } from './seal.ts'

/** What was found; the chain is whole when `problems` is empty. */
export interface ChainReport {
  /** How many events of the chain are kept, as they were found. */
  readonly events: number
  readonly seals: number
  /** How many events went by retention. */
  readonly deleted: number
  /** Committed, and not in the chain yet. */
  readonly unsealed: number
  /** The hash behind the last event. */
  readonly hash: string
  readonly problems: readonly string[]
}

interface Verification {
  readonly store: Pick<Store, 'auditEvents' | 'auditSeals'>
  readonly keys: Keys
  /** Verify no more than so many seals at the end of the chain; the seal before them is believed. */
  readonly lastSeals?: number
}

/** So that a chain that is wrong from end to end is told in a few lines. */
const MOST_PROBLEMS = 20
const EVENTS_AT_ONCE = 200
const SEALS_AT_ONCE = 200

/** Reads the whole chain, a piece at a time. Throws nothing for a chain that was tampered with: it says so. */
export async function verifyChain({ store, keys, lastSeals }: Verification): Promise<ChainReport> {
  const problems: string[] = []
  const head = await store.auditSeals.findCheckpoint('head')
  const base = await store.auditSeals.findCheckpoint('base')
  problems.push(...checkpointProblems(head, keys), ...checkpointProblems(base, keys))
  const lateSeals = await store.auditSeals.listLatePositions()
  let link = await findBeginning(base, store, lastSeals === undefined ? 0 : (head?.number ?? 0) - lastSeals)
  let found = 0
  let seals = 0
  for (let behind = link.number; ; ) {
    const part = await store.auditSeals.list(behind, SEALS_AT_ONCE)
    for (const seal of part) {
      const outcome = await verifySeal(seal, link, { store, keys, lateSeals })
      if (problems.length < MOST_PROBLEMS) problems.push(...outcome.problems)
      found += outcome.found
      seals += 1
      link = { number: seal.number, position: seal.lastPosition, events: seal.events, hash: seal.hash }
    }
    behind = link.number
    if (part.length < SEALS_AT_ONCE) break
  }
  problems.push(...endProblems(head, link))
  const unsealed = await countUnsealed(link.position, store)
  return { events: found, seals, deleted: base?.events ?? 0, unsealed, hash: link.hash, problems }
}

/** What the chain is up to here. */
interface Link {
  readonly number: number
  readonly position: number
  readonly events: number
  readonly hash: string
}

async function findBeginning(
  base: AuditCheckpoint | undefined,
  { auditSeals }: Verification['store'],
  number: number,
): Promise<Link> {
  const seal = number > (base?.number ?? 0) ? await auditSeals.find(number) : undefined
  if (seal) return { number, position: seal.lastPosition, events: seal.events, hash: seal.hash }
  return {
    number: base?.number ?? 0,
    position: base?.position ?? 0,
    events: base?.events ?? 0,
    hash: base?.hash ?? CHAIN_BEGINNING,
  }
}

function checkpointProblems(checkpoint: AuditCheckpoint | undefined, keys: Keys): string[] {
  if (!checkpoint || isAuthentic(checkpointText(checkpoint), checkpoint, keys)) return []
  const end = checkpoint.name === 'head' ? 'end' : 'beginning'
  return [`The note of where the chain has its ${end} was changed.`]
}

/** Who removes the last events and their seals cannot write the note of an earlier end. */
function endProblems(head: AuditCheckpoint | undefined, link: Link): string[] {
  if (!head) return link.number === 0 ? [] : ['The note of where the chain ends was removed.']
  if (head.number > link.number) {
    return [`The end of the chain was removed: ${head.events - link.events} events behind seal ${link.number}.`]
  }
  return head.number === link.number && head.hash === link.hash && head.events === link.events
    ? []
    : ['The end of the chain is another one than was noted.']
}

async function verifySeal(
  seal: AuditSeal,
  before: Link,
  { store, keys, lateSeals }: Verification & { readonly lateSeals: ReadonlyMap<number, number> },
): Promise<{ readonly found: number; readonly problems: string[] }> {
  const name = `Seal ${seal.number} (${seal.sealedAt.toISOString()}, events ${seal.firstPosition} to ${seal.lastPosition})`
  const problems: string[] = []
  if (!isAuthentic(sealText(seal), seal, keys)) problems.push(`${name} was changed.`)
  if (seal.number !== before.number + 1 || seal.firstPosition !== before.position + 1) {
    problems.push(`Before ${name} others were removed: ${seal.number - before.number - 1}.`)
    return { found: seal.events - before.events, problems }
  }
  let hash = before.hash
  let found = 0
  for await (const text of textsOf(seal, store, lateSeals)) {
    hash = chainHash(hash, text)
    found += 1
  }
  const expected = seal.events - before.events
  if (found < expected) problems.push(`${name}: events were removed: ${expected - found} of ${expected}.`)
  else if (found > expected) problems.push(`${name}: events were added: ${found - expected}.`)
  else if (hash !== seal.hash) problems.push(`${name}: an event was changed, or put in another place.`)
  return { found, problems }
}

async function* textsOf(
  { number, firstPosition, lastPosition, late }: AuditSeal,
  store: Verification['store'],
  lateSeals: ReadonlyMap<number, number>,
): AsyncGenerator<string> {
  for (const position of late) {
    const [event] = await store.auditEvents.listTexts({ behind: position - 1, upTo: position, limit: 1 })
    if (event) yield event.text
  }
  for (let behind = firstPosition - 1; behind < lastPosition; ) {
    const part = await store.auditEvents.listTexts({ behind, upTo: lastPosition, limit: EVENTS_AT_ONCE })
    for (const { position, text } of part) {
      // Whatever was committed after its neighbours is in the seal that found it.
      if ((lateSeals.get(position) ?? number) === number) yield text
    }
    if (part.length < EVENTS_AT_ONCE) return
    behind = part.at(-1)?.position ?? lastPosition
    await new Promise((resolve) => setImmediate(resolve))
  }
}

async function countUnsealed(position: number, store: Verification['store']): Promise<number> {
  let count = 0
  for (let behind = position; ; ) {
    const part = await store.auditEvents.listTexts({ behind, limit: EVENTS_AT_ONCE })
    count += part.length
    if (part.length < EVENTS_AT_ONCE) return count
    behind = part.at(-1)?.position ?? behind
  }
}
