/** An access token becomes a caller. */

import { ACCOUNT_ACCESS_SCOPE, isLive } from '@mayfly/identity-center/oauth/access-token'
import { isWellFormedToken } from '@mayfly/identity-center/oauth/token-format'
import { hashOf } from '@mayfly/identity-center/secret'
import type { ServerContext } from '../context/context.ts'
import { ANONYMOUS, type Caller } from './caller.ts'
import { findTokenHolder } from './token-holder.ts'

/** The user whom this token stands for; anonymous when it is unknown, has ended, or its user may have no token now. */
export async function findTokenCaller(accessToken: string, { store, clock, instance }: ServerContext): Promise<Caller> {
  // The checksum spares the store a look for what is no token of ours.
  if (!isWellFormedToken(accessToken, 'aoa')) return ANONYMOUS
  const now = clock.now()
  const found = await store.accessTokens.findWithFamily(hashOf(accessToken))
  if (!found || !isLive(found.token, found.family, now)) return ANONYMOUS
  const { family } = found
  if (!opensPortal(family.scopes)) return ANONYMOUS
  const { userId, sessionId, grant } = family
  const device = grant === 'device_code' ? { deviceGrantEnabled: (await instance()).deviceGrantEnabled } : {}
  const holder = await findTokenHolder({ userId, sessionId, family, ...device }, store, now)
  if (!holder.may) return ANONYMOUS
  return { type: 'user', by: 'access-token', user: holder.user, session: holder.session, asOf: now, family }
}

/** Tokens of old profiles have no scopes and open the portal; with scopes, this one must be among them (§2.7). */
const opensPortal = (scopes: readonly string[]): boolean => scopes.length === 0 || scopes.includes(ACCOUNT_ACCESS_SCOPE)
