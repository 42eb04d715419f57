/** The roles that a program is to run with: those whose names match. */

import type { AccessIndex } from '../account-access/access-index.ts'
import { parseRolePattern, type RolePlace } from '../account-access/role-pattern.ts'
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

/** A role, and what patterns know it by. */
interface Candidate {
  readonly target: Target
  readonly place: RolePlace
}

type Account = AccessIndex['accounts'][number]

/**
 * Every profile that matches; if none does, every account and role of the indexes that matches. A role that several
 * profiles name counts once, by the first of them.
 */
export function findTargets(
  config: SharedConfig,
  indexes: readonly AccessIndex[],
  { matching, except }: TargetsQuestion,
): readonly Target[] {
  const [wanted, unwanted] = [matching.map(parseRolePattern), except.map(parseRolePattern)]
  const isWanted = ({ place }: Candidate): boolean =>
    wanted.some((matches) => matches(place)) && !unwanted.some((matches) => matches(place))
  const profiles = listProfiles(config, indexes).filter(isWanted)
  const found = profiles.length > 0 ? profiles : listIndexed(config, indexes).filter(isWanted)
  return withoutRepeats(found.map(({ target }) => target))
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
function listProfiles(config: SharedConfig, indexes: readonly AccessIndex[]): readonly Candidate[] {
  const known = new Map(
    indexes.flatMap(({ sessionName, accounts }) =>
      accounts.map((account) => [`${sessionName} ${account.accountId}`, account] as const),
    ),
  )
  return [...config.profiles.keys()].flatMap((name) => {
    const sso = findSsoProfile(config, name)
    if (!sso) return []
    const account = known.get(`${sso.sessionName} ${sso.accountId}`)
    return [createCandidate({ ...sso, profileName: name }, account, name)]
  })
}

function findSsoProfile(config: SharedConfig, name: string): SsoProfile | undefined {
  try {
    return isSsoProfile(config.profiles.get(name)) ? getSsoProfile(config, name) : undefined
  } catch {
    return undefined
  }
}

function listIndexed(config: SharedConfig, indexes: readonly AccessIndex[]): readonly Candidate[] {
  return indexes.flatMap(({ sessionName, accounts }) => {
    // An index of a session that is gone from the config tells of nothing that can be had.
    if (findText(config.ssoSessions.get(sessionName), 'sso_start_url') === undefined) return []
    const session = getSsoConfiguration(config, { sessionName })
    return accounts.flatMap((account) =>
      account.roles.map((roleName) =>
        createCandidate({ ...session, accountId: account.accountId, roleName, profileName: '' }, account),
      ),
    )
  })
}

function createCandidate(sso: SsoProfile, account: Account | undefined, profile?: string): Candidate {
  const { accountId, roleName } = sso
  const { accountName, emailAddress } = account ?? {}
  const label = profile ?? printable(`${accountName ?? accountId}/${roleName}`)
  const target: Target = {
    accountId,
    role: roleName,
    label,
    sso: { ...sso, profileName: profile ?? label },
    ...(profile !== undefined && { profile }),
    ...(accountName !== undefined && { account: printable(accountName) }),
  }
  return { target, place: { profileName: profile, accountId, accountName, emailAddress, roleName } }
}

/** A server's words in one line. */
const printable = (text: string): string => text.replace(/\p{Cc}/gu, '')

/** A role by whose name one would think twice before running anything in many accounts. */
export const isPowerful = ({ role }: Pick<Target, 'role'>): boolean =>
  /admin|root|owner|power|full|write|deploy|break.?glass/i.test(role)
