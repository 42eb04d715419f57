/** CreateTokenWithIAM: tokens for applications, asked for by a role that the application's actor policy allows. */

import {
  type Application,
  type ApplicationGrantType,
  JWT_BEARER,
  TOKEN_EXCHANGE,
} from '@mayfly/identity-center/applications/application'
import { OAuthError } from '@mayfly/identity-center/oauth/oauth-error'
import type { InputTo, Operations } from '@mayfly/wire/model/operations'
import type { OperationContext } from '../../operation/operation-context.ts'
import { createTokenClient, getApplication, getGrant } from './application-client.ts'
import { redeemAuthorizationCode } from './grants/authorization-code.ts'
import { redeemAssertion } from './grants/jwt-bearer.ts'
import { redeemRefreshToken } from './grants/refresh-token.ts'
import { exchangeToken } from './grants/token-exchange.ts'
import type { TokenAnswer } from './grants/tokens.ts'
import { needed } from './needed.ts'

type Sdk = typeof import('@aws-sdk/client-sso-oidc')
type SsoOidc = Operations<Sdk, OperationContext>
type Input = InputTo<Sdk, 'CreateTokenWithIAM'>

type Redeem = (input: Input, application: Application, context: OperationContext) => Promise<TokenAnswer>

export const createTokenWithIam = {
  async CreateTokenWithIAM(input, context) {
    const { grantType } = input
    // Whether the caller may ask in the name of this application was asked before: `authorize` knows its actor policy.
    const application = await getApplication(input.clientId, context)
    if (!isApplicationGrant(grantType)) {
      throw new OAuthError('unsupported_grant_type', 'This server does not take that grant type.')
    }
    return await GRANTS[grantType](input, application, context)
  },
} satisfies Partial<SsoOidc>

const isApplicationGrant = (text: string): text is ApplicationGrantType => Object.hasOwn(GRANTS, text)

const GRANTS: Readonly<Record<ApplicationGrantType, Redeem>> = {
  async authorization_code({ code, redirectUri, codeVerifier, scope }, application, context) {
    const shown = needed({ code, redirectUri, codeVerifier })
    refuseScopes(scope, 'The authorization request has settled the scopes.')
    await getGrant(application, 'authorization_code', context)
    const client = await createTokenClient(application, await refreshesOf(application, context), context)
    return await redeemAuthorizationCode(shown, client, context)
  },

  async refresh_token({ refreshToken, scope }, application, context) {
    const shown = needed({ refreshToken })
    refuseScopes(scope, 'A refresh keeps the scopes of the first tokens.')
    await getGrant(application, 'refresh_token', context)
    return await redeemRefreshToken(shown, await createTokenClient(application, { refreshes: true }, context), context)
  },

  async [JWT_BEARER]({ assertion, scope }, application, context) {
    const shown = needed({ assertion })
    const { authorizedTokenIssuers } = await getGrant(application, JWT_BEARER, context)
    const client = await createTokenClient(application, await refreshesOf(application, context), context)
    return await redeemAssertion({ ...shown, scope, authorizedTokenIssuers }, client, context)
  },

  async [TOKEN_EXCHANGE](input, application, context) {
    const { subjectToken, subjectTokenType } = input
    const shown = needed({ subjectToken, subjectTokenType })
    await getGrant(application, TOKEN_EXCHANGE, context)
    return await exchangeToken({ ...input, ...shown }, application, context)
  },
}

/** A refresh token comes along when the application can use it. */
async function refreshesOf(
  { arn }: Application,
  { store }: OperationContext,
): Promise<{ readonly refreshes: boolean }> {
  return { refreshes: (await store.applicationAccess.findGrant(arn, 'refresh_token')) !== undefined }
}

/** A scope that would be passed over in silence is better refused. */
function refuseScopes(scope: readonly string[] | undefined, reason: string): void {
  if (scope !== undefined && scope.length > 0) throw new OAuthError('invalid_scope', reason)
}
