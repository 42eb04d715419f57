/** The SigninToken of a console federation: a role session, sealed for one purpose and for a quarter of an hour (§6.1). */

import { after, minutes } from '@mayfly/identity-center/duration'
import type { Keys } from '../keys/keys.ts'
import { type Claims, fromClaims, toClaims } from './claims.ts'
import type { RoleSession } from './issuer.ts'
import type { Revocations } from './revocations.ts'

const LIFETIME = minutes(15)
const PURPOSE = 'console-sign-in'

interface Content {
  /** Until when the token can be used, in milliseconds. */
  readonly until: number
  readonly claims: Claims
}

/** Nothing but the sign-in page of the console takes it: it signs no request. */
export function createConsoleSignInToken(session: RoleSession, now: Date, keys: Keys): string {
  const content: Content = { until: after(now, LIFETIME).getTime(), claims: toClaims(session) }
  return keys.seal('sealing', PURPOSE, Buffer.from(JSON.stringify(content)))
}

/** The session in a token; undefined when it is no such token, is too old, or was withdrawn or has ended meanwhile. */
export function openConsoleSignInToken(
  token: string,
  now: Date,
  { keys, revocations }: { readonly keys: Keys; readonly revocations: Revocations },
): RoleSession | undefined {
  const opened = keys.open('sealing', PURPOSE, token)
  if (!opened) return undefined
  const { until, claims } = JSON.parse(Buffer.from(opened).toString()) as Content
  const session = fromClaims(claims)
  const over = now.getTime() >= until || now >= session.expiresAt
  return over || revocations.covers(session) ? undefined : session
}
