/** Access tokens and refresh tokens: families, lifetimes, rotation. */

import type { ClientId, SecretHash, SessionId, TokenFamilyId, UserId } from '../identifiers.ts'
import type { Requester } from './device-authorization.ts'

export type FamilyGrant = 'authorization_code' | 'device_code'

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
