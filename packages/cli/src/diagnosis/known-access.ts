/** What is known of a session's access without asking anybody: the index that `setup` keeps. */

import { type AccessIndex, readAccessIndex } from '../account-access/access-index.ts'
import type { Machine } from '../machine/machine.ts'
import type { SsoProfile } from '../shared-config/profile.ts'
import { findNearestRole, type NearestRole } from './nearest-role.ts'

/** The index of the profile's session; nothing for another start URL's, and in the legacy form. */
export async function findKnownAccess(machine: Machine, sso: SsoProfile): Promise<AccessIndex | undefined> {
  const index = sso.sessionName === undefined ? undefined : await readAccessIndex(machine, sso.sessionName)
  return index?.startUrl === sso.startUrl ? index : undefined
}

/** The role nearest to the profile's that was granted when the portal was last asked; never the refused one itself. */
export async function findNearestKnownRole(machine: Machine, sso: SsoProfile): Promise<NearestRole | undefined> {
  const index = await findKnownAccess(machine, sso)
  const others = (index?.accounts ?? []).map(({ roles, ...account }) => ({
    ...account,
    roles: account.accountId === sso.accountId ? roles.filter((role) => role !== sso.roleName) : roles,
  }))
  return findNearestRole(sso, others)
}
