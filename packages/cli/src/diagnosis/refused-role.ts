/** The words for a role that is not the person's: what is near, and where to write it. */

import { shellWord } from '../shared-config/shell-word.ts'
import { type Finding, fault } from './causes.ts'
import { findSignInPlace } from './config-text.ts'
import type { SsoInquiry } from './inquiry.ts'
import type { GrantedAccount, NearestRole } from './nearest-role.ts'

interface Refused {
  readonly nearest: NearestRole | undefined
  /** The account itself, when it is assigned, with its roles. */
  readonly own: GrantedAccount | undefined
  /** How many accounts are assigned; nothing when that is not known. */
  readonly accounts: number | undefined
  /** Who says so. */
  readonly said: string
}

/** How many roles of the account are named. */
const NAMED = 6

export function describeRefusedRole(inquiry: SsoInquiry, { nearest, own, accounts, said }: Refused): Finding {
  const { machine, sso } = inquiry
  const near = nearest ? [`Nearest: ${formatRole(nearest)}`] : []
  const next = `mayfly configure sso --profile ${shellWord(sso.profileName, machine.platform)}`
  if (own && own.roles.length > 0) {
    const named = own.roles.slice(0, NAMED).join(', ')
    const more = own.roles.length > NAMED ? `, and ${own.roles.length - NAMED} more` : ''
    const role = findSignInPlace(inquiry, sso.profileName, 'sso_role_name')
    return fault(
      'role-not-granted',
      `${sso.roleName} in ${sso.accountId} is not assigned to you, or no longer.`,
      [said, at(role.place, role.write(sso.roleName)), `You have there: ${named}${more}`, ...near],
      nearest && role.place ? `Write ${role.write(nearest.roleName)} into ${role.place}` : next,
    )
  }
  const count =
    accounts === undefined
      ? 'Not every account of yours could be listed.'
      : `You have ${accounts === 0 ? 'no account' : accounts === 1 ? '1 other account' : `${accounts} other accounts`}.`
  const account = findSignInPlace(inquiry, sso.profileName, 'sso_account_id')
  return fault(
    'account-not-assigned',
    `The account ${sso.accountId} is not assigned to you, or no longer.`,
    [said, at(account.place, account.write(sso.accountId)), count, ...near],
    nearest && account.place ? `Write ${account.write(nearest.accountId)} into ${account.place}` : next,
  )
}

const at = (place: string | undefined, text: string): string => (place === undefined ? text : `${place}: ${text}`)

/** `ReadOnlyAccess in Acme Development (222233334444)`. */
export const formatRole = ({ roleName, accountId, accountName }: NearestRole): string =>
  accountName === undefined ? `${roleName} in ${accountId}` : `${roleName} in ${accountName} (${accountId})`
