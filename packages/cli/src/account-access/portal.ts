/** A person's access portal: what it answers, in words that are fit to be kept and shown. */

import { ServiceException } from '@mayfly/wire/model/service-exception'
import { createServiceClient } from '../endpoints/service-client.ts'
import type { Machine } from '../machine/machine.ts'
import type { Settings } from '../shared-config/settings.ts'
import { findMember, listMembers } from '../sign-in/answer.ts'
import type { CachedToken } from '../sign-in/token-cache.ts'

export interface PortalAccount {
  readonly accountId: string
  readonly accountName?: string
  readonly emailAddress?: string
}

export interface Portal {
  /** Every account, by account id. Rejects with the service's exceptions. */
  listAccounts(): Promise<readonly PortalAccount[]>
  /** The roles in an account, sorted. Rejects with the service's exceptions. */
  listRoles(accountId: string): Promise<readonly string[]>
}

/** The token that calls are made with, and the way to another when the portal does not take it any more. */
export interface PortalToken {
  current(): Promise<CachedToken>
  /** Another token than the rejected one; rejects with SignInRequired when there is none. */
  renew(rejected: CachedToken): Promise<CachedToken>
}

/** More pages than any organization has: a server that never ends a list is not waited for. */
const MOST_PAGES = 1000
const PAGE = 100

/** A portal in a region. Give it a machine with a limiter: it asks as often as it is asked. */
export async function openPortal(
  machine: Machine,
  settings: Settings,
  { startUrl, region }: { readonly startUrl: string; readonly region: string },
  token: PortalToken,
): Promise<Portal> {
  const client = await createServiceClient(machine, settings, 'sso', { region, startUrl })

  /** Only UnauthorizedException speaks of the session; the one call is made again with another token. */
  async function call(operation: string, input: Readonly<Record<string, unknown>>): Promise<unknown> {
    const used = await token.current()
    try {
      return await client.call(operation, { ...input, accessToken: used.accessToken })
    } catch (error) {
      if (!(error instanceof ServiceException && error.name === 'UnauthorizedException')) throw error
      const { accessToken } = await token.renew(used)
      return client.call(operation, { ...input, accessToken })
    }
  }

  async function listAll(operation: string, list: string, input: Readonly<Record<string, unknown>> = {}) {
    const items: unknown[] = []
    let nextToken: string | undefined
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const output = await call(operation, {
        ...input,
        maxResults: PAGE,
        ...(nextToken !== undefined && { nextToken }),
      })
      items.push(...listMembers(output, list))
      nextToken = findMember(output, 'nextToken')
      if (nextToken === undefined) break
    }
    return items
  }

  return {
    async listAccounts() {
      const accounts = new Map<string, PortalAccount>()
      for (const item of await listAll('ListAccounts', 'accountList')) {
        const accountId = findMember(item, 'accountId') ?? ''
        if (!/^\d{12}$/.test(accountId)) continue
        const [accountName, emailAddress] = [findPrintable(item, 'accountName'), findPrintable(item, 'emailAddress')]
        accounts.set(accountId, {
          accountId,
          ...(accountName !== undefined && { accountName }),
          ...(emailAddress !== undefined && { emailAddress }),
        })
      }
      return [...accounts.values()].sort((one, other) => (one.accountId < other.accountId ? -1 : 1))
    },
    async listRoles(accountId) {
      const items = await listAll('ListAccountRoles', 'roleList', { accountId })
      const names = items.map((item) => findMember(item, 'roleName') ?? '')
      return [...new Set(names.filter((name) => ROLE_NAME.test(name)))].sort()
    },
  }
}

/** Names that IAM gives to roles; anything else would not get past it either. */
const ROLE_NAME = /^[\w+=,.@-]{1,64}$/

/** A server's words in one line, and nothing in them that moves the cursor or turns the writing round. */
const findPrintable = (item: unknown, name: string): string | undefined =>
  findMember(item, name)
    ?.replace(/[\p{Cc}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '')
    .trim() || undefined
