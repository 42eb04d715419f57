/** Patterns that roles are chosen by: `prod-*`, `prod-eu?/ReadOnly`. */

import { formatSlug } from './slug.ts'

export interface RolePlace {
  readonly accountId: string
  readonly accountName?: string | undefined
  readonly emailAddress?: string | undefined
  readonly roleName: string
}

/** A pattern as typed, ready to be held against roles. */
export type RolePattern = (place: RolePlace) => boolean

/**
 * `ACCOUNT/ROLE`, where either may have `*` and `?`; without a slash any role of the account. An account is known by its
 * name, by the word that profiles are named with, by its id and by its e-mail address; capitals do not matter.
 */
export function parseRolePattern(typed: string): RolePattern {
  // No role's name has a slash; an account's may.
  const slash = typed.lastIndexOf('/')
  const [account, role] = slash === -1 ? [typed, '*'] : [typed.slice(0, slash), typed.slice(slash + 1)]
  const [isAccount, isRole] = [matcherOf(account || '*'), matcherOf(role || '*')]
  return ({ accountId, accountName, emailAddress, roleName }) => {
    const slug = accountName === undefined ? undefined : formatSlug(accountName)
    const names = [accountId, accountName, slug, emailAddress]
    return isRole(roleName) && names.some((name) => name !== undefined && isAccount(name))
  }
}

/** Whether a text matches a pattern whole. Without a regular expression: a pattern of stars would keep one busy for years. */
function matcherOf(pattern: string): (text: string) => boolean {
  const wanted = [...pattern.toLowerCase()]
  return (text) => {
    const given = [...text.toLowerCase()]
    let [place, star, mark] = [0, -1, 0]
    for (let index = 0; index < given.length; ) {
      if (place < wanted.length && wanted[place] === '*') {
        star = place
        mark = index
        place += 1
      } else if (place < wanted.length && (wanted[place] === '?' || wanted[place] === given[index])) {
        place += 1
        index += 1
      } else if (star >= 0) {
        place = star + 1
        mark += 1
        index = mark
      } else return false
    }
    while (wanted[place] === '*') place += 1
    return place === wanted.length
  }
}
