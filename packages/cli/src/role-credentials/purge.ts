/** Takes role credentials out of the cache when somebody signs in: they may be another person's. */

import type { Machine } from '../machine/machine.ts'
import { joinPath } from '../shared-config/paths.ts'
import type { SsoConfiguration } from '../shared-config/profile.ts'
import { findText, type SharedConfig } from '../shared-config/shared-config.ts'
import { readCacheFile } from '../sign-in/token-cache.ts'
import { roleCacheFileName, roleCacheFolder } from './role-cache.ts'

/**
 * Deletes the cached role credentials that may belong to whoever was signed in to `sso` before (specification §4.6). A
 * file does not say whose it is, only its name tells of which session; those that profiles of other sessions use stay.
 */
export async function purgeRoleCredentials(
  machine: Machine,
  config: SharedConfig,
  sso: SsoConfiguration,
): Promise<void> {
  const kept = new Set(listOfOtherSessions(config, sso))
  const folder = roleCacheFolder(machine)
  for (const name of await machine.files.list(folder)) {
    if (!name.endsWith('.json') || kept.has(name)) continue
    const path = joinPath(machine, folder, name)
    const content = await readCacheFile(machine, path)
    if (content === undefined || content === 'damaged' || content['ProviderType'] !== 'sso') continue
    await machine.files.delete(path)
  }
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
