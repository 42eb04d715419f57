/** The cookies of signing in. */

import { between, inSeconds } from '@mayfly/identity-center/duration'
import { type CookieRequest, cookieOf, formatCookie } from '../../caller/cookie.ts'
import { SESSION_COOKIE } from '../../caller/session-cookie.ts'
import type { Context } from '../../context/context.ts'
import {
  KNOWN_BROWSER_LIFETIME,
  type KnownBrowser,
  openKnownBrowser,
  sealKnownBrowser,
} from '../../sign-in/known-browser.ts'
import {
  openPendingSignIn,
  PENDING_SIGN_IN_LIFETIME,
  type PendingSignIn,
  sealPendingSignIn,
} from '../../sign-in/pending-sign-in.ts'
import type { StartedSession } from '../../sign-in/session-start.ts'
import type { Visit } from '../visit.ts'

const PENDING_COOKIE = 'sign-in'
const KNOWN_COOKIE = 'known'

/** Signs the browser in, remembers it, and ends whatever sign-in was pending. */
export const sessionCookies = (visit: Visit, { session, cookie }: StartedSession): string[] => [
  formatCookie(visit.request, SESSION_COOKIE, cookie, inSeconds(between(session.createdAt, session.expiresAt))),
  formatCookie(visit.request, KNOWN_COOKIE, sealKnownBrowser(session.userId, visit), inSeconds(KNOWN_BROWSER_LIFETIME)),
  endPending(visit.request),
]

/** This browser, when somebody has signed in to it before. */
export const findKnownBrowser = (visit: Visit): KnownBrowser | undefined =>
  openKnownBrowser(cookieOf(visit.request, KNOWN_COOKIE), visit)

/** Takes the session from the browser. */
export const endSessionCookie = (request: CookieRequest): string => formatCookie(request, SESSION_COOKIE, '', 0)

/** Keeps a pending sign-in in the browser. */
export const pendingCookie = (request: CookieRequest, pending: PendingSignIn, context: Pick<Context, 'keys'>): string =>
  formatCookie(request, PENDING_COOKIE, sealPendingSignIn(pending, context), inSeconds(PENDING_SIGN_IN_LIFETIME))

/** Takes the pending sign-in from the browser. */
export const endPending = (request: CookieRequest): string => formatCookie(request, PENDING_COOKIE, '', 0)

/** The sign-in that this browser is in the middle of. */
export const findPending = (visit: Visit): PendingSignIn | undefined =>
  openPendingSignIn(cookieOf(visit.request, PENDING_COOKIE), visit)
