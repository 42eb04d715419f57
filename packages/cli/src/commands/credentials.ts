/** credentials: a profile's credentials, after a sign-in when there is no valid session. */

import { startAgentWhenSealed } from '../agent/client.ts'
import type { Machine } from '../machine/machine.ts'
import { ArgumentRefusal } from '../problems/argument-refusal.ts'
import { type ExportedCredentials, formatCredentials } from '../role-credentials/formats.ts'
import { purgeRoleCredentials } from '../role-credentials/purge.ts'
import { getRoleCredentials } from '../role-credentials/role-credentials.ts'
import { getSsoConfiguration, getSsoProfile, type SsoProfile } from '../shared-config/profile.ts'
import { loadSettings, type Settings } from '../shared-config/settings.ts'
import { findText } from '../shared-config/shared-config.ts'
import { signInOnce } from '../sign-in/sign-in.ts'
import { SignInRequired } from '../sign-in/sign-in-required.ts'
import { readToken } from '../sign-in/token-cache.ts'
import { isExpired } from '../sign-in/token-state.ts'
import { type Command, findOption, type OptionValues } from './command.ts'
import { formatOf, formatOption, getCredentials } from './configure/export-credentials.ts'
import { loadProfileSettings } from './profile-settings.ts'

export const credentials: Command = {
  words: 'credentials',
  summary: 'print credentials, signing in first when that is needed',
  options: [
    formatOption,
    { name: '--no-sign-in', summary: 'fail instead of opening a sign-in page' },
    { name: '--account-id', value: 'ID', summary: 'the account, in place of a profile; with --role-name' },
    { name: '--role-name', value: 'NAME', summary: 'the role in that account' },
    { name: '--sso-session', value: 'NAME', summary: 'the sso-session through which the role is taken' },
    { name: '--sso-start-url', value: 'URL', summary: 'the start URL, where there is no sso-session' },
    { name: '--sso-region', value: 'REGION', summary: "the start URL's region" },
  ],
  example: 'mayfly credentials --profile default --format env',
  async run(options, machine) {
    const isRole = ROLE_OPTIONS.some((name) => options[name] !== undefined)
    const settings = isRole
      ? await loadSettings(machine, options)
      : await loadProfileSettings(machine, options, { isReadByPrograms: true })
    const role = isRole ? findRole(settings, options) : undefined
    const maySignIn = options['no-sign-in'] !== true && machine.env['MAYFLY_SIGN_IN'] !== 'never'
    const asked = role ? getRoleCredentials(machine, settings, role) : getCredentials(machine, settings)
    const found = await asked.catch((error: unknown) => {
      if (maySignIn && error instanceof SignInRequired) return signInAndGet(machine, settings, role, error)
      throw error
    })
    machine.terminal.write(formatCredentials(found, formatOf(findOption(options, 'format'))))
    await startAgentWhenSealed(machine)
    return 0
  },
}

/** Any of these names a role in place of a profile. */
const ROLE_OPTIONS = ['account-id', 'role-name', 'sso-session', 'sso-start-url', 'sso-region']

/** The role that the options name themselves, as the credential_process of a sealed profile does. */
function findRole(settings: Settings, options: OptionValues): SsoProfile {
  const [accountId, roleName] = [findOption(options, 'account-id'), findOption(options, 'role-name')]
  const sessionName = findOption(options, 'sso-session')
  const [startUrl, region] = [findOption(options, 'sso-start-url'), findOption(options, 'sso-region')]
  if (accountId !== undefined && roleName !== undefined) {
    const role = { profileName: findNameOf(settings, startUrl), accountId, roleName }
    if (sessionName !== undefined) return { ...getSsoConfiguration(settings.config, { sessionName }), ...role }
    if (startUrl !== undefined && region !== undefined) return { startUrl, region, ...role }
  }
  throw new ArgumentRefusal(
    'A role is named by --account-id and --role-name with --sso-session, or with --sso-start-url and --sso-region.',
    'To name a profile instead: --profile NAME',
  )
}

/** The legacy form signs in by a profile: the first with this start URL is the one to name. */
function findNameOf({ config, profileName }: Settings, startUrl: string | undefined): string {
  const named = [...config.profiles].find(
    ([, profile]) => !profile.has('sso_session') && findText(profile, 'sso_start_url') === startUrl,
  )
  return startUrl === undefined || !named ? profileName : named[0]
}

/**
 * One page for all processes that ask at once. Standard output is for credentials alone. `refused` is why credentials
 * could not be had: only the token that it names is of no use. Without it that is whichever lies there now.
 */
export async function signInAndGet(
  machine: Machine,
  settings: Settings,
  role?: SsoProfile,
  refused?: SignInRequired,
): Promise<ExportedCredentials> {
  const sso = role ?? getSsoProfile(settings.config, settings.profileName)
  const former = refused ? undefined : await readToken(machine, sso)
  const useless = former?.found === 'token' ? former.token.accessToken : undefined
  await signInOnce(
    machine,
    settings,
    sso,
    ({ accessToken, expiresAt }) =>
      accessToken !== useless &&
      refused?.hasRejected(accessToken) !== true &&
      !isExpired({ expiresAt }, machine.clock.now()),
    { prints: 'stderr', beforeWriting: () => purgeRoleCredentials(machine, settings.config, sso) },
  )
  return role ? getRoleCredentials(machine, settings, role) : getCredentials(machine, settings)
}
