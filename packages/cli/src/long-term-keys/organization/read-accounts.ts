/** Reads many accounts, some at once, at the pace that the portal and IAM bear; what was read is kept at once. */

import { Refusal } from '@mayfly/identity-center/refusal'
import { ServiceException } from '@mayfly/wire/model/service-exception'
import { type Limiter, withLimiter } from '../../account-access/limiter.ts'
import type { Machine } from '../../machine/machine.ts'
import { findCachedRoleCredentials, roleCacheFileName } from '../../role-credentials/role-cache.ts'
import { getRoleCredentials } from '../../role-credentials/role-credentials.ts'
import { openCacheFolder } from '../../sealed/cache-folder.ts'
import type { SsoConfiguration, SsoProfile } from '../../shared-config/profile.ts'
import type { Settings } from '../../shared-config/settings.ts'
import { findIdentity } from '../../sign-in/session-record.ts'
import { type Iam, openIam } from '../inquiry/iam-client.ts'
import { describeRefusal } from '../inquiry/key-state.ts'
import type { AccountLimiters } from './account-limiters.ts'
import type { AuditState } from './audit-state.ts'
import type { AuditedAccount, UnreadAccount } from './audited-account.ts'
import { type AccountToRead, readAccount } from './read-account.ts'

export interface AuditProgress {
  readonly accounts: number
  readonly read: number
  readonly users: number
  readonly keys: number
}

export interface AskingOptions {
  readonly sso: SsoConfiguration
  /** Counts what the portal is asked. */
  readonly portal: Limiter
  readonly iam: AccountLimiters
}

export interface ReadingOptions extends AskingOptions {
  readonly state: AuditState
  readonly onProgress: (progress: AuditProgress) => void
}

export interface ReadAccounts {
  /** By account id. */
  readonly accounts: readonly AuditedAccount[]
  readonly unread: readonly UnreadAccount[]
}

const AT_ONCE = 8
/** After so many accounts that all refuse, it is the permission set that may not read them. */
const MOST_REFUSED = 20

/**
 * What an earlier run has read is not asked again. An account that refuses is told apart; rejects when nothing can be
 * read any more (the session ended, the network is gone, everything is refused for its rate), and what was read is kept.
 */
export async function readAccounts(
  machine: Machine,
  settings: Settings,
  wanted: readonly AccountToRead[],
  options: ReadingOptions,
): Promise<ReadAccounts> {
  const { state, onProgress } = options
  const accounts = wanted.flatMap(({ accountId }) => state.read.get(accountId) ?? [])
  const unread: UnreadAccount[] = []
  let fault: { readonly error: unknown } | undefined
  const count = { users: 0, keys: 0 }
  const add = ({ users }: AuditedAccount): void => {
    count.users += users.length
    count.keys += users.reduce((sum, { keys }) => sum + keys.length, 0)
  }
  accounts.forEach(add)
  const tell = (): void => onProgress({ accounts: wanted.length, read: accounts.length + unread.length, ...count })

  const queue = wanted.filter(({ accountId }) => !state.read.has(accountId)).values()
  async function work(): Promise<void> {
    for (const account of queue) {
      if (fault) return
      try {
        const found = await askThrough(machine, settings, { account, ...options }, (iam) =>
          readAccount(machine, iam, account),
        )
        await state.keep(found)
        accounts.push(found)
        add(found)
      } catch (error) {
        // Whatever else than a service's no will meet the next account as well.
        if (!(error instanceof ServiceException)) fault ??= { error }
        else unread.push(unreadOf(account, error))
        if (accounts.length === 0 && unread.length >= MOST_REFUSED) fault ??= { error: refusedByAll(unread) }
      }
      tell()
    }
  }

  tell()
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  if (fault) throw fault.error
  return { accounts: accounts.sort(byId), unread: unread.sort(byId) }
}

function refusedByAll(unread: readonly UnreadAccount[]): Refusal {
  const [first] = unread
  const message = `The first ${unread.length} accounts all refused: ${first?.accountId} ${first?.why}`
  return new Refusal('forbidden', message.replace(/\p{Cc}+/gu, ' '), {
    hint: 'Name a permission set that may read IAM with --role-name, or other accounts with --account.',
  })
}

const byId = (one: { accountId: string }, other: { accountId: string }): number =>
  one.accountId < other.accountId ? -1 : 1

function unreadOf({ accountId, accountName, roleName }: AccountToRead, error: ServiceException): UnreadAccount {
  const named = { accountId, ...(accountName !== undefined && { accountName }) }
  return { ...named, why: `as ${roleName}: ${describeRefusal(error)}` }
}

/** Whom AWS knows the person as who reads, as this account says; nothing where it does not. */
export async function findReader(
  machine: Machine,
  settings: Settings,
  account: AccountToRead,
  options: AskingOptions,
): Promise<string | undefined> {
  try {
    const { arn } = await askThrough(machine, settings, { account, ...options }, (iam) => iam.getCallerIdentity())
    return findIdentity(arn)
  } catch (error) {
    if (error instanceof ServiceException) return undefined
    throw error
  }
}

/** Takes the role, asks, and leaves no credentials behind that were not there before: hundreds would lie on the disk. */
async function askThrough<Answer>(
  machine: Machine,
  settings: Settings,
  { account, sso, portal, iam }: AskingOptions & { readonly account: AccountToRead },
  ask: (iam: Iam) => Promise<Answer>,
): Promise<Answer> {
  const { accountId, roleName } = account
  const profile: SsoProfile = { ...sso, profileName: `${accountId}/${roleName}`, accountId, roleName }
  const former = await findCachedRoleCredentials(machine, profile)
  const credentials = await getRoleCredentials(withLimiter(machine, portal), settings, profile)
  try {
    const region = settings.region ?? sso.region
    const place = { credentials, accountId, region, startUrl: sso.startUrl, limiter: iam.open(accountId) }
    return await ask(await openIam(machine, settings, place))
  } finally {
    if (!former) await (await openCacheFolder(machine, 'cli')).delete(roleCacheFileName(profile))
  }
}
