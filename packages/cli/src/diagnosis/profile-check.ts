/** Is the profile there, and does it say all that a sign-in needs? */

import { SSO_OIDC_REGIONS } from '../endpoints/regions.ts'
import { findOwnEndpoint, isAwsOwnedHost } from '../endpoints/start-url-host.ts'
import { getSsoProfile, isSsoProfile, type SsoProfile } from '../shared-config/profile.ts'
import { formatHeader, isReadableByEveryTool, parseHeader } from '../shared-config/section-header.ts'
import { findText, type Section } from '../shared-config/shared-config.ts'
import { shellWord } from '../shared-config/shell-word.ts'
import { type Finding, fault, warning } from './causes.ts'
import { closestWords } from './closest-words.ts'
import { findCredentialsPlace, findPlace, findSignInPlace, shorten } from './config-text.ts'
import type { Inquiry, Step } from './inquiry.ts'

/** What the profile turned out to be. */
export type ProfileKind =
  | { readonly kind: 'sso'; readonly sso: SsoProfile }
  | { readonly kind: 'process'; readonly command: string }
  | { readonly kind: 'long-term-keys' }
  /** Nothing more can be asked about it. */
  | { readonly kind: 'none' }

export interface ProfileStep extends Step {
  readonly found: ProfileKind
}

export function checkProfile(inquiry: Inquiry): ProfileStep {
  const { settings } = inquiry
  const { config, profileName } = settings
  const profile = config.profiles.get(profileName)
  if (!profile) return stop([missingProfile(inquiry)])
  const foreign = findForeignKind(inquiry, profile)
  if (foreign) return stop([foreign])
  if (isSsoProfile(profile)) return checkSsoProfile(inquiry, profile)
  const seen = findKeysPlace(inquiry, profile)
  if (seen !== undefined) {
    return { step: 'profile', seen: `long-term access keys, ${seen}`, findings: [], found: { kind: 'long-term-keys' } }
  }
  const command = findText(profile, 'credential_process')
  if (command !== undefined) {
    const place = findPlace(inquiry.machine, inquiry.texts, { ...named(profileName), key: 'credential_process' })
    const kind = { kind: 'process', command } as const
    return { step: 'profile', seen: `credential_process, ${place ?? 'credentials file'}`, findings: [], found: kind }
  }
  return stop([withoutCredentials(inquiry, profile)])
}

const stop = (findings: readonly Finding[]): ProfileStep => ({ step: 'profile', findings, found: { kind: 'none' } })
const named = (name: string) => ({ type: 'profile', name }) as const

function missingProfile(inquiry: Inquiry): Finding {
  const { machine, settings } = inquiry
  const { config, profileName, profileSource } = settings
  const misspelt = findMisspeltHeader(inquiry, { type: 'profile', name: profileName }, 'profile-missing')
  if (misspelt) return misspelt
  const nearest = closestWords(profileName, [...config.profiles.keys()])
  const where = { '--profile': 'It was named on the command line.', default: 'Nothing names another profile.' }
  const named =
    profileSource === '--profile' || profileSource === 'default'
      ? where[profileSource]
      : `${profileSource} in the environment names it.`
  const count = config.profiles.size
  return fault(
    'profile-missing',
    `There is no profile ${profileName} in ${shorten(machine, config.configPath)}.`,
    [
      named,
      count === 0
        ? 'There is no profile at all.'
        : `${count} other ${count === 1 ? 'profile is' : 'profiles are'} there.`,
      ...(nearest === undefined ? [] : [`Nearest: ${nearest}`]),
    ],
    nearest === undefined
      ? count === 0
        ? 'mayfly setup'
        : 'mayfly configure list-profiles'
      : `mayfly why ${shellWord(nearest, machine.platform)}`,
  )
}

/** A header that people take for the right one, and no tool does: without its type, or of several words without quotes. */
function findMisspeltHeader(
  { machine, texts }: Inquiry,
  { type, name }: { readonly type: 'profile' | 'sso-session'; readonly name: string },
  cause: 'profile-missing' | 'session-missing',
): Finding | undefined {
  const { config } = texts
  const section = config?.sections.find(
    ({ header }) =>
      parseHeader(header) === undefined && header.replace(/^(profile|sso-session)\s+/, '').trim() === name,
  )
  if (!config || !section) return undefined
  const place = `${shorten(machine, config.path)}:${section.line + 1}`
  const right = `[${formatHeader({ type, name })}]`
  return fault(
    cause,
    `There is no ${type} ${name}: its header is not one of ${type === 'profile' ? 'a profile' : 'an sso-session'}.`,
    [`${place}: [${section.header}]`],
    `Write ${right} at ${place}`,
  )
}

