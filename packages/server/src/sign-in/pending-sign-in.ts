/** A sign-in between its password and its second factor, sealed into a cookie of its own. */

import { after, minutes } from '@mayfly/identity-center/duration'
import type { UserId } from '@mayfly/identity-center/identifiers'
import type { Context } from '../context/context.ts'

/** What is still missing. */
export type MissingFactor = 'second-factor' | 'registration' | 'email-code'

export interface PendingSignIn {
  /** A uuid that ties the events and the wrong codes of one sign-in together. */
  readonly workflowId: string
  readonly userId: UserId
  readonly missing: MissingFactor
  readonly startedAt: Date
}

/** How long a password stays good for the second step. */
export const PENDING_SIGN_IN_LIFETIME = minutes(10)

const AAD = 'pending-sign-in'

type SealingContext = Pick<Context, 'keys'>

/** The cookie's value. */
export const sealPendingSignIn = (pending: PendingSignIn, { keys }: SealingContext): string =>
  keys.seal('sealing', AAD, Buffer.from(JSON.stringify({ ...pending, startedAt: pending.startedAt.getTime() })))

/** The pending sign-in that a cookie carries, or undefined when we did not seal it or it is too old. */
export function openPendingSignIn(
  cookie: string | undefined,
  { keys, clock }: SealingContext & Pick<Context, 'clock'>,
): PendingSignIn | undefined {
  const bytes = cookie === undefined ? undefined : keys.open('sealing', AAD, cookie)
  if (!bytes) return undefined
  const sealed: Omit<PendingSignIn, 'startedAt'> & { startedAt: number } = JSON.parse(Buffer.from(bytes).toString())
  const pending = { ...sealed, startedAt: new Date(sealed.startedAt) }
  return clock.now() < after(pending.startedAt, PENDING_SIGN_IN_LIFETIME) ? pending : undefined
}
