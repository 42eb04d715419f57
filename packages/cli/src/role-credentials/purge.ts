/** Takes role credentials out of the cache when somebody signs in: they may be another person's. */

import type { Machine } from '../machine/machine.ts'
import type { SsoConfiguration } from '../shared-config/profile.ts'
import { findText, type SharedConfig } from '../shared-config/shared-config.ts'
import { deleteRoleCredentials, roleCacheFileName } from './role-cache.ts'

/**
 * Deletes the cached role credentials that may belong to whoever was signed in to `sso` before (specification §4.6). A
 * file does not say whose it is, only its name tells of which session; those that profiles of other sessions use stay.
 */
export async function purgeRoleCredentials(
  machine: Machine,
  config: SharedConfig,
  sso: SsoConfiguration,
): Promise<void> {
  await deleteRoleCredentials(machine, new Set(listOfOtherSessions(config, sso)))
}

function listOfOtherSessions({ profiles, ssoSessions }: SharedConfig, sso: SsoConfiguration): readonly string[] {
  return [...profiles.values()].flatMap((profile) => {
    const sessionName = findText(profile, 'sso_session')
    const startUrl = findText(sessionName === undefined ? profile : ssoSessions.get(sessionName), 'sso_start_url')
    const accountId = findText(profile, 'sso_account_id')
    const roleName = findText(profile, 'sso_role_name')
    if (startUrl === undefined || accountId === undefined || roleName === undefined) return []
    if (sessionName === sso.sessionName && (sessionName !== undefined || startUrl === sso.startUrl)) return []
    return [roleCacheFileName({ accountId, roleName, startUrl, ...(sessionName !== undefined && { sessionName }) })]
  })
}
