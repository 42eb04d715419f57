/** configure sso. */

import { type ResolvedStartUrl, resolveInRegion } from '../../endpoints/start-url.ts'
import type { Machine } from '../../machine/machine.ts'
import { purgeRoleCredentials } from '../../role-credentials/purge.ts'
import { readStorageMode } from '../../sealed/storage-mode.ts'
import { getSsoConfiguration, type SsoConfiguration } from '../../shared-config/profile.ts'
import { profileValues } from '../../shared-config/profile-form.ts'
import { loadSettings, type Settings } from '../../shared-config/settings.ts'
import { findText, type Section, type SharedConfig, updateSharedConfig } from '../../shared-config/shared-config.ts'
import { getAccessToken } from '../../sign-in/access-token.ts'
import { signIn } from '../../sign-in/sign-in.ts'
import { SignInRequired } from '../../sign-in/sign-in-required.ts'
import type { CachedToken } from '../../sign-in/token-cache.ts'
import { type Command, findOption, type OptionValues } from '../command.ts'
import { signInOptions } from '../sso/sign-in-options.ts'
import { findEndpointToSay, formatConclusion } from './conclusion.ts'
import { quotedNameWarning } from './names.ts'
import { type AccountAndRole, askAccountAndRole } from './portal-access.ts'
import { askRequired, askValue } from './prompts.ts'
import {
  askRegion,
  askScopes,
  askStartUrl,
  previewSession,
  sessionCompletions,
  sessionOptions,
} from './session-questions.ts'

export const configureSso: Command = {
  words: 'configure sso',
  summary: 'sign in, choose an account and a role, and write a profile for them',
  options: [
    ...signInOptions,
    ...sessionOptions,
    { name: '--sso-account-id', value: 'ID', summary: 'the account to use' },
    { name: '--sso-role-name', value: 'NAME', summary: 'the role to use' },
    { name: '--output', value: 'FORMAT', summary: 'the output format to write into the profile' },
  ],
  example: 'mayfly configure sso',
  async run(options, machine) {
    const settings = await loadSettings(machine, options)
    const profile = settings.config.profiles.get(settings.profileName)
    const chosen = await askSignIn(machine, settings, options)
    const token = await getToken(machine, settings, chosen, options)
    const access = await askAccountAndRole(machine, settings, { token, options })
    const region = await askValue(machine, {
      text: 'Default client Region',
      option: '--region',
      given: findOption(options, 'region'),
      current: findText(profile, 'region'),
    })
    const output = await askValue(machine, {
      text: 'CLI default output format (json if not specified)',
      option: '--output',
      given: findOption(options, 'output'),
      current: findText(profile, 'output'),
      completions: ['json', 'text', 'table', 'yaml', 'yaml-stream'].map((value) => ({ value })),
    })
    const profileName = await askProfileName(machine, settings, access)
    const sso = { ...chosen.sso, region: token.region }
    await writeProfile(machine, {
      profileName,
      former: settings.config.profiles.get(profileName),
      sso,
      access,
      region,
      output,
    })
    machine.terminal.writeError(quotedNameWarning([profileName, ...(sso.sessionName ? [sso.sessionName] : [])]))
    machine.terminal.writeError(otherSourceWarning(profileName, settings.config))
    const endpoint = await findEndpointToSay(machine, settings, sso)
    machine.terminal.write(
      formatConclusion({ profileName, hasAccess: access !== undefined, endpoint, platform: machine.platform }),
    )
    return 0
  },
}

/** What the person signs in to, and whether a token in the cache is good enough for it. */
interface ChosenSignIn {
  readonly sso: SsoConfiguration
  readonly isNew: boolean
  readonly resolved?: ResolvedStartUrl
}

async function askSignIn(machine: Machine, settings: Settings, options: OptionValues): Promise<ChosenSignIn> {
  const { config } = settings
  const profile = config.profiles.get(settings.profileName)
  const current = findText(profile, 'sso_session')
  const sessionName = await askValue(machine, {
    text: current === undefined ? 'SSO session name (Recommended)' : 'SSO session name',
    option: '--sso-session',
    given: findOption(options, 'sso-session'),
    needsPerson: current === undefined,
    current,
    showsNone: false,
    completions: sessionCompletions(config),
    preview: (typed) => previewSession(config.ssoSessions.get(typed)),
  })
  if (sessionName !== undefined && config.ssoSessions.has(sessionName)) {
    return { sso: getSsoConfiguration(config, { sessionName }), isNew: false }
  }
  if (sessionName === undefined) machine.terminal.write(legacyWarning(machine.terminal.styled))
  const startUrl = await askStartUrl(machine, { config, options, current: findText(profile, 'sso_start_url') })
  const { region, resolved } = await askRegion(machine, {
    startUrl,
    current: findText(profile, 'sso_region'),
    options,
    resolve: () => resolveInRegion(machine, startUrl, settings.http),
  })
  const sso = { startUrl, region }
  const isKnown = resolved !== undefined ? { resolved } : {}
  if (sessionName === undefined) return { sso, isNew: true, ...isKnown }
  const registrationScopes = await askScopes(machine, { config, options, current: undefined })
  return { sso: { ...sso, sessionName, registrationScopes }, isNew: true, ...isKnown }
}

