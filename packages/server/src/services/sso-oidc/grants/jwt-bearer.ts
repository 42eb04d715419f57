/** The JWT bearer grant: an assertion of a trusted token issuer names a user, once (RFC 7523; §2.7). */

import type { AuthorizedTokenIssuer } from '@mayfly/identity-center/applications/application'
import {
  claimAt,
  parseUserAttributePath,
  type TrustedTokenIssuer,
} from '@mayfly/identity-center/applications/trusted-token-issuer'
import type { User } from '@mayfly/identity-center/directory/user'
import { after } from '@mayfly/identity-center/duration'
import type { SessionId } from '@mayfly/identity-center/identifiers'
import { ACCESS_TOKEN_LIFETIME } from '@mayfly/identity-center/oauth/access-token'
import { OAuthError } from '@mayfly/identity-center/oauth/oauth-error'
import { randomBase64Url, randomUuid } from '@mayfly/identity-center/random'
import { hashOf } from '@mayfly/identity-center/secret'
import type { Session } from '@mayfly/identity-center/sign-in/session'
import type { Transaction } from '@mayfly/store'
import { findTokenHolder } from '../../../caller/token-holder.ts'
import { describeError } from '../../../context/log.ts'
import type { OperationContext } from '../../../operation/operation-context.ts'
import { readIssuer, type VerifiedAssertion, verifyAssertion } from '../../../trusted-issuer/assertion.ts'
import { FetchFault } from '../../../trusted-issuer/fetch-json.ts'
import { checkGrantedScopes } from '../application-client.ts'
import { applicationClaim, beginFamily, refusalOf, type TokenAnswer, type TokenClient } from './tokens.ts'

interface ShownAssertion {
  readonly assertion: string
  readonly scope?: readonly string[] | undefined
  readonly authorizedTokenIssuers: readonly AuthorizedTokenIssuer[]
}

/** Throws `invalid_grant` for an assertion that proves nothing, was shown before, or names no one user. */
export async function redeemAssertion(
  { assertion, scope, authorizedTokenIssuers }: ShownAssertion,
  client: TokenClient,
  context: OperationContext,
): Promise<TokenAnswer> {
  const { issuer, audiences } = await findIssuer(readIssuer(assertion), authorizedTokenIssuers, context)
  const verified = await verify(assertion, { issuer, audiences }, context)
  return await context.store.transaction(async (tx) => {
    const scopes = checkGrantedScopes(scope, await availableScopes(client, tx))
    await spend(verified, issuer, tx)
    const user = await getNamedUser(verified, issuer, tx)
    const session = await createApplicationSession(user, client, context)
    Object.assign(context.actingFor, { userId: user.id, sessionId: session.id })
    await tx.sessions.insert(session)
    const claim = { userId: user.id, sessionId: session.id, ...applicationClaim(client, scopes) }
    const holder = await findTokenHolder(claim, tx, context.clock.now())
    // Thrown in the transaction: of somebody who may have no token no session is left behind.
    if (!holder.may) throw refusalOf(holder.because)
    return (await beginFamily({ client, session, grant: 'jwt_bearer', scopes }, tx, context)).answer
  })
}

interface KnownIssuer {
  readonly issuer: TrustedTokenIssuer
  readonly audiences: readonly string[]
}

/** Of the issuers that the application trusts the one whose address the assertion names, letter for letter. */
async function findIssuer(
  issuerUrl: string,
  authorized: readonly AuthorizedTokenIssuer[],
  { store }: OperationContext,
): Promise<KnownIssuer> {
  for (const { trustedTokenIssuerArn, authorizedAudiences } of authorized) {
    const issuer = await store.trustedTokenIssuers.find(trustedTokenIssuerArn)
    if (issuer?.issuerUrl === issuerUrl) return { issuer, audiences: authorizedAudiences }
  }
  throw invalid('comes from an issuer that the application does not trust')
}

async function verify(
  assertion: string,
  { issuer, audiences }: KnownIssuer,
  { issuerKeys, clock, log, requestId }: OperationContext,
): Promise<VerifiedAssertion> {
  const expected = { issuerUrl: issuer.issuerUrl, audiences }
  try {
    return await verifyAssertion(assertion, expected, issuerKeys, clock.now())
  } catch (error) {
    if (!(error instanceof FetchFault)) throw error
    // What exactly answers at that address is for the operator to know.
    log.warn('The keys of a trusted token issuer cannot be had.', {
      requestId,
      trustedTokenIssuer: issuer.arn,
      ...describeError(error),
    })
    throw invalid('cannot be verified: the keys of its issuer cannot be had')
  }
}

async function availableScopes({ application }: TokenClient, tx: Transaction): Promise<string[]> {
  if (application === undefined) return []
  return (await tx.applicationAccess.scopesOf(application.arn)).map(({ scope }) => scope)
}

/** By compare-and-set: of several that show one assertion the first has it, whatever happens to the others. */
async function spend({ tokenId, expiresAt }: VerifiedAssertion, issuer: TrustedTokenIssuer, tx: Transaction) {
  const spent = { trustedTokenIssuerArn: issuer.arn, tokenIdHash: hashOf(tokenId), expiresAt }
  if (!(await tx.spentAssertions.insert(spent))) throw invalid('was shown before')
}

async function getNamedUser(
  { claims }: VerifiedAssertion,
  { claimAttributePath, identityStoreAttributePath }: TrustedTokenIssuer,
  tx: Transaction,
): Promise<User> {
  const value = claimAt(claims, claimAttributePath)
  if (value === undefined) throw invalid(`has no text at ${claimAttributePath}`)
  const user = await findUser(value, identityStoreAttributePath, tx)
  if (user === undefined) throw invalid('does not name exactly one user')
  return user
}

async function findUser(value: string, attributePath: string, tx: Transaction): Promise<User | undefined> {
  switch (parseUserAttributePath(attributePath)) {
    case 'userName':
      return await tx.users.findByUserName(value)
    case 'email':
      return await tx.users.findByEmail(value)
    case 'externalId': {
      const [id, ...others] = await tx.users.listByExternalId(value)
      return id === undefined || others.length > 0 ? undefined : await tx.users.find(id)
    }
  }
}

/** Nobody is signed in to a browser: the session is there to be seen and to be ended, and its cookie is nobody's. */
async function createApplicationSession(
  { id: userId }: User,
  { application }: TokenClient,
  context: OperationContext,
): Promise<Session> {
  const { clock, random, requester } = context
  const now = clock.now()
  const { sessionDuration } = await context.instance()
  return {
    id: randomUuid(random) as SessionId,
    cookieHash: hashOf(randomBase64Url(random, 32)),
    userId,
    requester,
    mfa: false,
    createdAt: now,
    expiresAt: after(now, application?.rule.refreshes ? sessionDuration : ACCESS_TOKEN_LIFETIME),
  }
}

const invalid = (reason: string): OAuthError => new OAuthError('invalid_grant', `The assertion ${reason}.`)
