/** An authorization request, checked in the order that keeps redirects at registered addresses (§2.4, RFC 9700). */

import { grantScopes } from '@mayfly/identity-center/applications/application'
import { mayUseGrant } from '@mayfly/identity-center/oauth/client-registration'
import type { OAuthErrorCode } from '@mayfly/identity-center/oauth/oauth-error'
import { isCodeChallenge } from '@mayfly/identity-center/oauth/pkce'
import { matchesRedirectUri } from '@mayfly/identity-center/oauth/redirect-uri'
import { Refusal } from '@mayfly/identity-center/refusal'
import type { ServerContext } from '../../context/context.ts'
import { type AuthorizingClient, findAuthorizingClient } from './authorizing-client.ts'

export interface AuthorizationRequest {
  readonly client: AuthorizingClient
  readonly redirectUri: string
  readonly state: string | undefined
  readonly codeChallenge: string
  readonly scopes: readonly string[]
}

/** A wrong request of a known client with a registered address is told to that address. */
export type CheckedRequest =
  | { readonly is: 'good'; readonly request: AuthorizationRequest }
  | {
      readonly is: 'bad'
      readonly redirectUri: string
      readonly state: string | undefined
      readonly error: OAuthErrorCode
      readonly description: string
    }

type Asked = URLSearchParams

/** Throws `invalid`, to be shown and not redirected, when the client or the address it wants to be answered at is unknown. */
export async function checkAuthorizationRequest(
  query: Asked,
  context: Pick<ServerContext, 'keys' | 'clock' | 'store'>,
): Promise<CheckedRequest> {
  const client = await findAuthorizingClient(only(query, 'client_id') ?? '', context)
  if (!client) {
    throw new Refusal('invalid', 'The application that sent you here is not registered, or no longer.', {
      hint: 'Start the sign-in again from the application.',
    })
  }
  const redirectUri = only(query, 'redirect_uri')
  if (redirectUri === undefined || !matchesRedirectUri(client.redirectUris, redirectUri)) {
    throw new Refusal('invalid', 'The application wants to be answered at an address that it did not register.', {
      hint: 'Nothing was sent there. Start the sign-in again from the application.',
    })
  }
  const state = only(query, 'state')
  const bad = findFault(query, client)
  if (bad) return { is: 'bad', redirectUri, state, ...bad }
  const codeChallenge = only(query, 'code_challenge') ?? ''
  return { is: 'good', request: { client, redirectUri, state, codeChallenge, scopes: scopesOf(query, client) } }
}

const ONCE = ['response_type', 'state', 'code_challenge', 'code_challenge_method', 'scope', 'scopes']

interface Fault {
  readonly error: OAuthErrorCode
  readonly description: string
}

function findFault(query: Asked, client: AuthorizingClient): Fault | undefined {
  const twice = ONCE.find((name) => query.getAll(name).length > 1)
  if (twice !== undefined) return { error: 'invalid_request', description: `${twice} is there more than once.` }
  if (query.get('response_type') === null) return { error: 'invalid_request', description: 'response_type is missing.' }
  if (query.get('response_type') !== 'code') {
    return { error: 'unsupported_response_type', description: 'The only response_type is code.' }
  }
  if (!mayUseGrant(client, 'authorization_code')) {
    return { error: 'unauthorized_client', description: 'The client is not registered for this grant.' }
  }
  if (query.get('code_challenge_method') !== 'S256') {
    return { error: 'invalid_request', description: 'The only code_challenge_method is S256.' }
  }
  if (!isCodeChallenge(query.get('code_challenge') ?? '')) {
    return { error: 'invalid_request', description: 'code_challenge is missing or malformed.' }
  }
  const foreign = scopesOf(query, client).find((scope) => !client.scopes.includes(scope))
  if (foreign !== undefined) return { error: 'invalid_scope', description: 'A scope is not registered for the client.' }
  return undefined
}

/** The AWS CLI says `scopes` where RFC 6749 says `scope`. Whoever asks for none gets what was registered. */
function scopesOf(query: Asked, client: AuthorizingClient): string[] {
  const asked = (query.get('scopes') ?? query.get('scope') ?? '').split(' ').filter((scope) => scope !== '')
  if (client.applicationArn !== undefined) return [...(grantScopes(asked, client.scopes) ?? asked)]
  return asked.length > 0 ? [...new Set(asked)] : [...client.scopes]
}

/** A parameter that is there once. RFC 6749 §3.1 allows no other. */
const only = (query: Asked, name: string): string | undefined => {
  const values = query.getAll(name)
  return values.length === 1 ? values[0] : undefined
}
