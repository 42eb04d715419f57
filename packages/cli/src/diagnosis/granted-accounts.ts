/** What the portal says that a person has, as far as it is needed to name the nearest role. */

import type { ServiceClient } from '../endpoints/service-client.ts'
import { findMember, listMembers } from '../sign-in/answer.ts'
import type { SsoInquiry } from './inquiry.ts'
import { accountLikeness, type GrantedAccount } from './nearest-role.ts'

export interface GrantedAccounts {
  /** Those that may be meant, with their roles. */
  readonly likely: readonly GrantedAccount[]
  /** How many there are in all; nothing when not all could be listed. */
  readonly count: number | undefined
}

/** The most that the portal hands out at once. */
const PAGE = 100

/** Lists until the time of the inquiry is up, or the portal has had enough: a part is better than no answer. */
export async function listGranted(
  inquiry: SsoInquiry,
  client: ServiceClient,
  accessToken: string,
): Promise<GrantedAccounts> {
  const { accountId } = inquiry.sso
  const own = await listRoles(inquiry, client, accessToken, accountId)
  const { accounts, isWhole } = await listAccounts(inquiry, client, accessToken, own.length > 0)
  const likely = accounts
    .filter((account) => accountLikeness(accountId, account.accountId) > 0)
    .sort((one, other) => accountLikeness(accountId, other.accountId) - accountLikeness(accountId, one.accountId))
    .slice(0, 3)
  const known = own.length > 0 && !likely.some((account) => account.accountId === accountId)
  const granted: GrantedAccount[] = known ? [{ accountId, roles: own }] : []
  for (const account of likely) {
    const isOwn = account.accountId === accountId
    granted.push({ ...account, roles: isOwn ? own : await listRoles(inquiry, client, accessToken, account.accountId) })
  }
  return { likely: granted, count: isWhole ? accounts.length : undefined }
}

/** With `untilOwn` no more is listed than it takes to know the name of the account itself. */
async function listAccounts(
  { sso, hasTime }: SsoInquiry,
  client: ServiceClient,
  accessToken: string,
  untilOwn: boolean,
): Promise<{ readonly accounts: readonly GrantedAccount[]; readonly isWhole: boolean }> {
  const accounts: GrantedAccount[] = []
  let nextToken: string | undefined
  do {
    const input = { accessToken, maxResults: PAGE, ...(nextToken && { nextToken }) }
    const output = hasTime() ? await client.call('ListAccounts', input).catch(() => undefined) : undefined
    if (!output) return { accounts, isWhole: false }
    for (const each of listMembers(output, 'accountList')) {
      const accountId = findMember(each, 'accountId')
      if (accountId !== undefined) accounts.push({ accountId, accountName: findMember(each, 'accountName'), roles: [] })
    }
    if (untilOwn && accounts.some(({ accountId }) => accountId === sso.accountId)) return { accounts, isWhole: false }
    nextToken = findMember(output, 'nextToken')
  } while (nextToken !== undefined)
  return { accounts, isWhole: true }
}

/** None for an account that is not the person's. */
async function listRoles(
  { hasTime }: SsoInquiry,
  client: ServiceClient,
  accessToken: string,
  accountId: string,
): Promise<readonly string[]> {
  const roles: string[] = []
  let nextToken: string | undefined
  do {
    const input = { accessToken, accountId, maxResults: PAGE, ...(nextToken && { nextToken }) }
    const output = hasTime() ? await client.call('ListAccountRoles', input).catch(() => undefined) : undefined
    roles.push(...listMembers(output, 'roleList').flatMap((each) => findMember(each, 'roleName') ?? []))
    nextToken = findMember(output, 'nextToken')
  } while (nextToken !== undefined)
  return roles
}
