/** The profiles that hold a key get a role in its place, under their own names. */

import { Refusal } from '@mayfly/identity-center/refusal'
import type { Machine } from '../../../machine/machine.ts'
import { readStorageMode, type StorageMode } from '../../../sealed/storage-mode.ts'
import { type IniFile, type IniSection, parseIni } from '../../../shared-config/ini.ts'
import { configPath, credentialsPath } from '../../../shared-config/paths.ts'
import { type ProfileRole, parseOwnProcess, profileValues, SSO_KEYS } from '../../../shared-config/profile-form.ts'
import type { Section } from '../../../shared-config/section.ts'
import { parseHeader, type SectionName } from '../../../shared-config/section-header.ts'
import type { Draft, Left } from '../formats/draft.ts'
import type { Splice } from '../text/splice.ts'
import { dependentNotes } from './dependents.ts'
import { findEndpoint } from './endpoint.ts'
import { appendSections, changeProfile, removeKeyLines } from './profile-splices.ts'

/** The profile that takes the key's place. */
export interface ReplacingProfile {
  readonly profileName: string
  readonly role: ProfileRole
  /** For a profile that says none itself. */
  readonly region?: string
  /** Of the role's sso-session: written where the config file does not have it. */
  readonly session?: { readonly startUrl: string; readonly region: string; readonly registrationScopes?: string }
}

/** True for an option that holds the key, or its secret. */
type IsOwn = (option: { readonly name: string; readonly value: string }) => boolean

/** One of the two files. */
interface AwsFile {
  readonly path: string
  readonly foundAs: string
  readonly bytes: Uint8Array | null
  readonly file: IniFile
}

interface AwsFiles {
  readonly config: AwsFile
  readonly credentials: AwsFile
}

export interface ProfilePlan {
  /** Of both files, the config file first; one that stays as it is has no splices. */
  readonly drafts: readonly Draft[]
  readonly left: readonly Left[]
}

/** `secrets`: of the key, where they were found. Refuses a name that another profile has taken already. */
export async function planProfiles(
  machine: Machine,
  { accessKeyId, secrets }: { readonly accessKeyId: string; readonly secrets: readonly string[] },
  replacement: ReplacingProfile,
): Promise<ProfilePlan> {
  const [configFile, credentialsFile] = [configPath(machine), credentialsPath(machine)]
  const files = {
    config: await readAwsFile(machine, configFile),
    credentials: await readAwsFile(machine, credentialsFile),
  }
  const isOwn: IsOwn = ({ name, value }) =>
    (name === 'aws_access_key_id' && value === accessKeyId) ||
    (name === 'aws_secret_access_key' && secrets.includes(value))
  const mode = await readStorageMode(machine)
  const left: Left[] = []
  const changed: NamedProfile[] = []
  for (const profile of listProfiles(files)) {
    const options = [...profile.config, ...profile.credentials].flatMap((section) => section.options)
    const holds = options.some(isOwn)
    if (!holds && profile.name !== replacement.profileName) continue
    const reason = reasonToLeave(machine, profile, { role: replacement.role, isOwn })
    if (reason === undefined) changed.push(profile)
    else if (holds)
      left.push(...leave(files, profile, { isOwn, why: reason, isReplacing: profile.name === replacement.profileName }))
    else throw nameTaken(replacement.profileName, reason)
  }
  const isThere = changed.some(({ name }) => name === replacement.profileName)
  const isLeft = left.some(({ isReplacing }) => isReplacing)
  const added = isThere || isLeft ? [] : [replacement.profileName]
  const config =
    changed.length + added.length === 0 ? [] : draftConfig(machine, files, { mode, changed, added, replacement })
  const credentials = changed.flatMap((profile) =>
    profile.credentials.flatMap((section) => removeKeyLines(files.credentials.file, section)),
  )
  const notes = changed.flatMap(({ name }) => dependentNotes(listProfiles(files), name))
  return {
    drafts: [
      draftOf(files.config, 'aws-config', config, notes),
      draftOf(files.credentials, 'aws-credentials', credentials, config.length === 0 ? notes : []),
    ],
    left,
  }
}

async function readAwsFile(machine: Machine, foundAs: string): Promise<AwsFile> {
  const path = await machine.files.followLinks(foundAs)
  const bytes = (await machine.files.read(path)) ?? null
  return { path, foundAs, bytes, file: parseIni(bytes ?? new Uint8Array(), foundAs) }
}

/** A profile with every section that speaks for it, several spellings of one name included. */
export interface NamedProfile {
  readonly name: string
  readonly config: readonly IniSection[]
  readonly credentials: readonly IniSection[]
}

function listProfiles({ config, credentials }: AwsFiles): readonly NamedProfile[] {
  const profiles = new Map<string, { config: IniSection[]; credentials: IniSection[] }>()
  const partsOf = (name: string): { config: IniSection[]; credentials: IniSection[] } => {
    const parts = profiles.get(name) ?? { config: [], credentials: [] }
    profiles.set(name, parts)
    return parts
  }
  for (const section of config.file.sections) {
    const named = parseHeader(section.header)
    if (named?.type === 'profile') partsOf(named.name).config.push(section)
  }
  for (const section of credentials.file.sections) partsOf(section.header).credentials.push(section)
  return [...profiles].map(([name, parts]) => ({ name, ...parts }))
}

