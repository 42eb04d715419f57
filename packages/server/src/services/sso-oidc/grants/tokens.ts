/** What every grant has in common: may this person have a token now, and if so, here it is. */

import { between, inSeconds } from '@mayfly/identity-center/duration'
import {
  createTokenFamily,
  type FamilyGrant,
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
  context: OperationContext,
): Promise<{ family: TokenFamily; answer: TokenAnswer }> {
  const { clock, random, requester } = context
  const { clientId, clientName } = client
  const now = clock.now()
  const family = createTokenFamily({ session, clientId, clientName, scopes, grant, requester }, now, random)
  await tx.tokenFamilies.insert(family)
  return { family, answer: await answerWithTokens(family, tx, now, context) }
}

/** Issues the next tokens of a family, keeps their hashes, and records it all in the same transaction. */
export async function answerWithTokens(
  family: TokenFamily,
  tx: Transaction,
  now: Date,
  { random, record }: OperationContext,
): Promise<TokenAnswer> {
  const { accessToken, refreshToken, expiresAt, kept } = issueTokens(family, now, random)
  await tx.accessTokens.insert(kept.accessToken)
  if (kept.refreshToken) await tx.refreshTokens.insert(kept.refreshToken)
  const answer: TokenAnswer = {
    accessToken,
    tokenType: 'Bearer',
    expiresIn: inSeconds(between(now, expiresAt)),
    ...(refreshToken === undefined ? {} : { refreshToken }),
  }
  await record(tx, answer)
  return answer
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
