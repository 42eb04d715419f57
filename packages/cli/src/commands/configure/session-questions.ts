/** The questions about a sso-session: start URL, region, scopes. */

import { SSO_OIDC_REGIONS } from '../../endpoints/regions.ts'
import { findStartUrlRegion, isAwsStartUrl, isValidStartUrl, type ResolvedStartUrl } from '../../endpoints/start-url.ts'
import type { Machine } from '../../machine/machine.ts'
import type { Completion } from '../../machine/question.ts'
import { parseScopes } from '../../shared-config/profile.ts'
import { findText, type Section, type SharedConfig } from '../../shared-config/shared-config.ts'
import { DEFAULT_SCOPE } from '../../sign-in/client-registration.ts'
import { askRequired } from './prompts.ts'

/** Every start URL that the config file knows. */
function startUrlCompletions({ profiles, ssoSessions }: SharedConfig): readonly Completion[] {
  const urls = [...profiles.values(), ...ssoSessions.values()].map((section) => findText(section, 'sso_start_url'))
  return [...new Set(urls)].filter((url) => url !== undefined).map((value) => ({ value }))
}

/** Asks for the start URL. */
export const askStartUrl = (machine: Machine, config: SharedConfig, current: string | undefined): Promise<string> =>
  askRequired(machine, {
    text: 'SSO start URL',
    current,
    completions: startUrlCompletions(config),
    check: (value) => (isValidStartUrl(value) ? undefined : 'Not a valid Start URL'),
  })

export interface RegionQuestion {
  readonly startUrl: string
  readonly current: string | undefined
  /** Finds out where the start URL leads; asked only when the address does not say. */
  readonly resolve: () => Promise<ResolvedStartUrl | undefined>
}

/** The region that the start URL leads to, or the one that the person names. */
export async function askRegion(
  machine: Machine,
  { startUrl, current, resolve }: RegionQuestion,
): Promise<{ readonly region: string; readonly resolved?: ResolvedStartUrl }> {
  const resolved = isAwsStartUrl(startUrl) ? undefined : await resolve()
  const region =
    resolved?.region ??
    (await askRequired(machine, {
      text: 'SSO region',
      current: current ?? findStartUrlRegion(startUrl),
      completions: SSO_OIDC_REGIONS.map((value) => ({ value })),
    }))
  return { region, ...(resolved && { resolved }) }
}

/** Asks for the scopes; the answer stays as it was typed. */
export const askScopes = (machine: Machine, config: SharedConfig, current: string | undefined): Promise<string> =>
  askRequired(machine, {
    text: 'SSO registration scopes',
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
