/** How a cached token stands: fresh, to be refreshed, or expired. */

import { between, type Duration, minutes } from '@mayfly/identity-center/duration'
import type { CachedToken } from './token-cache.ts'

/** From here on a token is refreshed: the AWS CLI's own margin. */
export const REFRESH_WINDOW = minutes(15)

/** True while a token has at least `left` before it: a quarter of an hour when not said. */
export const isFresh = (
  { expiresAt }: Pick<CachedToken, 'expiresAt'>,
  now: Date,
  left: Duration = REFRESH_WINDOW,
): boolean => between(now, expiresAt) >= left

/** True when the token's moment has passed. */
export const isExpired = ({ expiresAt }: Pick<CachedToken, 'expiresAt'>, now: Date): boolean => now >= expiresAt

/** What a refresh sends. */
export interface RefreshInput {
  readonly clientId: string
  readonly clientSecret: string
  readonly refreshToken: string
}

/** What a refresh needs of a token; nothing when something is missing or the registration has run out. */
export function findRefreshInput(token: CachedToken, now: Date): RefreshInput | undefined {
  const { clientId, clientSecret, refreshToken, registrationExpiresAt } = token
  if (!clientId || !clientSecret || !refreshToken || !registrationExpiresAt) return undefined
  return now < registrationExpiresAt ? { clientId, clientSecret, refreshToken } : undefined
}
