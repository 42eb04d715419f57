/** Patterns that roles are chosen by: `prod-*`, `prod-eu?/ReadOnly`. */

import { compileGlob } from '../hot/glob.ts'
import { formatSlug } from './slug.ts'

export interface RolePlace {
  /** Of a role that a profile was made for. */
  readonly profileName?: string | undefined
  readonly accountId: string
  readonly accountName?: string | undefined
  readonly emailAddress?: string | undefined
  readonly roleName: string
}

/** A pattern as typed, ready to be held against roles. */
export type RolePattern = (place: RolePlace) => boolean

/**
 * `ACCOUNT/ROLE`, where either may have `*`, `?` and `{a,b}`; without a slash any role of the account. An account is known
 * by its name, by the word that profiles are named with, by its id and by its e-mail address; a profile stands for its
 * account, and by its whole name for itself. Capitals do not matter.
 */
export function parseRolePattern(typed: string): RolePattern {
  // No role's name has a slash; an account's or a profile's may.
  const slash = typed.lastIndexOf('/')
  const [account, role] = slash === -1 ? [typed, '*'] : [typed.slice(0, slash), typed.slice(slash + 1)]
  const isWhole = compileGlob(typed)
  const [isAccount, isRole] = [compileGlob(account || '*'), compileGlob(role || '*')]
  return ({ profileName, accountId, accountName, emailAddress, roleName }) => {
    if (profileName !== undefined && isWhole(profileName)) return true
    const slug = accountName === undefined ? undefined : formatSlug(accountName)
    const names = [profileName, accountId, accountName, slug, emailAddress]
    return isRole(roleName) && names.some((name) => name !== undefined && isAccount(name))
  }
}