const FOREIGN_KINDS = ['role_arn', 'login_session'] as const

function findForeignKind({ machine, settings, texts }: Inquiry, profile: Section): Finding | undefined {
  const { profileName } = settings
  const key = FOREIGN_KINDS.find((name) => profile.has(name))
  if (key === undefined || (key === 'login_session' && isSsoProfile(profile))) return undefined
  const kind = key === 'role_arn' && profile.has('web_identity_token_file') ? 'web_identity_token_file' : key
  const source = findText(profile, 'source_profile')
  const place = findPlace(machine, texts, { ...named(profileName), key: kind })
  return fault(
    'kind-not-read',
    `The profile ${profileName} takes its credentials from ${kind}, which Mayfly does not read.`,
    [
      ...(place === undefined ? [] : [`${place}: ${kind} = ${findText(profile, kind) ?? ''}`]),
      ...(source === undefined ? [] : [`It assumes the role with the credentials of ${source}.`]),
    ],
    source === undefined || source === profileName
      ? `aws configure export-credentials --profile ${shellWord(profileName, machine.platform)}`
      : `mayfly why ${shellWord(source, machine.platform)}`,
  )
}

const findKeysPlace = ({ machine, settings, texts }: Inquiry, profile: Section): string | undefined =>
  profile.has('aws_access_key_id')
    ? (findCredentialsPlace(machine, texts, settings.profileName, 'aws_access_key_id') ??
      findPlace(machine, texts, { ...named(settings.profileName), key: 'aws_access_key_id' }) ??
      settings.profileName)
    : undefined

function withoutCredentials({ machine, settings, texts }: Inquiry, profile: Section): Finding {
  const { profileName } = settings
  const place = findPlace(machine, texts, named(profileName)) ?? profileName
  const session = findText(profile, 'sso_session')
  return fault(
    'no-credentials',
    `The profile ${profileName} says nothing about credentials.`,
    [
      session === undefined
        ? `${place}: it has ${[...profile.keys()].join(', ') || 'no key'}.`
        : `${place}: it names the sso-session ${session}, but neither sso_account_id nor sso_role_name.`,
    ],
    `mayfly configure sso --profile ${shellWord(profileName, machine.platform)}`,
  )
}

function checkSsoProfile(inquiry: Inquiry, profile: Section): ProfileStep {
  const { machine, settings, texts } = inquiry
  const { config, profileName } = settings
  const missing = findMissingSession(inquiry, profile)
  if (missing) return stop([missing])
  let sso: SsoProfile
  try {
    sso = getSsoProfile(config, profileName)
  } catch (error) {
    return stop([brokenProfile(inquiry, profile, error)])
  }
  const findings: Finding[] = []
  const startUrlPlace = findStartUrlPlace(inquiry, sso)
  try {
    findOwnEndpoint(sso.startUrl)
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    return stop([fault('start-url-invalid', message, [startUrlPlace], 'mayfly configure sso-session')])
  }
  const region = checkRegion(inquiry, sso)
  if (region) findings.push(region)
  for (const type of ['profile', 'sso-session'] as const) {
    const name = type === 'profile' ? profileName : sso.sessionName
    if (name === undefined || isReadableByEveryTool(name)) continue
    const next = 'Give it a name of letters, digits and _ - @ + . % : / alone.'
    const message = `The SDKs for JavaScript and Go cannot read the name "${name}".`
    findings.push(warning('name-needs-quotes', message, [findPlace(machine, texts, { type, name }) ?? name], next))
  }
  const session = sso.sessionName === undefined ? '' : `, sso-session ${sso.sessionName}`
  const seen = `${sso.roleName} in ${sso.accountId}${session}`
  return { step: 'profile', seen, findings, found: { kind: 'sso', sso } }
}

