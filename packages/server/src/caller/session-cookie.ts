/** A session cookie becomes a caller. */

import { createHmac, timingSafeEqual } from 'node:crypto'
import { mayHaveToken } from '@mayfly/identity-center/oauth/may-have-token'
import { hashOf } from '@mayfly/identity-center/secret'
import type { ServerContext } from '../context/context.ts'
import type { UserCaller } from './caller.ts'
import { type CookieRequest, cookieOf } from './cookie.ts'

/** The cookie of a signed-in browser holds nothing but chance; the store knows its hash. */
export const SESSION_COOKIE = 'session'

/** Says that a call was made by our own page: other origins can neither read the token nor set the header. */
const ANTI_FORGERY_HEADER = 'x-mayfly-anti-forgery'

/**
 * Who is signed in to this browser, or undefined. Enough for showing a page; whatever changes or hands out something
 * also wants the anti-forgery token.
 */
export async function findSignedIn(
  request: CookieRequest,
  { store, clock }: Pick<ServerContext, 'store' | 'clock'>,
): Promise<UserCaller | undefined> {
  const cookie = cookieOf(request, SESSION_COOKIE)
  if (cookie === undefined) return undefined
  const asOf = clock.now()
  const session = await store.sessions.findByCookie(hashOf(cookie))
  if (!session) return undefined
  const user = await store.users.find(session.userId)
  if (!user || !mayHaveToken({ user, session, now: asOf }).may) return undefined
  return { type: 'user', user, session, asOf, by: 'cookie' }
}

/** Who calls an operation by the session cookie: the cookie and the anti-forgery header of the same browser. */
export async function findSessionCaller(
  request: CookieRequest,
  context: Pick<ServerContext, 'store' | 'clock'>,
): Promise<UserCaller | undefined> {
  const cookie = cookieOf(request, SESSION_COOKIE)
  if (cookie === undefined || !isAntiForgeryToken(request.headers[ANTI_FORGERY_HEADER], cookie)) return undefined
  return findSignedIn(request, context)
}

/**
 * The anti-forgery token that goes with a cookie, for one use: HMAC-SHA-256 keyed by the cookie. Scripts cannot read the
 * cookie, and the token does not betray it.
 */
export const antiForgeryToken = (cookie: string, use = 'portal'): string =>
  createHmac('sha256', cookie).update(`anti-forgery:${use}`).digest('base64url')

/** Browsers say where a request comes from; what is older than that header is judged by the token alone. */
export function isFromHere({ headers }: CookieRequest): boolean {
  const site = headers['sec-fetch-site']
  return site === undefined || site === 'same-origin' || site === 'none'
}

/** Compares in constant time. */
export function isAntiForgeryToken(shown: unknown, cookie: string, use = 'portal'): boolean {
  if (typeof shown !== 'string') return false
  const wanted = Buffer.from(antiForgeryToken(cookie, use))
  const bytes = Buffer.from(shown)
  return bytes.length === wanted.length && timingSafeEqual(bytes, wanted)
}
