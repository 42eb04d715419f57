/** RegisterClient: a client becomes known, and nothing is stored (§2.2). */

import { after, days, inSeconds, milliseconds } from '@mayfly/identity-center/duration'
import type { Instance } from '@mayfly/identity-center/instance'
import { OAuthError } from '@mayfly/identity-center/oauth/oauth-error'
import { isRedirectUri } from '@mayfly/identity-center/oauth/redirect-uri'
import type { Operations } from '@mayfly/wire/model/operations'
import { signRegistration } from '../../keys/client-registration.ts'
import type { OperationContext } from '../../operation/operation-context.ts'
import { isGrantType } from './grant-type.ts'
import { checkScopes } from './scopes.ts'
import { getInstanceOf } from './start-url.ts'

type SsoOidc = Operations<typeof import('@aws-sdk/client-sso-oidc'), OperationContext>

const LIFETIME = days(90)
const LONGEST_NAME = 256
/** The id travels in the query of `/authorize`, where some proxies take 4 KB and no more. */
const LONGEST_ID = 2048

export const clientRegistration = {
  async RegisterClient(input, context) {
    const { clientName, clientType, scopes = [], grantTypes = [], redirectUris = [], issuerUrl } = input
    if (clientType !== 'public') {
      throw new OAuthError('invalid_client_metadata', 'The only client type that can be registered is public.')
    }
    checkName(clientName)
    checkScopes(scopes)
    checkGrantTypes(grantTypes)
    checkRedirectUris(redirectUris, grantTypes)
    const instance: Instance = await getInstanceOf(issuerUrl, context)
    const issuedAt = context.clock.now()
    const expiresAt = after(issuedAt, LIFETIME)
    const registration = {
      clientName,
      clientType,
      scopes,
      grantTypes,
      redirectUris,
      instanceArn: instance.arn,
      issuedAt,
      expiresAt,
    } as const
    const { clientId, clientSecret } = signRegistration(registration, context.keys)
    if (clientId.length > LONGEST_ID) {
      throw new OAuthError('invalid_client_metadata', 'The registration is too long: fewer or shorter redirect URIs.')
    }
    return {
      clientId,
      clientSecret,
      clientIdIssuedAt: epochSeconds(issuedAt),
      clientSecretExpiresAt: epochSeconds(expiresAt),
    }
  },
} satisfies Partial<SsoOidc>

const epochSeconds = (moment: Date): number => inSeconds(milliseconds(moment.getTime()))

function checkName(clientName: string): void {
  if (clientName.trim() !== '' && clientName.length <= LONGEST_NAME) return
  throw new OAuthError('invalid_client_metadata', `The client name must have 1 to ${LONGEST_NAME} characters.`)
}

function checkGrantTypes(grantTypes: readonly string[]): void {
  if (grantTypes.every(isGrantType)) return
  throw new OAuthError(
    'unsupported_grant_type',
    'The grant types of this server are authorization_code, refresh_token and urn:ietf:params:oauth:grant-type:device_code.',
  )
}

function checkRedirectUris(redirectUris: readonly string[], grantTypes: readonly string[]): void {
  if (!redirectUris.every(isRedirectUri)) {
    throw new OAuthError(
      'invalid_redirect_uri',
      'A redirect URI must be https, a loopback address over http, or a private scheme with a dot.',
    )
  }
  if (grantTypes.includes('authorization_code') && redirectUris.length === 0) {
    throw new OAuthError('invalid_redirect_uri', 'The authorization_code grant needs a redirect URI.')
  }
}
