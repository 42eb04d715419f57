/** The questions about a sso-session: start URL, region, scopes. */

import { SSO_OIDC_REGIONS } from '../../endpoints/regions.ts'
import { findStartUrlRegion, isAwsStartUrl, isValidStartUrl, type ResolvedStartUrl } from '../../endpoints/start-url.ts'
import type { Machine } from '../../machine/machine.ts'
import type { Completion } from '../../machine/question.ts'
import { parseScopes } from '../../shared-config/profile.ts'
import { findText, type Section, type SharedConfig } from '../../shared-config/shared-config.ts'
import { DEFAULT_SCOPE } from '../../sign-in/client-registration.ts'
import { type CommandOption, findOption, type OptionValues } from '../command.ts'
import { askRequired } from './prompts.ts'

/** Every start URL that the config file knows. */
function startUrlCompletions({ profiles, ssoSessions }: SharedConfig): readonly Completion[] {
  const urls = [...profiles.values(), ...ssoSessions.values()].map((section) => findText(section, 'sso_start_url'))
  return [...new Set(urls)].filter((url) => url !== undefined).map((value) => ({ value }))
}

/** Options that answer these questions beforehand. */
export const sessionOptions: readonly CommandOption[] = [
  { name: '--sso-session', value: 'NAME', summary: 'the name of the sso-session' },
  { name: '--sso-start-url', value: 'URL', summary: 'where you sign in' },
  { name: '--sso-region', value: 'REGION', summary: 'the region of the Identity Center' },
  { name: '--sso-registration-scopes', value: 'SCOPES', summary: 'what tokens are good for, apart by commas' },
]

/** What the questions are asked about, and what was said beforehand. */
export interface Asking {
  readonly config: SharedConfig
  readonly options: OptionValues
  readonly current: string | undefined
}

/** Asks for the start URL. */
export const askStartUrl = (machine: Machine, { config, options, current }: Asking): Promise<string> =>
  askRequired(machine, {
    text: 'SSO start URL',
    option: '--sso-start-url',
    given: findOption(options, 'sso-start-url'),
    current,
    completions: startUrlCompletions(config),
    check: (value) => (isValidStartUrl(value) ? undefined : 'Not a valid Start URL'),
  })

export interface RegionQuestion {
  readonly startUrl: string
  readonly current: string | undefined
  readonly options: OptionValues
  /** Finds out where the start URL leads; asked only when the address does not say. */
  readonly resolve: () => Promise<ResolvedStartUrl | undefined>
}

/** The region that the start URL leads to, or the one that the person names. */
export async function askRegion(
  machine: Machine,
  { startUrl, current, options, resolve }: RegionQuestion,
): Promise<{ readonly region: string; readonly resolved?: ResolvedStartUrl }> {
  const resolved = isAwsStartUrl(startUrl) ? undefined : await resolve()
  const region =
    resolved?.region ??
    (await askRequired(machine, {
      text: 'SSO region',
      option: '--sso-region',
      given: findOption(options, 'sso-region'),
      current: current ?? findStartUrlRegion(startUrl),
      completions: SSO_OIDC_REGIONS.map((value) => ({ value })),
    }))
  return { region, ...(resolved && { resolved }) }
}

/** Asks for the scopes; the answer stays as it was typed. */
export const askScopes = (machine: Machine, { config, options, current }: Asking): Promise<string> =>
  askRequired(machine, {
    text: 'SSO registration scopes',
    option: '--sso-registration-scopes',
    given: findOption(options, 'sso-registration-scopes'),
    current: current ?? DEFAULT_SCOPE,
    completions: scopeCompletions(config),
    check: (value) =>
      parseScopes(value).some((scope) => /\s/.test(scope)) ? 'Scope values must be separated by commas' : undefined,
  })

function scopeCompletions({ ssoSessions }: SharedConfig): readonly Completion[] {
  const users = new Map<string, string[]>([[DEFAULT_SCOPE, []]])
  for (const [name, section] of ssoSessions) {
    for (const scope of parseScopes(findText(section, 'sso_registration_scopes'))) {
      users.set(scope, [...(users.get(scope) ?? []), name])
    }
  }
  return [...users].map(([value, names]) =>
    names.length === 0 ? { value } : { value, about: `Used in SSO sessions: ${names.join(', ')}` },
  )
}

/** Existing sso-sessions, by name. */
export const sessionCompletions = ({ ssoSessions }: SharedConfig): readonly Completion[] =>
  [...ssoSessions.keys()].sort().map((value) => ({ value }))

/** A sso-session's keys as JSON, for the line below its name. */
export function previewSession(section: Section | undefined): string | undefined {
  return section && JSON.stringify(Object.fromEntries(section), undefined, 2)
}
