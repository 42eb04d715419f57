/** Through which sessions of this computer an account is reached, and which permission sets are granted in it. */

import { between, days } from '@mayfly/identity-center/duration'
import { ServiceException } from '@mayfly/wire/model/service-exception'
import { type AccessAccount, type AccessIndex, listAccessIndexes } from '../../account-access/access-index.ts'
import { createLimiter, withLimiter } from '../../account-access/limiter.ts'
import { FIRST_RATE } from '../../account-access/pace.ts'
import { openPortal } from '../../account-access/portal.ts'
import { ConnectionRefusal } from '../../machine/connection.ts'
import type { Machine } from '../../machine/machine.ts'
import { listConfiguredSessions } from '../../shared-config/configured-sessions.ts'
import { getSsoProfile, isSsoProfile, type SsoConfiguration, type SsoProfile } from '../../shared-config/profile.ts'
import type { ProfileRole } from '../../shared-config/profile-form.ts'
import type { Settings } from '../../shared-config/settings.ts'
import { expiredSession, getAccessToken } from '../../sign-in/access-token.ts'
import { describeRefusal } from './key-state.ts'

export interface AccountReach {
  readonly sso: SsoConfiguration
  readonly accountId: string
  readonly accountName?: string
  /** Names of permission sets, sorted. */
  readonly roles: readonly string[]
  /** Who said so: the portal now, what `setup` wrote down, or nobody but a profile that names the role. */
  readonly source: 'portal' | 'index' | 'profile'
}

export interface AccountReaches {
  readonly reaches: readonly AccountReach[]
  /** Sessions that could not be asked, and why. */
  readonly unasked: readonly { readonly session: string; readonly sso: SsoConfiguration; readonly why: string }[]
}

export interface ReachOptions {
  /** Takes what was written down, however old, and asks nobody. */
  readonly offline?: boolean
}

/** What was written down counts so long without being asked again. */
const FRESH = days(1)

/**
 * Every session that reaches an account. A session that nobody is signed in to is told by what was written down. Each
 * account is asked for once, at the pace that portals bear; a portal that could not be reached is not asked again.
 */
export function openReaches(
  machine: Machine,
  settings: Settings,
  { offline = false }: ReachOptions = {},
): (accountId: string) => Promise<AccountReaches> {
  const limited = withLimiter(machine, createLimiter(machine.clock, { most: FIRST_RATE }))
  const indexes = listAccessIndexes(machine)
  const found = new Map<string, Promise<AccountReaches>>()
  const unreachable = new Map<string, string>()

  async function ask(sso: SsoConfiguration, accountId: string): Promise<Answer> {
    if (offline) return {}
    const known = unreachable.get(sso.startUrl)
    if (known !== undefined) return { why: known }
    const answer = await askPortal(limited, settings, sso, accountId)
    if (answer.isUnreachable) unreachable.set(sso.startUrl, answer.why ?? '')
    return answer
  }

  async function find(accountId: string): Promise<AccountReaches> {
    const reaches: AccountReach[] = []
    const unasked: AccountReaches['unasked'][number][] = []
    for (const { sso } of listConfiguredSessions(settings.config)) {
      if (sso.startUrl === '' || sso.region === '') continue
      const { account, isFresh } = findWritten(await indexes, sso, accountId, machine.clock.now())
      const roles = account?.roles ?? []
      const from = { sso, accountId, ...(account?.accountName !== undefined && { accountName: account.accountName }) }
      if (roles.length > 0 && (offline || isFresh)) {
        reaches.push({ ...from, roles, source: 'index' })
        continue
      }
      const asked = await ask(sso, accountId)
      if (asked.roles) {
        if (asked.roles.length > 0) reaches.push({ ...from, roles: asked.roles, source: 'portal' })
        continue
      }
      if (asked.why !== undefined) unasked.push({ session: sso.sessionName ?? sso.startUrl, sso, why: asked.why })
      const named = roles.length > 0 ? roles : listNamedRoles(settings, sso, accountId)
      if (named.length > 0) reaches.push({ ...from, roles: named, source: roles.length > 0 ? 'index' : 'profile' })
    }
    return { reaches, unasked }
  }

  return (accountId) => {
    const reaches = found.get(accountId) ?? find(accountId)
    found.set(accountId, reaches)
    return reaches
  }
}

/** What `setup` wrote down of the account, for this session at this start URL. */
function findWritten(
  indexes: readonly AccessIndex[],
  { sessionName, startUrl }: SsoConfiguration,
  accountId: string,
  now: Date,
): { readonly account?: AccessAccount | undefined; readonly isFresh: boolean } {
  const index = indexes.find((each) => each.sessionName === sessionName && each.startUrl === startUrl)
  const age = index && between(index.takenAt, now)
  return {
    account: index?.accounts.find((account) => account.accountId === accountId),
    isFresh: age !== undefined && age >= 0 && age < FRESH,
  }
}

/** Roles of the account that profiles of this session name. */
function listNamedRoles({ config }: Settings, sso: SsoConfiguration, accountId: string): readonly string[] {
  const named = [...config.profiles].flatMap(([name, section]) => {
    const profile = isSsoProfile(section) ? tryProfile(() => getSsoProfile(config, name)) : undefined
    const isOfSession =
      profile?.accountId === accountId && profile.sessionName === sso.sessionName && profile.startUrl === sso.startUrl
    return isOfSession ? [profile.roleName] : []
  })
  return [...new Set(named)].sort()
}

function tryProfile(get: () => SsoProfile): SsoProfile | undefined {
  try {
    return get()
  } catch {
    return undefined
  }
}

/** Roles, or why there is no answer. */
interface Answer {
  readonly roles?: readonly string[]
  readonly why?: string
  readonly isUnreachable?: boolean
}

/** The portal's words that an account is none of the person's. */
const NOT_GRANTED: ReadonlySet<string> = new Set(['ForbiddenException', 'ResourceNotFoundException'])

async function askPortal(
  machine: Machine,
  settings: Settings,
  sso: SsoConfiguration,
  accountId: string,
): Promise<Answer> {
  const portal = await openPortal(machine, settings, sso, {
    current: () => getAccessToken(machine, settings, sso),
    renew: async ({ accessToken }) => {
      throw expiredSession(sso, undefined, machine, accessToken)
    },
  })
  try {
    return { roles: await portal.listRoles(accountId) }
  } catch (error) {
    if (error instanceof ServiceException && NOT_GRANTED.has(error.name)) return { roles: [] }
    return { why: describeRefusal(error), isUnreachable: error instanceof ConnectionRefusal }
  }
}

/** The role of a reach as a profile names it. */
export function roleOf({ sso, accountId }: AccountReach, roleName: string): ProfileRole {
  const { sessionName, startUrl, region } = sso
  return sessionName === undefined ? { accountId, roleName, startUrl, region } : { accountId, roleName, sessionName }
}
