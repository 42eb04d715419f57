/** Access tokens and refresh tokens: families, lifetimes, rotation. */

import { after, before, type Duration, hours, seconds } from '../duration.ts'
import type { ClientId, SecretHash, SessionId, TokenFamilyId, UserId } from '../identifiers.ts'
import { type Random, randomUuid } from '../random.ts'
import type { Requester } from '../requester.ts'
import { hashOf } from '../secret.ts'
import type { Session } from '../sign-in/session.ts'
import { createToken } from './token-format.ts'

export type FamilyGrant = 'authorization_code' | 'device_code' | 'jwt_bearer' | 'token_exchange'

/** Everything one client got from one grant; it dies as one. */
export interface TokenFamily {
  readonly id: TokenFamilyId
  readonly userId: UserId
  readonly sessionId: SessionId
  readonly clientId: ClientId
  readonly clientName: string
  readonly scopes: readonly string[]
  readonly grant: FamilyGrant
  readonly requester: Requester
  readonly createdAt: Date
  /** Not later than the end of the session. */
  readonly expiresAt: Date
  readonly lastUsedAt: Date
  readonly revokedAt?: Date
}

export interface AccessToken {
  readonly tokenHash: SecretHash
  readonly familyId: TokenFamilyId
  readonly issuedAt: Date
  readonly expiresAt: Date
}

export interface RefreshToken {
  readonly tokenHash: SecretHash
  readonly familyId: TokenFamilyId
  readonly issuedAt: Date
  readonly expiresAt: Date
  /** When its successor was issued. For a short grace it may still be shown again. */
  readonly rotatedAt?: Date
}

/** With `sso:account:access` (§2.1); a refresh token comes along. */
export const ACCESS_TOKEN_LIFETIME = hours(1)
/** Of a client that registered no scope: a legacy profile, which cannot refresh (§2.1). */
export const LEGACY_ACCESS_TOKEN_LIFETIME = hours(8)
/** Several processes share one cache file without a lock: the one before may come once more, this long (§2.5). */
export const REFRESH_GRACE = seconds(60)

/** The scope that gives the portal's operations and refresh tokens (§2.7). */
export const ACCOUNT_ACCESS_SCOPE = 'sso:account:access'

/** Whether a grant with these scopes comes with a refresh token. */
export const mayRefresh = (scopes: readonly string[]): boolean => scopes.includes(ACCOUNT_ACCESS_SCOPE)

export interface FamilyRequest {
  readonly session: Session
  readonly clientId: ClientId
  readonly clientName: string
  readonly scopes: readonly string[]
  readonly grant: FamilyGrant
  readonly requester: Requester
}

/** Begins a family: it ends with the session, and no refresh makes that later (§2.5). */
export const createTokenFamily = (request: FamilyRequest, now: Date, random: Random): TokenFamily => ({
  id: randomUuid(random) as TokenFamilyId,
  userId: request.session.userId,
  sessionId: request.session.id,
  clientId: request.clientId,
  clientName: request.clientName,
  scopes: request.scopes,
  grant: request.grant,
  requester: request.requester,
  createdAt: now,
  expiresAt: request.session.expiresAt,
  lastUsedAt: now,
})

/** What the client is told, and what is kept of it. */
export interface IssuedTokens {
  readonly accessToken: string
  readonly refreshToken?: string
  readonly expiresAt: Date
  readonly kept: { readonly accessToken: AccessToken; readonly refreshToken?: RefreshToken }
}

/** How long a family's access tokens live, and whether a refresh token comes along. */
export interface TokenRule {
  readonly refreshes: boolean
  readonly lifetime: Duration
}

/** For registered clients: their scopes say it (§2.1). */
export function tokenRuleOf({ scopes }: Pick<TokenFamily, 'scopes'>): TokenRule {
  const refreshes = mayRefresh(scopes)
  return { refreshes, lifetime: refreshes ? ACCESS_TOKEN_LIFETIME : LEGACY_ACCESS_TOKEN_LIFETIME }
}

/** Makes the next tokens of a family; none outlives it. */
export function issueTokens(
  family: TokenFamily,
  now: Date,
  random: Random,
  { refreshes, lifetime }: TokenRule = tokenRuleOf(family),
): IssuedTokens {
  const expiresAt = earlier(after(now, lifetime), family.expiresAt)
  const accessToken = createToken(random, 'aoa')
  const kept: AccessToken = { tokenHash: hashOf(accessToken), familyId: family.id, issuedAt: now, expiresAt }
  if (!refreshes) return { accessToken, expiresAt, kept: { accessToken: kept } }
  const refreshToken = createToken(random, 'aor')
  const keptRefreshToken = {
    tokenHash: hashOf(refreshToken),
    familyId: family.id,
    issuedAt: now,
    expiresAt: family.expiresAt,
  }
  return { accessToken, refreshToken, expiresAt, kept: { accessToken: kept, refreshToken: keptRefreshToken } }
}

const earlier = (one: Date, other: Date): Date => (one < other ? one : other)

/**
 * What a refresh token may do. `rotate`: issue its successor, if the compare-and-set is won; who loses it asks again
 * and finds `grace`. `grace`: issue another successor, the token stays as it is. `reuse`: someone else has it, revoke
 * the family (RFC 9700 §4.14.2).
 */
export type RefreshDecision = 'rotate' | 'grace' | 'reuse' | 'expired' | 'revoked'

export function refreshDecision(token: RefreshToken, family: TokenFamily, now: Date): RefreshDecision {
  if (family.revokedAt !== undefined) return 'revoked'
  if (now >= token.expiresAt || now >= family.expiresAt) return 'expired'
  if (token.rotatedAt === undefined) return 'rotate'
  return token.rotatedAt > before(now, REFRESH_GRACE) ? 'grace' : 'reuse'
}

/** Whether an access token still opens anything by itself. Whether its user may use it, `mayHaveToken` says. */
export const isLive = (token: AccessToken, family: TokenFamily, now: Date): boolean =>
  family.revokedAt === undefined && now < token.expiresAt && now < family.expiresAt
