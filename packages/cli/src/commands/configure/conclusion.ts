/** The last words of configure sso: what to type next. */

import { findConfiguredEndpoint } from '../../endpoints/endpoint.ts'
import { findServiceStartUrl } from '../../endpoints/start-url.ts'
import { findOwnEndpoint } from '../../endpoints/start-url-host.ts'
import type { Machine, Platform } from '../../machine/machine.ts'
import type { SsoConfiguration } from '../../shared-config/profile.ts'
import type { Settings } from '../../shared-config/settings.ts'
import { shellWord } from '../../shared-config/shell-word.ts'

export interface Conclusion {
  readonly profileName: string
  /** Whether the profile has an account and a role. */
  readonly hasAccess: boolean
  /** The address that AWS's own tools have to be told, if they have to be. */
  readonly endpoint: string | undefined
  readonly platform: Platform
}

/** The AWS CLI's last words, which name its own command: it is what people type next (specification §2.12). */
export function formatConclusion({ profileName, hasAccess, endpoint, platform }: Conclusion): string {
  if (!hasAccess) return `Successfully configured SSO for profile: ${profileName}\n`
  const isDefault = profileName.toLowerCase() === 'default'
  const words = isDefault
    ? `The AWS CLI is now configured to use the default profile.
Run the following command to verify your configuration:
`
    : 'To use this profile, specify the profile name using --profile, as shown:\n'
  const option = isDefault ? '' : ` --profile ${shellWord(profileName, platform)}`
  const command = `\naws sts get-caller-identity${option}\n`
  if (endpoint === undefined) return words + command
  // To the AWS CLI and the SDKs a start URL names no server: without this they would ask AWS.
  const variable = platform === 'win32' ? 'set AWS_ENDPOINT_URL=' : 'export AWS_ENDPOINT_URL='
  return `${words}
mayfly whoami${option}

The AWS CLI and the SDKs have to be told where your Identity Center is:

${variable}${endpoint}${command}`
}

/** The address of an Identity Center of one's own, unless AWS's tools know it already from variables or `services`. */
export async function findEndpointToSay(
  machine: Machine,
  settings: Settings,
  { startUrl, region }: SsoConfiguration,
): Promise<string | undefined> {
  const { config, profileName } = settings
  const profile = config.profiles.get(profileName)
  const isKnown = findConfiguredEndpoint({ service: 'sso', region, env: machine.env, config, profile }) !== undefined
  return isKnown ? undefined : findOwnEndpoint(await findServiceStartUrl(machine, startUrl, settings.http))
}
