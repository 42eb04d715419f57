/** The one door: a request becomes a caller. */

import { getOperation, isUnsigned } from '@mayfly/wire/model/service-model'
import type { Route, WireRequest } from '@mayfly/wire/serve'
import type { ServerContext } from '../context/context.ts'
import { findTokenCaller } from './bearer-token.ts'
import { ANONYMOUS, type Caller } from './caller.ts'
import type { CookieRequest } from './cookie.ts'
import { findCookieRoleCaller } from './role-cookie.ts'
import { findSessionCaller } from './session-cookie.ts'
import { findSignatureCaller } from './signature.ts'

/** Wherever credentials may be shown. */
interface ShownCredentials {
  readonly request: WireRequest
  /** The path and the headers as they were signed. */
  readonly signed: Pick<WireRequest, 'rawPath' | 'headers'>
  readonly browser: CookieRequest
}

/** What the operation asks for: a portal token or a session cookie, nothing, or a signature or its stand-in. */
export async function authenticate(
  route: Route,
  { request, signed, browser }: ShownCredentials,
  context: ServerContext,
): Promise<Caller> {
  if (route.service === 'sso') {
    const token = portalTokenOf(request)
    // A token that was sent counts alone: a bad one must not fall back to whoever is signed in to this browser.
    if (token !== undefined) return await findTokenCaller(token, context)
    return (await findSessionCaller(browser, context)) ?? ANONYMOUS
  }
  if (isUnsigned(getOperation(route.model, route.operation))) return ANONYMOUS
  if (!isSigned(request) && takesCookie(route)) {
    const caller = await findCookieRoleCaller(route, browser, context)
    if (caller) return caller
  }
  return await findSignatureCaller(route, { ...request, ...signed }, context)
}

/** A signature that was sent counts alone, and so does anything else in its header. */
const isSigned = ({ headers, rawQuery }: WireRequest): boolean =>
  headers['authorization'] !== undefined || rawQuery.includes('X-Amz-')

/** Services of administration, which all post to the root; nothing that hands out credentials. */
const takesCookie = ({ model, service, operation }: Route): boolean =>
  model.metadata.protocol !== 'rest-json' && (service !== 'sts' || operation === 'GetCallerIdentity')

/** Browser extensions spell the header with hyphens (§1.7). */
export function portalTokenOf({ headers }: Pick<WireRequest, 'headers'>): string | undefined {
  const token = headers['x-amz-sso_bearer_token'] ?? headers['x-amz-sso-bearer-token']
  return typeof token === 'string' ? token : token?.[0]
}
