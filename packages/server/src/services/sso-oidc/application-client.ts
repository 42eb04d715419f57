/** The application in whose name tokens are asked for: its grants, its scopes, and what it is told. */

import {
  type Application,
  type ApplicationGrant,
  type ApplicationGrantType,
  grantScopes,
  isApplicationArn,
} from '@mayfly/identity-center/applications/application'
import type { ClientId } from '@mayfly/identity-center/identifiers'
import type { Instance } from '@mayfly/identity-center/instance'
import { ACCESS_TOKEN_LIFETIME, type TokenFamily } from '@mayfly/identity-center/oauth/access-token'
import { OAuthError } from '@mayfly/identity-center/oauth/oauth-error'
import { onBehalfOf } from '@mayfly/identity-center/user-identity'
import { signIdToken } from '../../keys/id-token.ts'
import { sealIdentityContext } from '../../keys/identity-context.ts'
import type { OperationContext } from '../../operation/operation-context.ts'
import type { ApplicationDetails, TokenClient } from './grants/tokens.ts'

export const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token'
export const REFRESH_TOKEN = 'urn:ietf:params:oauth:token-type:refresh_token'

/** Throws `invalid_client` for one that is unknown, `unauthorized_client` for one that is switched off. */
export async function getApplication(clientId: string, { store }: OperationContext): Promise<Application> {
  const application = isApplicationArn(clientId) ? await store.applications.find(clientId) : undefined
  if (application === undefined) throw new OAuthError('invalid_client', 'There is no such application.')
  if (application.status === 'ENABLED') return application
  throw new OAuthError('unauthorized_client', 'The application is disabled.')
}

/** Throws `unauthorized_client` for a grant that the application does not have. */
export async function getGrant<Type extends ApplicationGrantType>(
  { arn }: Application,
  type: Type,
  { store }: OperationContext,
): Promise<Extract<ApplicationGrant, { type: Type }>> {
  const grant = await store.applicationAccess.findGrant(arn, type)
  if (grant !== undefined) return grant
  throw new OAuthError('unauthorized_client', `The application does not have the grant ${type}.`)
}

/** The scopes of a new token. Throws `invalid_scope` for one that the application does not have. */
export function checkGrantedScopes(
  asked: readonly string[] | undefined,
  available: readonly string[],
): readonly string[] {
  const scopes = grantScopes(asked, available)
  if (scopes !== undefined) return scopes
  throw new OAuthError('invalid_scope', 'The application does not have one of these scopes.')
}

/** An application as the grants know a client. `refreshes`: whether its tokens come with a refresh token. */
export async function createTokenClient(
  application: Application,
  { refreshes }: { readonly refreshes: boolean },
  context: OperationContext,
): Promise<TokenClient> {
  const instance = await context.instance()
  return {
    // To whoever keeps tokens an application is a client like any other.
    clientId: application.arn as string as ClientId,
    clientName: application.name,
    application: {
      arn: application.arn,
      rule: { refreshes, lifetime: ACCESS_TOKEN_LIFETIME },
      describe: (family, issued) => ({
        ...describeTokens(family, { application, instance, issued }, context),
        issuedTokenType: refreshes ? REFRESH_TOKEN : ACCESS_TOKEN,
      }),
    },
  }
}

interface Described {
  readonly application: Application
  readonly instance: Instance
  readonly issued: { readonly at: Date; readonly until: Date }
}

function describeTokens(
  { userId, sessionId, scopes }: TokenFamily,
  { application, instance, issued }: Described,
  { keys }: OperationContext,
): Omit<ApplicationDetails, 'issuedTokenType'> {
  const { arn } = application
  const { at, until } = issued
  const identityContext = sealIdentityContext(
    { userId, sessionId, applicationArn: arn, issuedAt: at, expiresAt: until },
    keys,
  )
  const idToken = signIdToken(
    {
      iss: `https://identitycenter.amazonaws.com/${instance.arn.split('/')[1]}`,
      aud: arn,
      sub: userId,
      iat: Math.floor(at.getTime() / 1000),
      exp: Math.floor(until.getTime() / 1000),
      'sts:identity_context': identityContext,
      'aws:identity_store_id': instance.identityStoreId,
      'aws:identity_store_arn': onBehalfOf(userId, instance)['identityStoreArn'],
      'aws:instance_arn': instance.arn,
      'aws:instance_account': instance.ownerAccountId,
      'aws:credential_id': sessionId,
    },
    keys,
  )
  return { idToken, scope: [...scopes], awsAdditionalDetails: { identityContext } }
}
