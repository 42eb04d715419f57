/** An authorization code, which works once (RFC 6749 §4.1, RFC 7636). */

import { after, seconds } from '../duration.ts'
import type { ClientId, SecretHash, SessionId, TokenFamilyId, UserId } from '../identifiers.ts'
import type { Random } from '../random.ts'
import { hashOf } from '../secret.ts'
import { createToken } from './token-format.ts'

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

/** Between the redirect and the token request lies one hop on one machine (§2.1). */
export const AUTHORIZATION_CODE_LIFETIME = seconds(60)

/** Makes a code; the code itself goes into the redirect and is kept nowhere. */
export function createAuthorizationCode(
  grant: Pick<AuthorizationCode, 'clientId' | 'userId' | 'sessionId' | 'redirectUri' | 'codeChallenge' | 'scopes'>,
  now: Date,
  random: Random,
): { readonly authorizationCode: AuthorizationCode; readonly code: string } {
  const code = createToken(random, 'aoc')
  const { clientId, userId, sessionId, redirectUri, codeChallenge, scopes } = grant
  return {
    code,
    authorizationCode: {
      codeHash: hashOf(code),
      clientId,
      userId,
      sessionId,
      redirectUri,
      codeChallenge,
      scopes,
      createdAt: now,
      expiresAt: after(now, AUTHORIZATION_CODE_LIFETIME),
    },
  }
}