/** Why a profile cannot simply get the role; nothing when it can. A sentence. */
function reasonToLeave(
  machine: Machine,
  { config, credentials }: NamedProfile,
  {
    role,
    isOwn,
  }: {
    readonly role: ProfileRole
    readonly isOwn: IsOwn
  },
): string | undefined {
  const options = [...config, ...credentials].flatMap((section) => section.options)
  const find = (name: string): string | undefined => options.findLast((option) => option.name === name)?.value
  if (options.some((option) => option.name === 'aws_access_key_id' && !isOwn(option)))
    return 'The profile has another long-term key beside this one: retire that one first.'
  for (const name of ['role_arn', 'web_identity_token_file', 'credential_source'])
    if (find(name) !== undefined) return `The profile says ${name} too, which would take the place of the role.`
  const command = find('credential_process')
  const own = command === undefined ? undefined : parseOwnProcess(command, machine.platform)
  if (command !== undefined && !own) return 'The profile has a credential_process of another program.'
  if (own && !isSameRole(own, role)) return 'The profile is for another role already.'
  const [accountId, roleName] = [find('sso_account_id'), find('sso_role_name')]
  const isOther = (accountId ?? role.accountId) !== role.accountId || (roleName ?? role.roleName) !== role.roleName
  if (isOther) return 'The profile has the sso_* keys of another role already.'
  const inCredentials = credentials.flatMap((section) => section.options)
  return inCredentials.some(({ name }) => (SSO_KEYS as readonly string[]).includes(name))
    ? 'The profile has sso_* keys in the credentials file, where not every tool looks for them.'
    : undefined
}

const isSameRole = (one: ProfileRole, other: ProfileRole): boolean =>
  one.accountId === other.accountId && one.roleName === other.roleName

function leave(
  { config, credentials }: AwsFiles,
  profile: NamedProfile,
  { isOwn, why, isReplacing }: { readonly isOwn: IsOwn; readonly why: string; readonly isReplacing: boolean },
): readonly Left[] {
  const advice = `Give the role to a profile of its own, let [${profile.name}] use it, and take the key's lines out by hand.`
  return [[config, profile.config] as const, [credentials, profile.credentials] as const].flatMap(
    ([{ foundAs }, sections]) => {
      const lines = sections.flatMap(({ options }) => options.filter(isOwn).map((option) => (option.lines[0] ?? 0) + 1))
      return lines.length > 0 ? [{ path: foundAs, lines, why, advice, ...(isReplacing && { isReplacing }) }] : []
    },
  )
}

const nameTaken = (name: string, reason: string): Refusal =>
  new Refusal('conflict', `The profile ${name} is there already, and cannot get the role. ${reason}`, {
    hint: 'Choose another name for the profile.',
  })

function draftConfig(
  machine: Machine,
  { config, credentials }: AwsFiles,
  {
    mode,
    changed,
    added,
    replacement: { role, region, session },
  }: {
    readonly mode: StorageMode
    readonly changed: readonly NamedProfile[]
    readonly added: readonly string[]
    readonly replacement: ReplacingProfile
  },
): readonly Splice[] {
  const hasRegion = (name: string): boolean =>
    [...config.file.sections, ...credentials.file.sections].some(
      (section) =>
        (section.header === name || parseHeader(section.header)?.name === name) &&
        section.options.some((option) => option.name === 'region'),
    )
  const valuesFor = (name: string, former?: Section): Record<string, string | undefined> => ({
    ...profileValues(machine, mode, role, former),
    ...(region !== undefined && !hasRegion(name) && { region }),
  })
  const splices = changed.flatMap((profile) => {
    // Of several spellings of one name the last in the file is the one that counts.
    const last = profile.config.at(-1)
    return profile.config.flatMap((section) =>
      section === last
        ? changeProfile(config.file, section, valuesFor(profile.name, sectionValues(section)))
        : changeProfile(config.file, section, {}),
    )
  })
  const names = [...changed.filter((profile) => profile.config.length === 0).map(({ name }) => name), ...added]
  const endpoint = findEndpoint(config.file.sections, role, machine.platform)
  const sections = names.map((name) => ({
    name: { type: 'profile', name } as SectionName,
    values: { ...valuesFor(name), ...(added.includes(name) && { endpoint_url: endpoint }) },
  }))
  const hasSession = config.file.sections.some(({ header }) => {
    const named = parseHeader(header)
    return named?.type === 'sso-session' && named.name === role.sessionName
  })
  const missing =
    role.sessionName !== undefined && session && !hasSession
      ? [{ name: { type: 'sso-session', name: role.sessionName } as SectionName, values: sessionValues(session) }]
      : []
  return [...splices, ...appendSections(config.file, [...sections, ...missing])]
}

const sessionValues = ({ startUrl, region, registrationScopes }: NonNullable<ReplacingProfile['session']>) => ({
  sso_start_url: startUrl,
  sso_region: region,
  sso_registration_scopes: registrationScopes ?? 'sso:account:access',
})

const sectionValues = ({ options }: IniSection): Section => new Map(options.map(({ name, value }) => [name, value]))

const draftOf = (
  { path, foundAs, bytes }: AwsFile,
  kind: Draft['kind'],
  splices: readonly Splice[],
  notes: readonly string[],
): Draft => ({
  path,
  foundAs,
  kind,
  bytes,
  text: Buffer.from(bytes ?? []).toString(),
  encoding: 'utf-8',
  splices,
  notes: [...new Set(notes)],
})