function findStartUrlPlace(inquiry: Inquiry, { sessionName, profileName, startUrl }: SsoProfile): string {
  const { machine, texts } = inquiry
  if (sessionName === undefined) {
    const { place, write } = findSignInPlace(inquiry, profileName, 'sso_start_url')
    return `${place ?? ''}: ${write(startUrl)}`
  }
  const place = findPlace(machine, texts, { type: 'sso-session', name: sessionName, key: 'sso_start_url' })
  return `${place ?? ''}: sso_start_url = ${startUrl}`
}

function findMissingSession(inquiry: Inquiry, profile: Section): Finding | undefined {
  const { machine, settings } = inquiry
  const { config, profileName } = settings
  const session = findText(profile, 'sso_session')
  if (session === undefined || config.ssoSessions.has(session)) return undefined
  const misspelt = findMisspeltHeader(inquiry, { type: 'sso-session', name: session }, 'session-missing')
  if (misspelt) return misspelt
  const { place, write } = findSignInPlace(inquiry, profileName, 'sso_session')
  const nearest = closestWords(session, [...config.ssoSessions.keys()])
  const others = [...config.ssoSessions.keys()].slice(0, 5).join(', ')
  return fault(
    'session-missing',
    `There is no [sso-session ${session}] in ${shorten(machine, config.configPath)}.`,
    [
      `${place ?? profileName}: ${write(session)}`,
      others === '' ? 'There is no sso-session at all.' : `There are: ${others}`,
      ...(nearest === undefined ? [] : [`Nearest: ${nearest}`]),
    ],
    nearest === undefined ? 'mayfly configure sso-session' : `Write ${write(nearest)} into ${place ?? profileName}`,
  )
}

function brokenProfile({ machine, settings, texts }: Inquiry, profile: Section, error: unknown): Finding {
  const { config, profileName } = settings
  const message = error instanceof Error ? error.message : String(error)
  const conflict = /^The value for (\S+) is inconsistent/.exec(message)?.[1]
  const session = findText(profile, 'sso_session') ?? ''
  if (conflict !== undefined) {
    const places = [
      findPlace(machine, texts, { ...named(profileName), key: conflict }),
      findPlace(machine, texts, { type: 'sso-session', name: session, key: conflict }),
    ]
    const values = [profile, config.ssoSessions.get(session)].map((section) => findText(section, conflict))
    const evidence = places.flatMap((place, index) => (place ? [`${place}: ${conflict} = ${values[index]}`] : []))
    return fault('keys-inconsistent', message, evidence, `Delete ${places[0] ?? `${conflict} of the profile`}`)
  }
  const place = findPlace(machine, texts, named(profileName)) ?? profileName
  const where = session === '' ? [] : [findPlace(machine, texts, { type: 'sso-session', name: session }) ?? '']
  const keys = /: ([\w, ]+)$/.exec(message)?.[1] ?? ''
  const ofSession = session !== '' && /sso_(start_url|region)/.test(keys)
  return fault(
    'keys-missing',
    `The profile ${profileName} lacks ${keys}.`,
    [place, ...where].filter((each) => each !== '').map((each) => `${each}: no ${keys} below`),
    ofSession
      ? 'mayfly configure sso-session'
      : `mayfly configure sso --profile ${shellWord(profileName, machine.platform)}`,
  )
}

/** A region that AWS does not have may be new: it becomes a fault when no name server knows its hosts. */
function checkRegion({ machine, texts }: Inquiry, sso: SsoProfile): Finding | undefined {
  const host = URL.canParse(sso.startUrl) ? new URL(sso.startUrl).hostname : ''
  if (!isAwsOwnedHost(host) || SSO_OIDC_REGIONS.includes(sso.region)) return undefined
  const nearest = closestWords(sso.region, SSO_OIDC_REGIONS)
  const section =
    sso.sessionName === undefined ? named(sso.profileName) : ({ type: 'sso-session', name: sso.sessionName } as const)
  const place = findPlace(machine, texts, { ...section, key: 'sso_region' }) ?? sso.profileName
  return warning(
    'wrong-region',
    `IAM Identity Center is in no region ${sso.region} that Mayfly knows.`,
    [`${place}: sso_region = ${sso.region}`, ...(nearest === undefined ? [] : [`Nearest: ${nearest}`])],
    nearest === undefined ? 'mayfly configure sso-session' : `Write sso_region = ${nearest} into ${place}`,
  )
}
