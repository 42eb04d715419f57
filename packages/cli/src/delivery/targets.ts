/** The roles that a program is to run with: those whose names match. */

import type { AccessIndex } from '../account-access/access-index.ts'
import { getSsoConfiguration, getSsoProfile, isSsoProfile, type SsoProfile } from '../shared-config/profile.ts'
import { findText, type SharedConfig } from '../shared-config/shared-config.ts'

/** A role, by a profile or by what the portal said of its account. */
export interface Target {
  /** The profile's name; an account and a role that no profile was made for have none. */
  readonly profile?: string
  readonly accountId: string
  readonly account?: string
  readonly role: string
  /** What a person calls it: the profile's name, else `Account/Role`. */
  readonly label: string
  readonly sso: SsoProfile
}

export interface TargetsQuestion {
  readonly matching: readonly string[]
  readonly except: readonly string[]
}

/**
 * Every profile that matches; if none does, every account and role of the indexes that matches. A role that several
 * profiles name counts once, by the first of them.
 */
export function findTargets(
  config: SharedConfig,
  indexes: readonly AccessIndex[],
  { matching, except }: TargetsQuestion,
): readonly Target[] {
  const wanted = (target: Target): boolean =>
    matching.some((glob) => isMatch(glob, target)) && !except.some((glob) => isMatch(glob, target))
  const profiles = listProfiles(config, indexes).filter(wanted)
  return withoutRepeats(profiles.length > 0 ? profiles : listIndexed(config, indexes).filter(wanted))
}

function withoutRepeats(targets: readonly Target[]): readonly Target[] {
  const seen = new Map<string, Target>()
  for (const target of targets) {
    const { sessionName, startUrl } = target.sso
    const key = JSON.stringify([sessionName ?? startUrl, target.accountId, target.role])
    if (!seen.has(key)) seen.set(key, target)
  }
  return [...seen.values()]
}

/** Every profile that signs in and says all that it needs; others are what `why` is for. */
function listProfiles(config: SharedConfig, indexes: readonly AccessIndex[]): readonly Target[] {
  const names = new Map(
    indexes.flatMap(({ sessionName, accounts }) =>
      accounts.map(({ accountId, accountName }) => [`${sessionName} ${accountId}`, accountName] as const),
    ),
  )
  return [...config.profiles.keys()].flatMap((name) => {
    const sso = findSsoProfile(config, name)
    if (!sso) return []
    const account = names.get(`${sso.sessionName} ${sso.accountId}`)
    return [createTarget({ ...sso, profileName: name }, account, name)]
  })
}

function findSsoProfile(config: SharedConfig, name: string): SsoProfile | undefined {
  try {
    return isSsoProfile(config.profiles.get(name)) ? getSsoProfile(config, name) : undefined
  } catch {
    return undefined
  }
}

function listIndexed(config: SharedConfig, indexes: readonly AccessIndex[]): readonly Target[] {
  return indexes.flatMap(({ sessionName, accounts }) => {
    // An index of a session that is gone from the config tells of nothing that can be had.
    if (findText(config.ssoSessions.get(sessionName), 'sso_start_url') === undefined) return []
    const session = getSsoConfiguration(config, { sessionName })
    return accounts.flatMap(({ accountId, accountName, roles }) =>
      roles.map((roleName) => createTarget({ ...session, accountId, roleName, profileName: '' }, accountName)),
    )
  })
}

function createTarget(sso: SsoProfile, account: string | undefined, profile?: string): Target {
  const { accountId, roleName } = sso
  const label = profile ?? printable(`${account ?? accountId}/${roleName}`)
  return {
    accountId,
    role: roleName,
    label,
    sso: { ...sso, profileName: profile ?? label },
    ...(profile !== undefined && { profile }),
    ...(account !== undefined && { account: printable(account) }),
  }
}

/** A server's words in one line. */
const printable = (text: string): string => text.replace(/\p{Cc}/gu, '')

/**
 * `prod-*` means a profile or an account by its name or number; `prod-*` + `/` + `ReadOnly` its role too. A profile whose
 * own name has a slash is found by its whole name. Capital and small letters are the same.
 */
function isMatch(glob: string, { profile, account, accountId, role }: Target): boolean {
  const names = [profile, account, account && slug(account), accountId].filter((name) => name !== undefined)
  if (names.some((name) => matchesGlob(glob, name))) return true
  const slash = glob.lastIndexOf('/')
  if (slash === -1) return false
  const [left, right] = [glob.slice(0, slash), glob.slice(slash + 1)]
  return matchesGlob(right, role) && names.some((name) => matchesGlob(left, name))
}

/** `Acme Production` as it is typed without quotes: `acme-production`. */
const slug = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')

/** `*` is any text, `?` one character, `{a,b}` either. */
export function matchesGlob(glob: string, text: string): boolean {
  const pattern = glob.replace(/\{([^{}]*)\}|[*?]|[^*?{]+|\{/g, (part, choices?: string) => {
    if (part === '*') return '.*'
    if (part === '?') return '.'
    if (choices !== undefined) return `(?:${choices.split(',').map(escapePattern).join('|')})`
    return escapePattern(part)
  })
  return new RegExp(`^${pattern}$`, 'isu').test(text)
}

const escapePattern = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')

/** A role by whose name one would think twice before running anything in many accounts. */
export const isPowerful = ({ role }: Pick<Target, 'role'>): boolean =>
  /admin|root|owner|power|full|write|deploy|break.?glass/i.test(role)
