/** The refresh grant: each refresh token has one successor, with a short grace, and reuse ends the family (§2.5). */

import type { SecretHash } from '@mayfly/identity-center/identifiers'
import { refreshDecision } from '@mayfly/identity-center/oauth/access-token'
import type { WhyNoToken } from '@mayfly/identity-center/oauth/may-have-token'
import { OAuthError } from '@mayfly/identity-center/oauth/oauth-error'
import { isWellFormedToken } from '@mayfly/identity-center/oauth/token-format'
import { hashOf } from '@mayfly/identity-center/secret'
import type { Transaction } from '@mayfly/store'
import { findTokenHolder } from '../../../caller/token-holder.ts'
import type { OperationContext } from '../../../operation/operation-context.ts'
import { answerWithTokens, refusalOf, type TokenAnswer, type TokenClient } from './tokens.ts'

/** Throws `invalid_grant` for a token that is unknown, used before and past its grace, or of a session that is over. */
export async function redeemRefreshToken(
  { refreshToken }: { refreshToken: string },
  client: TokenClient,
  context: OperationContext,
): Promise<TokenAnswer> {
  if (!isWellFormedToken(refreshToken, 'aor')) throw invalidRefreshToken()
  const now = context.clock.now()
  const { deviceGrantEnabled } = await context.instance()
  const refresh: Refresh = { hash: hashOf(refreshToken), client, now, deviceGrantEnabled }
  // What was read may be out of date when it is written: `touch` and `rotate` look again.
  const refreshed = await context.store.transaction((tx) => refreshIn(tx, refresh, context), 'compare-and-set')
  if (!refreshed) throw invalidRefreshToken()
  if ('because' in refreshed) throw refusalOf(refreshed.because)
  return refreshed.answer
}

/** Clients test the name, and people know the text from AWS (§2.5). */
const invalidRefreshToken = (): OAuthError => new OAuthError('invalid_grant', 'Invalid refresh token provided')

interface Refresh {
  readonly hash: SecretHash
  readonly client: TokenClient
  readonly now: Date
  readonly deviceGrantEnabled: boolean
}

type Refreshed = { readonly answer: TokenAnswer } | { readonly because: WhyNoToken } | undefined

/** A value rather than a throw: a revocation must be committed, not undone. */
async function refreshIn(tx: Transaction, refresh: Refresh, context: OperationContext): Promise<Refreshed> {
  const { hash, client, now, deviceGrantEnabled } = refresh
  const found = await tx.refreshTokens.findWithFamily(hash)
  if (!found || found.family.clientId !== client.clientId) return undefined
  const { token, family } = found
  const { userId, sessionId } = family
  Object.assign(context.actingFor, { userId, sessionId })
  const decision = refreshDecision(token, family, now)
  if (decision === 'reuse') {
    await tx.tokenFamilies.revoke(family.id, now)
    // The client is told what AWS tells it; whoever watches the server should hear of a copied token.
    const { clientName } = family
    context.log.warn('A refresh token came again after it was replaced: its family is revoked.', {
      requestId: context.requestId,
      userId,
      sessionId,
      clientName,
      address: context.requester.address,
    })
  }
  if (decision !== 'rotate' && decision !== 'grace') return undefined
  const claim = { userId, sessionId, family, ...(family.grant === 'device_code' ? { deviceGrantEnabled } : {}) }
  const holder = await findTokenHolder(claim, tx, now)
  if (!holder.may) return holder
  // Whoever loses the rotation came within the grace: it gets a successor of its own.
  const rotation = decision === 'rotate' ? tx.refreshTokens.rotate(hash, now) : undefined
  const [lives] = await Promise.all([tx.tokenFamilies.touch(family.id, now), rotation])
  // Revoked since it was read: by somebody who signed out, or who showed an old token.
  if (!lives) return undefined
  return { answer: await answerWithTokens(family, client, tx, context) }
}
