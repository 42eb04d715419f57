/** A profile and its sso-session. */

import { Refusal } from '@mayfly/identity-center/refusal'
import { ConfigurationRefusal } from './configuration-refusal.ts'
import { findText, type Section, type SharedConfig } from './shared-config.ts'

/** What a sign-in needs to know, from an sso-session or from a profile in the legacy form. */
export interface SsoConfiguration {
  /** The sso-session's name; the legacy form has none. */
  readonly sessionName?: string
  /** Exactly as configured: the names of cache files depend on it. */
  readonly startUrl: string
  readonly region: string
  /** `sso_registration_scopes`, verbatim; the legacy form has none. */
  readonly registrationScopes?: string
}

/** A profile that says all that role credentials need. */
export interface SsoProfile extends SsoConfiguration {
  readonly profileName: string
  readonly accountId: string
  readonly roleName: string
}

/** True when a profile takes its credentials from a sign-in: it names an account or a role (botocore's rule). */
export const isSsoProfile = (profile: Section | undefined): boolean =>
  Boolean(profile?.has('sso_account_id') || profile?.has('sso_role_name'))

/** Scopes as they are asked for: apart at commas, trimmed, without empty ones. */
export const parseScopes = (verbatim: string | undefined): readonly string[] =>
  (verbatim ?? '')
    .split(',')
    .map((scope) => scope.trim())
    .filter((scope) => scope !== '')

/**
 * What `profileName` says of its sign-in, account and role, its sso-session's keys laid over its own. Refuses a missing
 * sso-session, a key that both have with different values, and missing keys (specification §8, §11: exit code 255).
 */
export function getSsoProfile(config: SharedConfig, profileName: string): SsoProfile {
  const profile: Section = config.profiles.get(profileName) ?? new Map()
  const sessionName = findText(profile, 'sso_session')
  const section = sessionName === undefined ? undefined : getSession(config, sessionName)
  for (const name of section?.keys() ?? []) refuseConflict(name, profile, section)
  const values = new Map([...profile, ...(section ?? [])])
  const required = ['sso_role_name', 'sso_account_id', 'sso_start_url', 'sso_region'] as const
  const missing = required.filter((name) => findText(values, name) === undefined)
  if (missing.length > 0) {
    throw new Refusal(
      'invalid',
      `The profile "${profileName}" is configured to use SSO but is missing required configuration: ${missing.join(', ')}`,
      { hint: 'Run: mayfly configure sso' },
    )
  }
  const [roleName, accountId] = required.map((name) => findText(values, name) ?? '')
  return {
    profileName,
    ...createConfiguration(values, sessionName),
    roleName: roleName ?? '',
    accountId: accountId ?? '',
  }
}

function getSession(config: SharedConfig, name: string): Section {
  const section = config.ssoSessions.get(name)
  if (section) return section
  throw new Refusal('not-found', `The specified sso-session does not exist: "${name}"`, {
    hint: 'Run: mayfly configure sso-session',
  })
}

function refuseConflict(name: string, profile: Section, section: Section | undefined): void {
  const [own, other] = [findText(profile, name), findText(section, name)]
  if (own === undefined || other === undefined || own === other) return
  throw new Refusal(
    'conflict',
    `The value for ${name} is inconsistent between profile (${own}) and sso-session (${other}).`,
    { hint: `Delete ${name} from the profile: the sso-session's value is used.` },
  )
}

function createConfiguration(values: Section, sessionName: string | undefined): SsoConfiguration {
  const scopes = findText(values, 'sso_registration_scopes')
  return {
    startUrl: findText(values, 'sso_start_url') ?? '',
    region: findText(values, 'sso_region') ?? '',
    ...(sessionName !== undefined && { sessionName }),
    ...(sessionName !== undefined && scopes !== undefined && { registrationScopes: scopes }),
  }
}

const REQUIRED_TO_SIGN_IN = ['sso_start_url', 'sso_region']

/**
 * What there is to sign in to: the named sso-session, else the profile's sso-session, else the profile's own keys in the
 * legacy form. Account and role are not asked for. Refused as configuration (exit code 253).
 */
export function getSsoConfiguration(
  config: SharedConfig,
  { sessionName, profile }: { readonly sessionName?: string | undefined; readonly profile?: Section | undefined },
): SsoConfiguration {
  const name = sessionName ?? (findText(profile, 'sso_session') || undefined)
  if (name === undefined) return getLegacyConfiguration(profile)
  const section = config.ssoSessions.get(name)
  if (!section) {
    throw new ConfigurationRefusal(`The specified sso-session does not exist: "${name}"`, {
      hint: 'Run: mayfly configure sso-session',
    })
  }
  const missing = REQUIRED_TO_SIGN_IN.filter((key) => findText(section, key) === undefined)
  if (missing.length === 0) return createConfiguration(section, name)
  throw new ConfigurationRefusal(`Missing the following required SSO configuration values: ${missing.join(', ')}.`, {
    hint: 'Run: mayfly configure sso-session',
  })
}

function getLegacyConfiguration(profile: Section | undefined): SsoConfiguration {
  const values: Section = profile ?? new Map()
  const missing = REQUIRED_TO_SIGN_IN.filter((key) => findText(values, key) === undefined)
  if (missing.length === 0) return createConfiguration(values, undefined)
  throw new ConfigurationRefusal(
    `Missing the following required SSO configuration values: ${missing.join(', ')}. To make sure this profile is ` +
      'properly configured to use SSO, please run: mayfly configure sso',
  )
}
