/** The client of a request, authenticated in every grant by its id and its secret. */

import { type ClientRegistration, mayUseGrant } from '@mayfly/identity-center/oauth/client-registration'
import { OAuthError } from '@mayfly/identity-center/oauth/oauth-error'
import { isSecretOf, readRegistration } from '../../keys/client-registration.ts'
import type { OperationContext } from '../../operation/operation-context.ts'
import type { GrantType } from './grant-type.ts'

interface ClientCredentials {
  readonly clientId: string
  readonly clientSecret: string
}

/** Throws `invalid_client` for a client that this server did not register, or whose registration has expired. */
export async function authenticateClient(
  { clientId, clientSecret }: ClientCredentials,
  context: OperationContext,
): Promise<ClientRegistration> {
  const client = readRegistration(clientId, context.keys)
  const { arn } = await context.instance()
  if (!client || !isSecretOf(clientId, clientSecret, context.keys) || client.instanceArn !== arn) {
    throw new OAuthError('invalid_client', 'The client is not registered with this server.')
  }
  if (context.clock.now() >= client.expiresAt) {
    throw new OAuthError('invalid_client', 'The client registration has expired. Register anew.')
  }
  return client
}

/** Throws `unauthorized_client` when the client registered for other grants. */
export function refuseOtherGrants(client: ClientRegistration, grantType: GrantType): void {
  if (mayUseGrant(client, grantType)) return
  throw new OAuthError('unauthorized_client', `The client did not register for the grant ${grantType}.`)
}
