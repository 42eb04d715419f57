/** Every session that the configuration knows: its sso-sessions, and the start URLs of profiles in the legacy form. */

import type { SsoConfiguration } from './profile.ts'
import { findText, type SharedConfig } from './shared-config.ts'

export interface ConfiguredSession {
  /** An empty start URL or region is missing in the file. */
  readonly sso: SsoConfiguration
  /** The first profile of a start URL in the legacy form, which has no other name. */
  readonly profileName?: string
}

export function listConfiguredSessions({ ssoSessions, profiles }: SharedConfig): readonly ConfiguredSession[] {
  const sessions: ConfiguredSession[] = []
  for (const [sessionName, section] of ssoSessions) {
    const scopes = findText(section, 'sso_registration_scopes')
    sessions.push({
      sso: {
        sessionName,
        startUrl: findText(section, 'sso_start_url') ?? '',
        region: findText(section, 'sso_region') ?? '',
        ...(scopes !== undefined && { registrationScopes: scopes }),
      },
    })
  }
  const seen = new Set<string>()
  for (const [profileName, profile] of profiles) {
    const startUrl = findText(profile, 'sso_start_url')
    if (startUrl === undefined || profile.has('sso_session') || seen.has(startUrl)) continue
    seen.add(startUrl)
    sessions.push({ sso: { startUrl, region: findText(profile, 'sso_region') ?? '' }, profileName })
  }
  return sessions
}
