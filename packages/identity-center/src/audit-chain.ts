/** The chain of audit events: each hash covers the event and the hash before it. */

import { hash } from 'node:crypto'

/** The hash before the first event. */
export const CHAIN_BEGINNING = '0'.repeat(64)

/** A run of positions, both ends included, at which there was no event: it may be committed yet, or never. */
export interface MissingPositions {
  readonly first: number
  readonly last: number
  /** How long it is waited for: no transaction takes longer. ISO 8601. */
  readonly awaitedUntil: string
}

/**
 * A stretch of the chain, in the order of positions: the events between `firstPosition` and `lastPosition`, and those that
 * were committed later than an event behind them. It is authenticated by a key of the server.
 */
export interface AuditSeal {
  /** From 1 on, without gaps. */
  readonly number: number
  readonly firstPosition: number
  /** `firstPosition - 1` when it holds nothing but late events. */
  readonly lastPosition: number
  /** Positions before `firstPosition` that no seal before this one holds. */
  readonly late: readonly number[]
  /** What is still waited for. */
  readonly missing: readonly MissingPositions[]
  /** How many events the chain has up to here, from the first of all. */
  readonly events: number
  /** Of its events, the latest; for deleting what is old. */
  readonly newestEventTime: Date
  /** The chain's hash behind its last event, in hexadecimal. */
  readonly hash: string
  readonly sealedAt: Date
  readonly keyId: string
  /** Base64url. */
  readonly mac: string
}

/** Up to where the chain goes (`head`), or from where on it is kept (`base`): what is missing at either end shows. */
export interface AuditCheckpoint {
  readonly name: 'head' | 'base'
  /** Of the last seal that it covers. */
  readonly number: number
  /** The last position that it covers. */
  readonly position: number
  /** How many events it covers, from the first of all. */
  readonly events: number
  readonly hash: string
  readonly notedAt: Date
  readonly keyId: string
  readonly mac: string
}

/** The hash behind an event, from the hash before it and the event's canonical text. */
export const chainHash = (previous: string, text: string): string => hash('sha256', `${previous}\n${text}`, 'hex')

/**
 * The canonical text of an event: its fields, each with its length in bytes, so that no two lists of fields have one
 * text. A field that is absent is a dash.
 */
export const canonicalText = (fields: readonly (string | null)[]): string =>
  fields.map((field) => (field === null ? '-' : `${Buffer.byteLength(field)}:${field}`)).join(',')

/** What a seal's code authenticates. */
export const sealText = (seal: Omit<AuditSeal, 'keyId' | 'mac'>): string =>
  JSON.stringify([
    'seal',
    seal.number,
    seal.firstPosition,
    seal.lastPosition,
    seal.late,
    seal.missing,
    seal.events,
    seal.newestEventTime.toISOString(),
    seal.hash,
    seal.sealedAt.toISOString(),
  ])

/** What a checkpoint's code authenticates. */
export const checkpointText = (checkpoint: Omit<AuditCheckpoint, 'keyId' | 'mac'>): string =>
  JSON.stringify([
    'checkpoint',
    checkpoint.name,
    checkpoint.number,
    checkpoint.position,
    checkpoint.events,
    checkpoint.hash,
    checkpoint.notedAt.toISOString(),
  ])

/** The runs of positions from `first` to `last` that `present`, which is in order, leaves out. */
export function missingBetween(first: number, last: number, present: readonly number[], awaitedUntil: Date) {
  const missing: MissingPositions[] = []
  const until = awaitedUntil.toISOString()
  let next = first
  for (const position of present) {
    if (position > next) missing.push({ first: next, last: position - 1, awaitedUntil: until })
    next = position + 1
  }
  if (next <= last) missing.push({ first: next, last, awaitedUntil: until })
  return missing
}
