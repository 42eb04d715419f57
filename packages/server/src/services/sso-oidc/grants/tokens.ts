/** What every grant has in common: may this person have a token now, and if so, here it is. */

import { between, inSeconds } from '@mayfly/identity-center/duration'
import type { ApplicationArn, ClientId } from '@mayfly/identity-center/identifiers'
import {
  createTokenFamily,
  type FamilyGrant,
  issueTokens,
  type TokenFamily,
  type TokenRule,
} from '@mayfly/identity-center/oauth/access-token'
import type { WhyNoToken } from '@mayfly/identity-center/oauth/may-have-token'
import { OAuthError } from '@mayfly/identity-center/oauth/oauth-error'
import type { Session } from '@mayfly/identity-center/sign-in/session'
import type { Transaction } from '@mayfly/store'
import type { TokenClaim } from '../../../caller/token-holder.ts'
import type { OperationContext } from '../../../operation/operation-context.ts'

/** The answer of CreateToken, and the beginning of CreateTokenWithIAM's. */
export interface TokenAnswer {
  accessToken: string
  tokenType: string
  expiresIn: number
  refreshToken?: string
}

/** What an application is told besides its tokens. */
export interface ApplicationDetails {
  idToken: string
  issuedTokenType: string
  scope: string[]
  awsAdditionalDetails: { identityContext: string }
}

/** Whoever redeems something for tokens: a registered client, or an application. */
export interface TokenClient {
  readonly clientId: ClientId
  readonly clientName: string
  /** Of an application alone. */
  readonly application?: {
    readonly arn: ApplicationArn
    readonly rule: TokenRule
    readonly describe: (family: TokenFamily, issued: { readonly at: Date; readonly until: Date }) => ApplicationDetails
  }
}

/** For `findTokenHolder`: what a first token is asked for in the name of. */
export const applicationClaim = (
  { application }: TokenClient,
  scopes: readonly string[],
): Pick<TokenClaim, 'application'> =>
  application === undefined ? {} : { application: { arn: application.arn, scopes } }

interface NewFamily {
  readonly client: TokenClient
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
  return { family, answer: await answerWithTokens(family, client, tx, context) }
}

/** Issues the next tokens of a family, keeps their hashes, and records it all in the same transaction. */
export async function answerWithTokens(
  family: TokenFamily,
  { application }: TokenClient,
  tx: Transaction,
  { clock, random, record }: OperationContext,
): Promise<TokenAnswer & Partial<ApplicationDetails>> {
  const now = clock.now()
  const { accessToken, refreshToken, expiresAt, kept } = issueTokens(family, now, random, application?.rule)
  await tx.accessTokens.insert(kept.accessToken)
  if (kept.refreshToken) await tx.refreshTokens.insert(kept.refreshToken)
  const answer = {
    accessToken,
    tokenType: 'Bearer',
    expiresIn: inSeconds(between(now, expiresAt)),
    ...(refreshToken === undefined ? {} : { refreshToken }),
    ...application?.describe(family, { at: now, until: expiresAt }),
  }
  await record(tx, answer)
  return answer
}

const OF_THE_APPLICATION: ReadonlySet<WhyNoToken> = new Set([
  'application-unknown',
  'application-disabled',
  'not-assigned',
  'scope-withdrawn',
])

/** A person who may have no token is told so (`access_denied`); a session that is over means signing in again. */
export function refusalOf(because: WhyNoToken): OAuthError {
  if (because === 'user-unknown' || because === 'user-disabled') {
    return new OAuthError('access_denied', 'This user may not sign in. Ask your administrator.')
  }
  if (because === 'device-grant-disabled') {
    return new OAuthError('access_denied', 'Sign-in by device code is switched off here. Sign in with a browser.')
  }
  if (OF_THE_APPLICATION.has(because)) {
    return new OAuthError('access_denied', 'This user may not use the application. Ask your administrator.')
  }
  return new OAuthError('invalid_grant', 'The session has ended. Sign in again.')
}
