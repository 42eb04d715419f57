/** The token exchange grant: another application's access token, passed on to this one (RFC 8693; §2.7). */

import {
  type Application,
  DEFAULT_APPLICATION_SCOPES,
  isApplicationArn,
  isAuthorizedTarget,
} from '@mayfly/identity-center/applications/application'
import type { ApplicationArn } from '@mayfly/identity-center/identifiers'
import { isLive, type TokenFamily } from '@mayfly/identity-center/oauth/access-token'
import { OAuthError } from '@mayfly/identity-center/oauth/oauth-error'
import { isWellFormedToken } from '@mayfly/identity-center/oauth/token-format'
import { hashOf } from '@mayfly/identity-center/secret'
import type { Transaction } from '@mayfly/store'
import { findTokenHolder } from '../../../caller/token-holder.ts'
import type { OperationContext } from '../../../operation/operation-context.ts'
import { ACCESS_TOKEN, checkGrantedScopes, createTokenClient, REFRESH_TOKEN } from '../application-client.ts'
import { applicationClaim, beginFamily, refusalOf, type TokenAnswer } from './tokens.ts'

interface Exchange {
  readonly subjectToken: string
  readonly subjectTokenType: string
  readonly requestedTokenType?: string | undefined
  readonly scope?: readonly string[] | undefined
}

/** Throws `invalid_grant` for a token that is unknown, has ended, or was not meant to be passed on to this application. */
export async function exchangeToken(
  { subjectToken, subjectTokenType, requestedTokenType = ACCESS_TOKEN, scope }: Exchange,
  application: Application,
  context: OperationContext,
): Promise<TokenAnswer> {
  if (subjectTokenType !== ACCESS_TOKEN) {
    throw new OAuthError('invalid_request', `The only subjectTokenType is ${ACCESS_TOKEN}.`)
  }
  const refreshes = await isRefreshWanted(requestedTokenType, application, context)
  const client = await createTokenClient(application, { refreshes }, context)
  return await context.store.transaction(async (tx) => {
    const family = await getSubject(subjectToken, tx, context)
    const { userId, sessionId } = family
    Object.assign(context.actingFor, { userId, sessionId })
    const scopes = checkGrantedScopes(scope, await scopesPassedOn(family, application, tx))
    const now = context.clock.now()
    // The first application, and the person's place in it, must still be there; then the second is asked.
    const subject = await findTokenHolder({ userId, sessionId, family }, tx, now)
    if (!subject.may) throw refusalOf(subject.because)
    const holder = await findTokenHolder({ userId, sessionId, ...applicationClaim(client, scopes) }, tx, now)
    if (!holder.may) throw refusalOf(holder.because)
    const { session } = holder
    return (await beginFamily({ client, session, grant: 'token_exchange', scopes }, tx, context)).answer
  })
}

async function isRefreshWanted(
  requestedTokenType: string,
  { arn }: Application,
  { store }: OperationContext,
): Promise<boolean> {
  if (requestedTokenType === ACCESS_TOKEN) return false
  if (requestedTokenType !== REFRESH_TOKEN) {
    throw new OAuthError('invalid_request', `A requestedTokenType is ${ACCESS_TOKEN} or ${REFRESH_TOKEN}.`)
  }
  if ((await store.applicationAccess.findGrant(arn, 'refresh_token')) !== undefined) return true
  throw new OAuthError('unauthorized_client', 'The application does not have the grant refresh_token.')
}

async function getSubject(subjectToken: string, tx: Transaction, { clock }: OperationContext): Promise<TokenFamily> {
  const found = isWellFormedToken(subjectToken, 'aoa')
    ? await tx.accessTokens.findWithFamily(hashOf(subjectToken))
    : undefined
  if (!found || !isLive(found.token, found.family, clock.now())) throw invalid('is unknown, or has ended')
  // A registered client's token is the person's own, to be shown to the portal alone.
  if (!isApplicationArn(found.family.clientId)) throw invalid('was not issued to an application')
  return found.family
}

/**
 * Of the token's scopes those whose authorized targets name this application, as far as it has them itself: an exchange
 * gives nothing that either of the two does not have.
 */
async function scopesPassedOn(family: TokenFamily, application: Application, tx: Transaction): Promise<string[]> {
  const subjectArn = family.clientId as string as ApplicationArn
  if (subjectArn === application.arn) throw invalid('was issued to this very application')
  const targeted = (await tx.applicationAccess.scopesOf(subjectArn)).filter(
    (one) => family.scopes.includes(one.scope) && isAuthorizedTarget(one, application),
  )
  if (targeted.length === 0) throw invalid('may not be passed on to this application')
  const own = new Set((await tx.applicationAccess.scopesOf(application.arn)).map(({ scope }) => scope))
  return targeted
    .map(({ scope }) => scope)
    .filter((scope) => own.has(scope) || DEFAULT_APPLICATION_SCOPES.includes(scope))
}

const invalid = (reason: string): OAuthError => new OAuthError('invalid_grant', `The subject token ${reason}.`)
