/** Through which sessions of this computer an account is reached, and which permission sets are granted in it. */

import { between, days } from '@mayfly/identity-center/duration'
import { ServiceException } from '@mayfly/wire/model/service-exception'
import { listAccessIndexes } from '../../account-access/access-index.ts'
import { openPortal } from '../../account-access/portal.ts'
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

/** Every session that reaches the account. A session that nobody is signed in to is told by what was written down. */
export async function findReaches(
  machine: Machine,
  settings: Settings,
  accountId: string,
  { offline = false }: ReachOptions = {},
): Promise<AccountReaches> {
  const indexes = await listAccessIndexes(machine)
  const now = machine.clock.now()
  const reaches: AccountReach[] = []
  const unasked: { session: string; sso: SsoConfiguration; why: string }[] = []
  for (const { sso } of listConfiguredSessions(settings.config)) {
    if (sso.startUrl === '' || sso.region === '') continue
    const index = indexes.find(
      ({ sessionName, startUrl }) => sessionName === sso.sessionName && startUrl === sso.startUrl,
    )
    const known = index?.accounts.find((account) => account.accountId === accountId)
    const named = listNamedRoles(settings, sso, accountId)
    const written = known ? [...new Set([...known.roles])] : named
    const from = { sso, accountId, ...(known?.accountName !== undefined && { accountName: known.accountName }) }
    const age = index && between(index.takenAt, now)
    if (known && known.roles.length > 0 && (offline || (age !== undefined && age >= 0 && age < FRESH))) {
      reaches.push({ ...from, roles: known.roles, source: 'index' })
      continue
    }
    const asked = offline ? undefined : await askPortal(machine, settings, sso, accountId)
    if (asked?.roles) {
      if (asked.roles.length > 0) reaches.push({ ...from, roles: asked.roles, source: 'portal' })
      continue
    }
    if (asked?.why !== undefined) unasked.push({ session: sso.sessionName ?? sso.startUrl, sso, why: asked.why })
    if (written.length > 0) reaches.push({ ...from, roles: written, source: known ? 'index' : 'profile' })
  }
  return { reaches, unasked }
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

/** The portal's words that an account is none of the person's. */
const NOT_GRANTED: ReadonlySet<string> = new Set(['ForbiddenException', 'ResourceNotFoundException'])

async function askPortal(
  machine: Machine,
  settings: Settings,
  sso: SsoConfiguration,
  accountId: string,
): Promise<{ readonly roles?: readonly string[]; readonly why?: string }> {
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
    return { why: describeRefusal(error) }
  }
}

/** The role of a reach as a profile names it. */
export function roleOf({ sso, accountId }: AccountReach, roleName: string): ProfileRole {
  const { sessionName, startUrl, region } = sso
  return sessionName === undefined ? { accountId, roleName, startUrl, region } : { accountId, roleName, sessionName }
}
