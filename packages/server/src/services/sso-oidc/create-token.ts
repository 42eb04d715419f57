/** CreateToken: a device code, an authorization code or a refresh token becomes an access token. */

import { OAuthError } from '@mayfly/identity-center/oauth/oauth-error'
import type { Operations } from '@mayfly/wire/model/operations'
import type { OperationContext } from '../../operation/operation-context.ts'
import { authenticateClient, refuseOtherGrants } from './client-authentication.ts'
import { DEVICE_CODE, isGrantType } from './grant-type.ts'
import { redeemAuthorizationCode } from './grants/authorization-code.ts'
import { redeemDeviceCode } from './grants/device-code.ts'
import { redeemRefreshToken } from './grants/refresh-token.ts'
import { needed } from './needed.ts'

type SsoOidc = Operations<typeof import('@aws-sdk/client-sso-oidc'), OperationContext>

export const createToken = {
  async CreateToken(input, context) {
    // In each grant, before anything is looked up: a code alone must be worth nothing.
    const client = await authenticateClient(input, context)
    const { grantType, scope = [], deviceCode, code, redirectUri, codeVerifier, refreshToken } = input
    if (!isGrantType(grantType)) {
      throw new OAuthError('unsupported_grant_type', 'This server does not take that grant type.')
    }
    refuseOtherGrants(client, grantType)
    // RFC 6749 §6: no more than was granted.
    if (!scope.every((each) => client.scopes.includes(each))) {
      throw new OAuthError('invalid_scope', 'The client did not register for one of these scopes.')
    }
    if (grantType === DEVICE_CODE) return await redeemDeviceCode(needed({ deviceCode }), client, context)
    if (grantType === 'refresh_token') return await redeemRefreshToken(needed({ refreshToken }), client, context)
    return await redeemAuthorizationCode(needed({ code, redirectUri, codeVerifier }), client, context)
  },
} satisfies Partial<SsoOidc>
