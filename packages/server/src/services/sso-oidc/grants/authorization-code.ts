/** The authorization code grant with PKCE (RFC 6749 §4.1.3, RFC 7636 §4.5; docs/explanation/sign-in.md). */

import type { AuthorizationCode } from '@mayfly/identity-center/oauth/authorization-code'
import type { WhyNoToken } from '@mayfly/identity-center/oauth/may-have-token'
import { OAuthError } from '@mayfly/identity-center/oauth/oauth-error'
import { matchesChallenge } from '@mayfly/identity-center/oauth/pkce'
import { hashOf } from '@mayfly/identity-center/secret'
import { findTokenHolder } from '../../../caller/token-holder.ts'
import type { OperationContext } from '../../../operation/operation-context.ts'
import { applicationClaim, beginFamily, refusalOf, type TokenAnswer, type TokenClient } from './tokens.ts'

interface ShownCode {
  readonly code: string
  readonly redirectUri: string
  readonly codeVerifier: string
}

/** Throws `invalid_grant` for a code that is unknown, used, too old, or shown with another redirect URI or verifier. */
export async function redeemAuthorizationCode(
  { code, redirectUri, codeVerifier }: ShownCode,
  client: TokenClient,
  context: OperationContext,
): Promise<TokenAnswer> {
  const { store, clock } = context
  const found = await store.authorizationCodes.find(hashOf(code))
  if (!found || found.clientId !== client.clientId) throw invalidCode('is unknown, or belongs to another client')
  Object.assign(context.actingFor, { userId: found.userId, sessionId: found.sessionId })
  if (found.consumedAt !== undefined) return await refuseReuse(found, context)
  if (clock.now() >= found.expiresAt) throw invalidCode('has expired')
  // Neither mistake uses the code up: whoever stole it must not be able to keep its owner out.
  if (found.redirectUri !== redirectUri) throw invalidCode('was issued for another redirect URI')
  if (!matchesChallenge(codeVerifier, found.codeChallenge)) throw invalidCode('does not go with this code verifier')
  return await redeem(found, client, context)
}

const invalidCode = (reason: string): OAuthError =>
  new OAuthError('invalid_grant', `The authorization code ${reason}. Start the sign-in again.`)

type Redeemed = { readonly answer: TokenAnswer } | { readonly because: WhyNoToken } | undefined

async function redeem(code: AuthorizationCode, client: TokenClient, context: OperationContext): Promise<TokenAnswer> {
  const { store, clock } = context
  const now = clock.now()
  const { codeHash, userId, sessionId, scopes } = code
  const redeemed = await store.transaction(async (tx): Promise<Redeemed> => {
    if (!(await tx.authorizationCodes.consume(codeHash, now))) return undefined
    const holder = await findTokenHolder({ userId, sessionId, ...applicationClaim(client, scopes) }, tx, now)
    if (!holder.may) return holder
    const begun = await beginFamily(
      { client, session: holder.session, grant: 'authorization_code', scopes },
      tx,
      context,
    )
    await tx.authorizationCodes.recordFamily(codeHash, begun.family.id)
    return begun
  })
  if (!redeemed) return await refuseReuse((await store.authorizationCodes.find(codeHash)) ?? code, context)
  if ('because' in redeemed) throw refusalOf(redeemed.because)
  return redeemed.answer
}

/** RFC 6749 §4.1.2: a code that comes twice was stolen by one of the two, so what was issued for it is revoked. */
async function refuseReuse({ tokenFamilyId }: AuthorizationCode, { store, clock }: OperationContext): Promise<never> {
  if (tokenFamilyId !== undefined) await store.tokenFamilies.revoke(tokenFamilyId, clock.now())
  throw invalidCode('was used before, so the tokens issued for it no longer work')
}
