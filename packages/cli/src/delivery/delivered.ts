/** What a program is given so that it acts as a profile: variables, and how long they are good for. */

import { Refusal } from '@mayfly/identity-center/refusal'
import { findServiceStartUrl } from '../endpoints/start-url.ts'
import { findOwnEndpoint } from '../endpoints/start-url-host.ts'
import type { Environment, Machine } from '../machine/machine.ts'
import type { SsoConfiguration } from '../shared-config/profile.ts'
import type { Settings } from '../shared-config/settings.ts'
import { findText, type SharedConfig } from '../shared-config/shared-config.ts'
import { listProfileSettings } from './profile-settings.ts'
import { createVariables, type Variables, type VariablesQuestion } from './variables.ts'

export interface DeliveredProfile {
  readonly settings: Settings
  /** The environment that the program's will be made of. */
  readonly env: Environment
  readonly access: VariablesQuestion['access']
  /** Where its sign-in is, when it has one. */
  readonly sso?: SsoConfiguration | undefined
  readonly profileName?: string | undefined
  /** Further variables, which a Mayfly inside of the program does not take for the person's own. */
  readonly more?: Readonly<Record<string, string>>
}

/** The variables for a profile: its credentials, its region (else its sign-in's), and its further settings. */
export async function deliverProfile(
  machine: Machine,
  { settings, env, access, sso, profileName, more }: DeliveredProfile,
): Promise<Variables> {
  const profile = settings.config.profiles.get(settings.profileName)
  const ownEndpoint = sso && (await findIssuer(machine, settings, sso.startUrl))
  return createVariables({
    access,
    region: settings.region ?? sso?.region,
    settings: { ...listProfileSettings(settings.config, profile, { env, ownEndpoint }), ...more },
    profileName,
  })
}

/** The address of the Identity Center that issued the credentials, when it is not AWS's. */
async function findIssuer(machine: Machine, { http }: Settings, startUrl: string): Promise<string | undefined> {
  try {
    return findOwnEndpoint(await findServiceStartUrl(machine, startUrl, http))
  } catch (error) {
    // A start URL that leads nowhere today: the credentials came from the cache, and are delivered all the same.
    if (error instanceof Refusal) return undefined
    throw error
  }
}

/** Keys by which an SDK would take `default` for the credentials, and never ask an endpoint. */
const SOURCES: readonly string[] = [
  'aws_access_key_id',
  'credential_process',
  'role_arn',
  'sso_account_id',
  'sso_role_name',
  'web_identity_token_file',
  'login_session',
]

/** True when the shared config's `default` profile has credentials: SDKs look there before they ask an endpoint. */
export const hasDefaultCredentials = ({ profiles }: Pick<SharedConfig, 'profiles'>): boolean =>
  SOURCES.some((key) => findText(profiles.get('default'), key) !== undefined)