function legacyWarning(styled: boolean): string {
  const [bold, plain] = styled ? ['\x1b[1m', '\x1b[0m'] : ['', '']
  return `${bold}WARNING: Configuring using legacy format (e.g. without an SSO session).
Consider re-running "configure sso" command and providing a session name.${plain}
`
}

/** A token of the cache where the session was configured before and is still signed in; otherwise a new one. */
async function getToken(
  machine: Machine,
  settings: Settings,
  { sso, isNew, resolved }: ChosenSignIn,
  options: OptionValues,
): Promise<CachedToken> {
  const cached = isNew ? undefined : await getAccessToken(machine, settings, sso).catch(refuseUnlessSignInHelps)
  // Another tool's file may lack both, or hold what the config file said before it was corrected.
  if (cached) return { ...cached, startUrl: sso.startUrl, region: sso.region }
  return signIn(machine, settings, sso, {
    usesDeviceCode: options['use-device-code'] === true,
    opensBrowser: options['no-browser'] !== true,
    beforeWriting: () => purgeRoleCredentials(machine, settings.config, sso),
    ...(resolved && { resolved }),
  })
}

function refuseUnlessSignInHelps(error: unknown): undefined {
  if (!(error instanceof SignInRequired)) throw error
}

async function askProfileName(
  machine: Machine,
  { profileName, profileSource }: Settings,
  access: AccountAndRole | undefined,
): Promise<string> {
  if (profileSource !== 'default') return profileName
  const current = access && `${access.roleName}-${access.accountId}`
  return askRequired(machine, { text: 'Profile name', option: '--profile', given: undefined, current })
}

interface NewProfile {
  readonly profileName: string
  /** The profile as it was. */
  readonly former: Section | undefined
  readonly sso: SsoConfiguration
  readonly access: AccountAndRole | undefined
  readonly region: string | undefined
  readonly output: string | undefined
}

async function writeProfile(
  machine: Machine,
  { profileName, former, sso, access, region, output }: NewProfile,
): Promise<void> {
  const session = {
    sso_start_url: sso.startUrl,
    sso_region: sso.region,
    sso_registration_scopes: sso.registrationScopes,
  }
  const values = {
    ...(sso.sessionName === undefined
      ? { sso_start_url: sso.startUrl, sso_region: sso.region }
      : { sso_session: sso.sessionName, ...withoutConflicts(former, session) }),
    sso_account_id: access?.accountId,
    sso_role_name: access?.roleName,
    region,
    output,
  }
  const written = Object.fromEntries(
    Object.entries(values).filter(
      ([key, value]) => value !== undefined || key.startsWith('sso_start') || key === 'sso_region',
    ),
  )
  const { sessionName } = sso
  const isSealed = access !== undefined && (await readStorageMode(machine)) === 'sealed'
  const role = sessionName === undefined ? { startUrl: sso.startUrl, region: sso.region } : { sessionName }
  const sealed = isSealed
    ? { ...profileValues(machine, 'sealed', { ...role, ...access }), ...definedOf({ region, output }) }
    : undefined
  await updateSharedConfig(machine, [
    { section: { type: 'profile', name: profileName }, values: sealed ?? written },
    ...(sessionName === undefined
      ? []
      : [{ section: { type: 'sso-session', name: sessionName } as const, values: definedOf(session) }]),
  ])
}

/** A warning for keys that go before the sign-in in other tools (specification §12.3); empty when there are none. */
function otherSourceWarning(profileName: string, { profiles, sealedProfiles }: SharedConfig): string {
  const others = ['aws_access_key_id', ...(sealedProfiles.has(profileName) ? [] : ['credential_process'])]
  const key = others.find((name) => profiles.get(profileName)?.has(name))
  if (key === undefined) return ''
  return `Warning: the profile "${profileName}" still has ${key}, which some AWS SDKs use in place of the sign-in: delete it from your config and credentials files.\n`
}

/** The legacy keys that would contradict the sso-session and make every tool refuse the profile, deleted. */
const withoutConflicts = (
  former: Section | undefined,
  session: Readonly<Record<string, string | undefined>>,
): Record<string, undefined> =>
  Object.fromEntries(
    ['sso_start_url', 'sso_region']
      .filter((key) => findText(former, key) !== undefined && findText(former, key) !== session[key])
      .map((key) => [key, undefined]),
  )

const definedOf = (values: Readonly<Record<string, string | undefined>>): Record<string, string | undefined> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))
