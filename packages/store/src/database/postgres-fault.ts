/** What PostgreSQL and its connections say when something fails, in our words. */

import { Refusal } from '@mayfly/identity-center/refusal'
import { StoreFault } from './fault.ts'

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''

/** Serialization failures and deadlocks: someone else won, and a second try sees what they wrote. */
export const lostARace = (error: unknown): boolean => ['40001', '40P01'].includes(codeOf(error))

const FAULTS: readonly (readonly [RegExp, string])[] = [
  [/^53100$/, 'The disk of the PostgreSQL server is full. Nothing was changed; make room and try again.'],
  [/^53300$/, 'The PostgreSQL server has no connection left for this server.'],
  [/^25006$/, 'PostgreSQL is read-only: this is a standby, or it was told so.'],
  [/^(28...|3D000)$/, 'PostgreSQL refuses the user, the password or the database of --database.'],
  [/^(ECONNREFUSED|ENOENT|ENOTFOUND|ETIMEDOUT|ECONNRESET|EPIPE|57P0.|08...)$/, 'PostgreSQL does not answer.'],
]

/** The driver says these without a code. */
const BROKEN = /^(Connection terminated|Client has encountered a connection error|Client was closed)/

/** A unique violation becomes a refusal, a trouble of the server becomes a fault; anything else stays as it is. */
export function translated(error: unknown): unknown {
  if (error instanceof StoreFault || error instanceof Refusal) return error
  const code = codeOf(error)
  if (code === '23505' || code === '23503')
    return new Refusal('conflict', 'It exists already, or something else depends on it.', { cause: error })
  const fault = FAULTS.find(([pattern]) => pattern.test(code))
  if (fault !== undefined) return new StoreFault(fault[1], error)
  if (error instanceof Error && BROKEN.test(error.message)) return new StoreFault('PostgreSQL does not answer.', error)
  return error
}
