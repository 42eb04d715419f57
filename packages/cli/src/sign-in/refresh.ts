/** A new access token for an old refresh token, without asking anybody. */

import { after, seconds } from '@mayfly/identity-center/duration'
import { Refusal } from '@mayfly/identity-center/refusal'
import { ServiceException } from '@mayfly/wire/model/service-exception'
import { createServiceClient } from '../endpoints/service-client.ts'
import type { Machine } from '../machine/machine.ts'
import type { SsoConfiguration } from '../shared-config/profile.ts'
import type { Settings } from '../shared-config/settings.ts'
import type { CachedToken } from './token-cache.ts'
import type { RefreshInput } from './token-state.ts'

/** How an attempt ended: with a token, or with the service's no. */
export type Refresh =
  | { readonly answer: 'refreshed'; readonly token: CachedToken }
  | { readonly answer: 'refused'; readonly cause: ServiceException }

/** Asks for a new token. Writes nothing. Rejects when no answer came. */
export async function refresh(
  machine: Machine,
  settings: Settings,
  { sso, token, input }: { readonly sso: SsoConfiguration; readonly token: CachedToken; readonly input: RefreshInput },
): Promise<Refresh> {
  const client = await createServiceClient(machine, settings, 'sso-oidc', {
    region: sso.region,
    startUrl: sso.startUrl,
  })
  try {
    const output = await client.call('CreateToken', { grantType: 'refresh_token', ...input })
    return { answer: 'refreshed', token: refreshedToken(token, sso, output, machine.clock.now()) }
  } catch (error) {
    if (error instanceof ServiceException) return { answer: 'refused', cause: error }
    throw error
  }
}

function refreshedToken(
  former: CachedToken,
  sso: SsoConfiguration,
  output: Readonly<Record<string, unknown>>,
  now: Date,
): CachedToken {
  const { accessToken, expiresIn, refreshToken } = output
  if (typeof accessToken !== 'string' || typeof expiresIn !== 'number') {
    throw new Refusal('invalid', 'The sign-in service answered without a token.')
  }
  return {
    ...former,
    startUrl: sso.startUrl,
    region: sso.region,
    accessToken,
    expiresAt: after(now, seconds(expiresIn)),
    // RFC 6749 §6: an answer without a refresh token leaves the former one in force. (The AWS CLI drops it.)
    ...(typeof refreshToken === 'string' && { refreshToken }),
  }
}
