/** What a service's refusal says of the key that signed. */

import { ServiceException } from '@mayfly/wire/model/service-exception'
import { ConnectionRefusal } from '../../machine/connection.ts'
import type { KeyState } from './key-facts.ts'

export interface StateVerdict {
  readonly state: KeyState
  readonly reason: string
}

/** Refusals by which a service says that it did take the signature. */
const TAKEN: ReadonlySet<string> = new Set(['AccessDenied', 'AccessDeniedException', 'UnauthorizedOperation'])
const THROTTLED = /^(Throttl|RequestLimitExceeded|TooManyRequests)/

/** What it means for a key that a call which it signed ended so. */
export function judgeRefusal(error: unknown): StateVerdict {
  if (error instanceof ConnectionRefusal) return { state: 'unknown', reason: `not reached: ${error.message}` }
  if (!(error instanceof ServiceException)) {
    return { state: 'unknown', reason: error instanceof Error ? error.message : String(error) }
  }
  const { name, message } = error
  // Told before the secret is looked at: whoever does not know the id says no more.
  if (name === 'InvalidClientTokenId') return { state: 'dead', reason: `${name}: deleted, inactive, or never there` }
  if (name === 'SignatureDoesNotMatch' && isAboutTime(message)) {
    return { state: 'unknown', reason: "this computer's clock is wrong: the service did not take the time of the call" }
  }
  if (name === 'SignatureDoesNotMatch') {
    return { state: 'live', reason: `${name}: the id is live, and the secret found beside it is not its own` }
  }
  if (TAKEN.has(name)) return { state: 'live', reason: `${name}: it signs, and may not do what was asked` }
  if (THROTTLED.test(name)) return { state: 'unknown', reason: `${name}: asked too often; ask again in some minutes` }
  return { state: 'unknown', reason: `${name}: ${message}` }
}

/** Both are told as SignatureDoesNotMatch. */
const isAboutTime = (message: string): boolean => /signature (expired|not yet current)/i.test(message)

/** Why something could not be read: the service's words; of a denial, the action alone and who denies it. */
export function describeRefusal(error: unknown): string {
  if (!(error instanceof ServiceException)) return error instanceof Error ? error.message : String(error)
  const { name, message } = error
  const action = /not authorized to perform: ([\w-]+:[\w*]+)/.exec(message)?.[1]
  if (action === undefined) return `${name}: ${message}`
  const denier = /with an explicit deny(?: in an? ([a-z- ]+policy))?/.exec(message)
  const by = denier ? ` denied${denier[1] === undefined ? '' : ` by a ${denier[1]}`}` : ' not allowed'
  return `${name}: ${action} is${by}`
}

/** True where the one who asked may not, but another might. */
export const isDenied = (error: unknown): boolean => error instanceof ServiceException && TAKEN.has(error.name)

export const isMissing = (error: unknown): boolean => error instanceof ServiceException && error.name === 'NoSuchEntity'
