/** What every grant has in common: may this person have a token now, and if so, here it is. */

import { between, inSeconds } from '@mayfly/identity-center/duration'
import {
  createTokenFamily,
  type FamilyGrant,
  type IssuedTokens,
  issueTokens,
  type TokenFamily,
} from '@mayfly/identity-center/oauth/access-token'
import type { ClientRegistration } from '@mayfly/identity-center/oauth/client-registration'
import type { WhyNoToken } from '@mayfly/identity-center/oauth/may-have-token'
import { OAuthError } from '@mayfly/identity-center/oauth/oauth-error'
import type { Session } from '@mayfly/identity-center/sign-in/session'
import type { Transaction } from '@mayfly/store'
import type { OperationContext } from '../../../operation/operation-context.ts'

/** CreateToken's answer. */
export interface TokenAnswer {
  accessToken: string
  tokenType: string
  expiresIn: number
  refreshToken?: string
}

interface NewFamily {
  readonly client: ClientRegistration
  readonly session: Session
  readonly grant: FamilyGrant
  readonly scopes: readonly string[]
}

/** Begins a family for a session and issues its first tokens, in the transaction that consumed the code. */
export async function beginFamily(
  { client, session, grant, scopes }: NewFamily,
  tx: Transaction,
  { clock, random, requester }: OperationContext,
): Promise<{ family: TokenFamily; tokens: IssuedTokens }> {
  const { clientId, clientName } = client
  const now = clock.now()
  const family = createTokenFamily({ session, clientId, clientName, scopes, grant, requester }, now, random)
  await tx.tokenFamilies.insert(family)
  return { family, tokens: await insertTokens(family, tx, now, random) }
}

/** Issues the next tokens of a family and keeps their hashes. */
export async function insertTokens(
  family: TokenFamily,
  tx: Transaction,
  now: Date,
  random: OperationContext['random'],
): Promise<IssuedTokens> {
  const tokens = issueTokens(family, now, random)
  await tx.accessTokens.insert(tokens.kept.accessToken)
  if (tokens.kept.refreshToken) await tx.refreshTokens.insert(tokens.kept.refreshToken)
  return tokens
}

export function toAnswer({ accessToken, refreshToken, expiresAt }: IssuedTokens, now: Date): TokenAnswer {
  return {
    accessToken,
    tokenType: 'Bearer',
    expiresIn: inSeconds(between(now, expiresAt)),
    ...(refreshToken === undefined ? {} : { refreshToken }),
  }
}

/** A person who may have no token is told so (`access_denied`); a session that is over means signing in again. */
export function refusalOf(because: WhyNoToken): OAuthError {
  if (because === 'user-unknown' || because === 'user-disabled') {
    return new OAuthError('access_denied', 'This user may not sign in. Ask your administrator.')
  }
  if (because === 'device-grant-disabled') {
    return new OAuthError('access_denied', 'Sign-in by device code is switched off here. Sign in with a browser.')
  }
  return new OAuthError('invalid_grant', 'The session has ended. Sign in again.')
}
