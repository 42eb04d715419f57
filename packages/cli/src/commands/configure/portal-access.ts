/** Which account and role a profile is to use: what the portal offers, and what the person picks. */

import { Refusal } from '@mayfly/identity-center/refusal'
import { ServiceException } from '@mayfly/wire/model/service-exception'
import { createServiceClient, type ServiceClient } from '../../endpoints/service-client.ts'
import type { Machine } from '../../machine/machine.ts'
import type { Settings } from '../../shared-config/settings.ts'
import { findMember, listMembers } from '../../sign-in/answer.ts'
import type { CachedToken } from '../../sign-in/token-cache.ts'
import { findOption, type OptionValues } from '../command.ts'
import { chooseFrom } from './prompts.ts'

export interface AccountAndRole {
  readonly accountId: string
  readonly roleName: string
}

/**
 * Asks for account and role, telling each choice that there is only one of. Nothing when the portal does not take the
 * token for these: the profile is then written without (specification §2.7). Refuses when there is nothing to choose.
 */
export async function askAccountAndRole(
  machine: Machine,
  settings: Settings,
  { token, options }: { readonly token: CachedToken; readonly options: OptionValues },
): Promise<AccountAndRole | undefined> {
  const { region, startUrl, accessToken } = token
  const portal = await createServiceClient(machine, settings, 'sso', { region, startUrl })
  try {
    const accountId = await askAccount(
      machine,
      await listAll(portal, 'ListAccounts', 'accountList', { accessToken }),
      findOption(options, 'sso-account-id'),
    )
    const roles = await listAll(portal, 'ListAccountRoles', 'roleList', { accountId, accessToken })
    return {
      accountId,
      roleName: await askRole(machine, { accountId, items: roles, given: findOption(options, 'sso-role-name') }),
    }
  } catch (error) {
    if (!(error instanceof ServiceException && error.name === 'UnauthorizedException')) throw error
    machine.terminal.write(
      'Unable to list AWS accounts and/or roles. Skipping configuring AWS credential provider for profile.\n',
    )
    return undefined
  }
}

/** Every page of a list. */
async function listAll(
  portal: ServiceClient,
  operation: string,
  list: string,
  input: Readonly<Record<string, unknown>>,
): Promise<readonly unknown[]> {
  const items: unknown[] = []
  let nextToken: string | undefined
  do {
    const output = await portal.call(operation, { ...input, ...(nextToken !== undefined && { nextToken }) })
    items.push(...listMembers(output, list))
    nextToken = findMember(output, 'nextToken')
  } while (nextToken !== undefined)
  return items
}

interface Account {
  readonly id: string
  readonly name: string | undefined
  readonly email: string | undefined
}

async function askAccount(machine: Machine, items: readonly unknown[], given: string | undefined): Promise<string> {
  const accounts = sortAccounts(
    items.map((item) => ({
      id: findMember(item, 'accountId') ?? '',
      name: findPrintable(item, 'accountName'),
      email: findPrintable(item, 'emailAddress'),
    })),
  )
  const [only] = accounts
  if (!only) {
    throw new Refusal('not-found', 'No AWS accounts are available to you.', {
      hint: 'Ask whoever runs your Identity Center for an assignment, then run: mayfly configure sso',
    })
  }
  const { write } = machine.terminal
  write(
    accounts.length === 1
      ? `The only AWS account available to you is: ${only.id}\n`
      : `There are ${accounts.length} AWS accounts available to you.\n`,
  )
  const question = {
    text: 'account',
    option: '--sso-account-id',
    given,
    rows: accounts,
    format: formatAccount,
    keyOf: ({ id }: Account) => id,
  }
  const { id } = accounts.length === 1 && given === undefined ? only : await chooseFrom(machine, question)
  write(`Using the account ID ${id}\n`)
  return id
}

/** A server's words in one line: a line end would tear the menu apart. */
const findPrintable = (item: unknown, name: string): string | undefined =>
  findMember(item, name)?.replace(/\p{Cc}/gu, '') || undefined

/** By name, or what stands in its place; accounts of which only the number is known come last. */
export const sortAccounts = (accounts: readonly Account[]): readonly Account[] =>
  accounts
    .map((account) => ({
      account,
      bare: account.name === undefined && account.email === undefined,
      key: (account.name ?? account.email ?? account.id).toLowerCase(),
    }))
    .sort((one, other) => Number(one.bare) - Number(other.bare) || compare(one.key, other.key))
    .map(({ account }) => account)

/** `Production, prod@example.com (123456789012)`, without what is not known. */
export function formatAccount({ id, name, email }: Account): string {
  const known = [name, email].filter((part) => part !== undefined).join(', ')
  return known === '' ? id : `${known} (${id})`
}

async function askRole(
  machine: Machine,
  {
    accountId,
    items,
    given,
  }: { readonly accountId: string; readonly items: readonly unknown[]; readonly given: string | undefined },
): Promise<string> {
  const names = items.map((item) => findMember(item, 'roleName') ?? '')
  const roles = names.toSorted((one, other) => compare(one.toLowerCase(), other.toLowerCase()))
  const [only] = roles
  if (only === undefined) {
    throw new Refusal('not-found', `No roles are available for the account ${accountId}`, {
      hint: 'Choose another account, or ask whoever runs your Identity Center for an assignment.',
    })
  }
  const { write } = machine.terminal
  write(
    roles.length === 1
      ? `The only role available to you is: ${only}\n`
      : `There are ${roles.length} roles available to you.\n`,
  )
  const same = (name: string): string => name
  const question = { text: 'role', option: '--sso-role-name', given, rows: roles, format: same, keyOf: same }
  const role = roles.length === 1 && given === undefined ? only : await chooseFrom(machine, question)
  write(`Using the role name "${role}"\n`)
  return role
}

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0)
