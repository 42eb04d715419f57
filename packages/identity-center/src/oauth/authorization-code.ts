/** An authorization code, which works once (RFC 6749 §4.1, RFC 7636). */

import type { ClientId, SecretHash, SessionId, TokenFamilyId, UserId } from '../identifiers.ts'

export interface AuthorizationCode {
  readonly codeHash: SecretHash
  readonly clientId: ClientId
  readonly userId: UserId
  readonly sessionId: SessionId
  /** With the port, exactly as it stood in the authorization request. */
  readonly redirectUri: string
  /** base64url(SHA-256(verifier)), the only method we take. */
  readonly codeChallenge: string
  readonly scopes: readonly string[]
  readonly createdAt: Date
  readonly expiresAt: Date
  readonly consumedAt?: Date
  /** What was issued for it: revoked when the code comes a second time. */
  readonly tokenFamilyId?: TokenFamilyId
}
