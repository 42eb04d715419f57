/** Which sso-session is to be set up, and where it signs in. */

import { findPortalRegion } from '../../endpoints/portal-region.ts'
import { SSO_OIDC_REGIONS } from '../../endpoints/regions.ts'
import { findStartUrlRegion, type ResolvedStartUrl, resolveInRegion } from '../../endpoints/start-url.ts'
import type { Machine } from '../../machine/machine.ts'
import { ArgumentRefusal } from '../../problems/argument-refusal.ts'
import { getSsoConfiguration, type SsoConfiguration } from '../../shared-config/profile.ts'
import { hasLineBreak } from '../../shared-config/section-header.ts'
import type { Settings } from '../../shared-config/settings.ts'
import { findText, type SharedConfig } from '../../shared-config/shared-config.ts'
import { DEFAULT_SCOPE } from '../../sign-in/client-registration.ts'
import { findOption, type OptionValues } from '../command.ts'
import { keyOfStartUrl, nameSession, parseTypedStartUrl } from './typed-start-url.ts'

/** A session of the config file, or one that is to come into it. */
export interface ChosenSession {
  readonly sso: SsoConfiguration & { readonly sessionName: string }
  /** Where the region came from: `from the access portal`; nothing for what was configured before. */
  readonly regionSource?: string
  readonly resolved?: ResolvedStartUrl
}

/** The session that a typed start URL, a session's name or `--sso-session` means. Asks for what cannot be found out. */
export async function chooseSession(
  machine: Machine,
  settings: Settings,
  options: OptionValues,
  typed: string,
): Promise<ChosenSession> {
  const { config } = settings
  const named = findOption(options, 'sso-session')
  if (named === undefined && config.ssoSessions.has(typed)) return configured(config, typed)
  const startUrl = parseTypedStartUrl(typed)
  if (named !== undefined && config.ssoSessions.has(named)) {
    const other = findText(config.ssoSessions.get(named), 'sso_start_url') ?? ''
    if (keyOfStartUrl(other) === keyOfStartUrl(startUrl)) return configured(config, named)
    throw new ArgumentRefusal(
      `The sso-session "${named}" signs in at ${other}.`,
      'Name another one with --sso-session, or leave the start URL out.',
    )
  }
  const known = named === undefined ? listSessionsOf(config, startUrl) : []
  if (known.length > 1) return configured(config, await chooseOne(machine, known))
  if (known[0] !== undefined) return configured(config, known[0])
  const sessionName = named ?? nameSession(startUrl, (name) => config.ssoSessions.has(name))
  if (sessionName.trim() === '' || hasLineBreak(sessionName))
    throw new ArgumentRefusal('argument --sso-session: expected a name', 'Such as: --sso-session work')
  return foundOut(machine, settings, options, { sessionName, startUrl })
}

/** A session that the config file has. */
export const configured = (config: SharedConfig, sessionName: string): ChosenSession => ({
  sso: { ...getSsoConfiguration(config, { sessionName }), sessionName },
})

const listSessionsOf = ({ ssoSessions }: SharedConfig, startUrl: string): readonly string[] =>
  [...ssoSessions]
    .filter(([, section]) => keyOfStartUrl(findText(section, 'sso_start_url') ?? '') === keyOfStartUrl(startUrl))
    .map(([name]) => name)

/** One of several sessions, each perhaps another person at the same portal. */
export async function chooseOne(machine: Machine, names: readonly string[]): Promise<string> {
  if (!machine.terminal.interactive)
    throw new ArgumentRefusal('Several sso-sessions are meant.', `Name one with --sso-session: ${names.join(', ')}`)
  machine.terminal.writeError('Which sso-session?\n')
  return names[await machine.terminal.choose(names)] ?? ''
}

async function foundOut(
  machine: Machine,
  settings: Settings,
  options: OptionValues,
  { sessionName, startUrl }: { readonly sessionName: string; readonly startUrl: string },
): Promise<ChosenSession> {
  const typed = findOption(options, 'sso-region')
  const resolved = await resolveInRegion(machine, startUrl, settings.http)
  const { region, source } = await findRegion(machine, settings, { startUrl, resolved, typed })
  return {
    sso: { sessionName, startUrl, region, registrationScopes: DEFAULT_SCOPE },
    resolved,
    ...(source !== undefined && { regionSource: source }),
  }
}

async function findRegion(
  machine: Machine,
  settings: Settings,
  { startUrl, resolved, typed }: { startUrl: string; resolved: ResolvedStartUrl; typed: string | undefined },
): Promise<{ readonly region: string; readonly source?: string }> {
  if (typed !== undefined) return { region: typed }
  const said = resolved.region ?? findStartUrlRegion(startUrl)
  if (said !== undefined) return { region: said, source: 'from the start URL' }
  const shown = await findPortalRegion(machine, resolved.startUrl, settings.http)
  if (shown !== undefined) return { region: shown, source: 'from the access portal' }
  if (!machine.terminal.interactive)
    throw new ArgumentRefusal(`${startUrl} does not say in which region it is.`, 'Say it with --sso-region REGION.')
  const region = await machine.terminal.ask({
    prompt: 'Region of the Identity Center: ',
    completions: SSO_OIDC_REGIONS.map((value) => ({ value })),
    check: (answer) => (/^[a-z]{2,4}(-[a-z]+)+-\d+$/.test(answer) ? undefined : 'Such as us-east-1'),
  })
  return { region }
}
