/** Ends a session at its portal. */

import { Refusal } from '@mayfly/identity-center/refusal'
import { ServiceException } from '@mayfly/wire/model/service-exception'
import { createServiceClient } from '../endpoints/service-client.ts'
import type { Machine } from '../machine/machine.ts'
import type { Settings } from '../shared-config/settings.ts'

/** What names the portal, and the session there. */
export interface TokenAtPortal {
  readonly accessToken: string
  readonly region?: string
  readonly startUrl?: string
}

/**
 * Tells the portal of the token's own region. What the service says to it is of no account, as in the AWS CLI; `unreached`
 * is what kept it from being told.
 */
export async function endSession(
  machine: Machine,
  settings: Settings,
  { region, startUrl, accessToken }: TokenAtPortal,
): Promise<{ readonly unreached?: string }> {
  if (region === undefined || region === '') return {}
  try {
    const place = startUrl !== undefined && URL.canParse(startUrl) ? { startUrl } : {}
    const portal = await createServiceClient(machine, settings, 'sso', { region, ...place })
    await portal.call('Logout', { accessToken })
    return {}
  } catch (error) {
    if (error instanceof ServiceException) return {}
    if (error instanceof Refusal) return { unreached: error.message }
    throw error
  }
}
