/** Reads every account and every role that a session reaches, many at a time. */

import { ServiceException } from '@mayfly/wire/model/service-exception'
import type { AccessAccount } from './access-index.ts'
import type { PartialAccess } from './partial-access.ts'
import type { Portal, PortalAccount } from './portal.ts'

export interface Enumeration {
  /** By account id. Of an account that could not be read, no role is known. */
  readonly accounts: readonly AccessAccount[]
  readonly unread: readonly UnreadAccount[]
}

export interface UnreadAccount {
  readonly accountId: string
  /** The service's words. */
  readonly reason: string
}

export interface EnumerationProgress {
  readonly accounts: number
  readonly read: number
  readonly roles: number
}

export interface EnumerationOptions {
  readonly portal: Portal
  readonly partial: PartialAccess
  readonly onProgress: (progress: EnumerationProgress) => void
}

/** As many as a limiter lets through at once; more would only wait. */
const WORKERS = 32
/** After so many accounts that the service failed to answer for, it is not asked for the others. */
const MOST_FAILURES = 10

/**
 * Every account with its roles; what an earlier run has read already is not asked again. An account that the portal says
 * no to is told apart from one without roles. Rejects when the session or the portal is at fault; what was read by then
 * is kept.
 */
export async function enumerateAccess({ portal, partial, onProgress }: EnumerationOptions): Promise<Enumeration> {
  const accounts = await portal.listAccounts()
  const missing = accounts.filter(({ accountId }) => !partial.roles.has(accountId))
  const unread: UnreadAccount[] = []
  let roles = accounts.reduce((sum, { accountId }) => sum + (partial.roles.get(accountId)?.length ?? 0), 0)
  let read = accounts.length - missing.length
  let failures = 0
  let fault: { readonly error: unknown } | undefined
  const tell = (): void => onProgress({ accounts: accounts.length, read, roles })

  async function readAccount({ accountId }: PortalAccount): Promise<void> {
    try {
      const names = await portal.listRoles(accountId)
      partial.keep(accountId, names)
      roles += names.length
    } catch (error) {
      if (!(error instanceof ServiceException) || error.name === 'UnauthorizedException') throw error
      // The account itself may be closed, or the assignment withdrawn a moment ago.
      if (!isAboutAccount(error)) failures += 1
      if (failures > MOST_FAILURES) throw error
      unread.push({ accountId, reason: `${error.name}: ${error.message}` })
    }
    read += 1
    tell()
  }

  const queue = missing.values()
  async function work(): Promise<void> {
    for (const account of queue) {
      if (fault) return
      await readAccount(account).catch((error: unknown) => {
        fault ??= { error }
      })
    }
  }

  tell()
  await Promise.all(Array.from({ length: WORKERS }, work))
  await partial.settle()
  if (fault) throw fault.error
  return {
    accounts: accounts.map((account) => ({ ...account, roles: partial.roles.get(account.accountId) ?? [] })),
    unread,
  }
}

const isAboutAccount = ({ name }: ServiceException): boolean =>
  ['ForbiddenException', 'ResourceNotFoundException', 'InvalidRequestException', 'AccessDeniedException'].includes(name)
