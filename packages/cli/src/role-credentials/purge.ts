/** Takes role credentials out of the cache when somebody signs in: they may be another person's. */

import { listAccessIndexes } from '../account-access/access-index.ts'
import type { Machine } from '../machine/machine.ts'
import { getSsoProfile, type SsoConfiguration, type SsoProfile } from '../shared-config/profile.ts'
import type { SharedConfig } from '../shared-config/shared-config.ts'
import { deleteRoleCredentials, roleCacheFileName } from './role-cache.ts'

/**
 * Deletes the cached role credentials that may belong to whoever was signed in to `sso` before (specification §4.6). A
 * file does not say whose it is, only its name tells of which session; those that are known to be of others stay.
 * `unopened` are sealed records that cannot be opened, by name.
 */
export async function purgeRoleCredentials(
  machine: Machine,
  config: SharedConfig,
  sso: SsoConfiguration,
  unopened?: ReadonlyMap<string, string>,
): Promise<void> {
  await deleteRoleCredentials(machine, new Set(await listOfOtherSessions(machine, config, sso)), unopened)
}

/** The names of all roles of other sessions: those that profiles name, and those that their portals have listed. */
async function listOfOtherSessions(
  machine: Machine,
  config: SharedConfig,
  sso: SsoConfiguration,
): Promise<readonly string[]> {
  const isOther = ({ sessionName, startUrl }: Pick<SsoConfiguration, 'sessionName' | 'startUrl'>): boolean =>
    sessionName !== sso.sessionName || (sessionName === undefined && startUrl !== sso.startUrl)
  const profiles = [...config.profiles.keys()].flatMap((name) => tryProfile(config, name) ?? [])
  const indexes = (await listAccessIndexes(machine)).flatMap(({ sessionName, startUrl, accounts }) =>
    accounts.flatMap(({ accountId, roles }) =>
      roles.map((roleName) => ({ sessionName, startUrl, accountId, roleName })),
    ),
  )
  return [...profiles, ...indexes].filter(isOther).map(roleCacheFileName)
}

/** Nothing for a profile that does not sign in, or lacks something. */
function tryProfile(config: SharedConfig, name: string): SsoProfile | undefined {
  try {
    return getSsoProfile(config, name)
  } catch {
    return undefined
  }
}
