/** Which accounts an audit reads, and with which permission set. */

import type { AccessAccount } from '../../account-access/access-index.ts'
import { parseRolePattern } from '../../account-access/role-pattern.ts'
import type { UnreadAccount } from './audited-account.ts'
import type { AccountToRead } from './read-account.ts'

/** A permission set, and in how many of the accounts it is granted. */
export interface OfferedRole {
  readonly roleName: string
  readonly accounts: number
}

/** Those that match one of the patterns (account name, the word of its profiles, id, e-mail address); all without one. */
export function matchAccounts(
  accounts: readonly AccessAccount[],
  patterns: readonly string[],
): readonly AccessAccount[] {
  if (patterns.length === 0) return accounts
  const wanted = patterns.map((pattern) => parseRolePattern(`${pattern}/*`))
  return accounts.filter((account) => wanted.some((matches) => matches({ ...account, roleName: '' })))
}

/** By how many accounts offer them, and by their names. */
export function listOfferedRoles(accounts: readonly AccessAccount[]): readonly OfferedRole[] {
  const counts = new Map<string, number>()
  for (const { roles } of accounts) for (const role of roles) counts.set(role, (counts.get(role) ?? 0) + 1)
  return [...counts]
    .map(([roleName, count]) => ({ roleName, accounts: count }))
    .sort((one, other) => other.accounts - one.accounts || (one.roleName < other.roleName ? -1 : 1))
}

/** The one that more accounts offer than any other; nothing where several do. */
export function findMostOffered([first, second]: readonly OfferedRole[]): string | undefined {
  return first && first.accounts > (second?.accounts ?? 0) ? first.roleName : undefined
}

/** Each account with the first of the permission sets that is granted in it. */
export function assignRoles(
  accounts: readonly AccessAccount[],
  roleNames: readonly string[],
): { readonly accounts: readonly AccountToRead[]; readonly unreachable: readonly UnreadAccount[] } {
  const found: AccountToRead[] = []
  const unreachable: UnreadAccount[] = []
  for (const { accountId, accountName, roles } of accounts) {
    const named = { accountId, ...(accountName !== undefined && { accountName }) }
    const roleName = roleNames.find((name) => roles.includes(name))
    if (roleName !== undefined) found.push({ ...named, roleName })
    else unreachable.push({ ...named, why: `${roleNames.join(', ')} is not granted there (${describe(roles)})` })
  }
  return { accounts: found, unreachable }
}

const describe = (roles: readonly string[]): string =>
  roles.length === 0 ? 'no permission set is' : `granted: ${roles.join(', ')}`
