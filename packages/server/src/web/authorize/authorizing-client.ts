/** Whoever sends a person to `/authorize`: a registered client, or an application. */

import { DEFAULT_APPLICATION_SCOPES, isApplicationArn } from '@mayfly/identity-center/applications/application'
import type { ApplicationArn, ClientId } from '@mayfly/identity-center/identifiers'
import type { ClientRegistration } from '@mayfly/identity-center/oauth/client-registration'
import type { ServerContext } from '../../context/context.ts'
import { readRegistration } from '../../keys/client-registration.ts'

export interface AuthorizingClient
  extends Pick<ClientRegistration, 'clientId' | 'clientName' | 'scopes' | 'redirectUris' | 'grantTypes'> {
  /** Of an application, which an administrator has made: who may use it is asked too. */
  readonly applicationArn?: ApplicationArn
}

/** Undefined for a client that is unknown, whose registration has expired, or that is switched off. */
export async function findAuthorizingClient(
  clientId: string,
  context: Pick<ServerContext, 'keys' | 'clock' | 'store'>,
): Promise<AuthorizingClient | undefined> {
  if (isApplicationArn(clientId)) return findApplication(clientId, context)
  const client = readRegistration(clientId, context.keys)
  return client && context.clock.now() < client.expiresAt ? client : undefined
}

async function findApplication(
  arn: ApplicationArn,
  { store }: Pick<ServerContext, 'store'>,
): Promise<AuthorizingClient | undefined> {
  const application = await store.applications.find(arn)
  const grant = await store.applicationAccess.findGrant(arn, 'authorization_code')
  if (application?.status !== 'ENABLED' || grant === undefined) return undefined
  const configured = (await store.applicationAccess.scopesOf(arn)).map(({ scope }) => scope)
  return {
    clientId: arn as string as ClientId,
    clientName: application.name,
    scopes: [...new Set([...DEFAULT_APPLICATION_SCOPES, ...configured])],
    redirectUris: grant.redirectUris,
    grantTypes: [grant.type],
    applicationArn: arn,
  }
}
