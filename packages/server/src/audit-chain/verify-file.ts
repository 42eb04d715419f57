/** Verifies an exported file by itself: every line, their order, and that nothing is missing before its last line. */

import { chainHash } from '@mayfly/identity-center/audit-chain'
import { exportText } from './export.ts'
import { canonicalTextOf } from './record.ts'

type Fields = Readonly<Record<string, unknown>>

export interface FileReport {
  readonly events: number
  /** The hash before the first event: where an earlier export ends. */
  readonly firstHash?: string
  /** The hash behind the last event. */
  readonly hash?: string
  readonly problems: readonly string[]
}

const MOST_PROBLEMS = 20

/** `isAuthentic` asks a key of the server for the last line's code; without it the hashes alone are verified. */
export async function verifyLines(
  lines: AsyncIterable<string>,
  isAuthentic?: (text: string, code: { keyId: string; mac: string }) => boolean,
): Promise<FileReport> {
  const problems: string[] = []
  let events = 0
  let firstHash: string | undefined
  let hash: string | undefined
  let ended = false
  let number = 0
  const tell = (problem: string): void => void (problems.length < MOST_PROBLEMS && problems.push(problem))
  for await (const line of lines) {
    number += 1
    if (line === '') continue
    const record = parseRecord(line)
    const own = fieldsOf(record?.['mayfly'])
    if (!record || !own) {
      tell(`Line ${number} is no record of an export.`)
      continue
    }
    if (ended) tell(`Line ${number} stands behind the end.`)
    if (own['end'] === true) {
      ended = true
      for (const problem of endProblems(own, { events, firstHash, hash }, isAuthentic)) tell(problem)
      continue
    }
    events += 1
    const previousHash = String(own['previousHash'])
    firstHash ??= previousHash
    if (hash !== undefined && previousHash !== hash) {
      tell(`Line ${number}: an event before it was removed, added or put in another place.`)
    }
    hash = String(own['hash'])
    if (chainHash(previousHash, canonicalTextOf(record) ?? '') !== hash) tell(`Line ${number}: its event was changed.`)
  }
  if (!ended) tell('The last line is missing: the file was cut off.')
  return {
    events,
    ...(firstHash === undefined ? {} : { firstHash }),
    ...(hash === undefined ? {} : { hash }),
    problems,
  }
}

interface Read {
  readonly events: number
  readonly firstHash: string | undefined
  readonly hash: string | undefined
}

function endProblems(
  end: Fields,
  { events, firstHash, hash }: Read,
  isAuthentic?: (text: string, code: { keyId: string; mac: string }) => boolean,
): string[] {
  if (end['events'] !== events || (hash !== undefined && end['hash'] !== hash)) {
    return [`The last line tells of ${String(end['events'])} events and another hash; there are ${events}.`]
  }
  const code = { keyId: String(end['keyId']), mac: String(end['mac']) }
  const text = exportText(firstHash, events, String(end['hash']))
  return isAuthentic && !isAuthentic(text, code) ? ['The last line was not written by this server.'] : []
}

function parseRecord(line: string): Fields | undefined {
  try {
    return fieldsOf(JSON.parse(line))
  } catch {
    return undefined
  }
}

const fieldsOf = (value: unknown): Fields | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined
