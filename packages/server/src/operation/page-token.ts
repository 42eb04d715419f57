/** Page tokens: opaque, sealed, and good only for the operation, the caller and the filters they were made for (§1.4). */

import { after, hours } from '@mayfly/identity-center/duration'
import { Refusal } from '@mayfly/identity-center/refusal'
import type { OperationContext } from './operation-context.ts'

const LIFETIME = hours(24)

/** What a token is bound to. */
export interface PageQuery {
  readonly operation: string
  /** The user id, or the account of a role. */
  readonly caller: string
  readonly filters?: readonly string[]
}

type Sealer = Pick<OperationContext, 'keys' | 'clock'>

/** The token for the page behind `cursor`. */
export function createPageToken(query: PageQuery, cursor: string, { keys, clock }: Sealer): string {
  const content = JSON.stringify([after(clock.now(), LIFETIME).getTime(), cursor])
  return keys.seal('page-token', aadOf(query), Buffer.from(content))
}

/** The store's cursor in a token. Throws `invalid` for one that is stale, changed, or was made for another query. */
export function parsePageToken(query: PageQuery, token: string, { keys, clock }: Sealer): string {
  const content = keys.open('page-token', aadOf(query), token)
  if (content) {
    const [expiresAt, cursor]: [number, string] = JSON.parse(Buffer.from(content).toString())
    if (clock.now().getTime() < expiresAt) return cursor
  }
  throw new Refusal('invalid', 'The page token is not valid for this request.')
}

const aadOf = ({ operation, caller, filters }: PageQuery): string => JSON.stringify([operation, caller, filters ?? []])
