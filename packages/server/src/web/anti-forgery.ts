/** Forms come from our own pages: each carries a token that goes with a cookie of the same browser. */

import { randomBase64Url } from '@mayfly/identity-center/random'
import { Refusal } from '@mayfly/identity-center/refusal'
import { cookieOf, formatCookie } from '../caller/cookie.ts'
import { antiForgeryToken, isAntiForgeryToken, isFromHere, SESSION_COOKIE } from '../caller/session-cookie.ts'
import type { Visit } from './visit.ts'

/** Chance that names this browser before anybody has signed in to it. */
const BROWSER_COOKIE = 'browser'

export interface AnonymousToken {
  readonly antiForgery: string
  /** To be set with the page: the browser's cookie, when it has none yet. */
  readonly cookies: readonly string[]
}

/** The token of a form that is shown before sign-in. */
export function createAnonymousToken({ request, random }: Visit, use: string): AnonymousToken {
  const known = cookieOf(request, BROWSER_COOKIE)
  const cookie = known ?? randomBase64Url(random, 32)
  return {
    antiForgery: antiForgeryToken(cookie, use),
    cookies: known === undefined ? [formatCookie(request, BROWSER_COOKIE, cookie)] : [],
  }
}

/** Whether a form that was shown before sign-in came from our page in this browser. */
export const isOurAnonymousForm = (visit: Visit, use: string): boolean => isOurs(visit, BROWSER_COOKIE, use)

/** The token of a form for whoever is signed in. */
export const createSessionToken = ({ request }: Visit, use: string): string =>
  antiForgeryToken(cookieOf(request, SESSION_COOKIE) ?? '', use)

/** Throws `forbidden` unless the form came from our page in this signed-in browser. */
export function refuseForeignForm(visit: Visit, use: string): void {
  if (isOurs(visit, SESSION_COOKIE, use)) return
  throw new Refusal('forbidden', 'This page was open for too long, or did not come from here.', {
    hint: 'Go back, reload the page and try again.',
  })
}

function isOurs({ request, form }: Visit, cookieName: string, use: string): boolean {
  const cookie = cookieOf(request, cookieName)
  return cookie !== undefined && isFromHere(request) && isAntiForgeryToken(form.get('antiForgery'), cookie, use)
}
