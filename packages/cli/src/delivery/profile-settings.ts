/** A profile's further settings as variables: a program that is not told its profile would miss them. */

import type { Environment } from '../machine/machine.ts'
import { findText, type Section, type SharedConfig } from '../shared-config/shared-config.ts'

/** Keys of a profile that AWS's SDKs read from a variable too. */
const VARIABLE_OF: Readonly<Record<string, string>> = {
  ca_bundle: 'AWS_CA_BUNDLE',
  endpoint_url: 'AWS_ENDPOINT_URL',
  ignore_configured_endpoint_urls: 'AWS_IGNORE_CONFIGURED_ENDPOINT_URLS',
  use_fips_endpoint: 'AWS_USE_FIPS_ENDPOINT',
  use_dualstack_endpoint: 'AWS_USE_DUALSTACK_ENDPOINT',
  sts_regional_endpoints: 'AWS_STS_REGIONAL_ENDPOINTS',
  output: 'AWS_DEFAULT_OUTPUT',
  retry_mode: 'AWS_RETRY_MODE',
  max_attempts: 'AWS_MAX_ATTEMPTS',
  defaults_mode: 'AWS_DEFAULTS_MODE',
  sdk_ua_app_id: 'AWS_SDK_UA_APP_ID',
  request_checksum_calculation: 'AWS_REQUEST_CHECKSUM_CALCULATION',
  response_checksum_validation: 'AWS_RESPONSE_CHECKSUM_VALIDATION',
  account_id_endpoint_mode: 'AWS_ACCOUNT_ID_ENDPOINT_MODE',
}

/**
 * The settings of `profile` that the environment does not say itself: a variable wins over a profile, as everywhere.
 * `ownEndpoint` is where an Identity Center that is not AWS's answers: the credentials that it issues are good there and
 * nowhere else, so the program is led there unless the profile or the environment names an address.
 */
export function listProfileSettings(
  config: Pick<SharedConfig, 'services'>,
  profile: Section | undefined,
  { env, ownEndpoint }: { readonly env: Environment; readonly ownEndpoint?: string | undefined },
): Readonly<Record<string, string>> {
  const found: Record<string, string> = {}
  for (const [key, variable] of Object.entries(VARIABLE_OF)) {
    const value = findText(profile, key)
    if (value) found[variable] = value
  }
  Object.assign(found, listServices(config, profile))
  const isLed = [...Object.keys(found), ...Object.keys(env)].some((name) => /^AWS_ENDPOINT_URL(_STS)?$/.test(name))
  if (ownEndpoint !== undefined && !isLed) found['AWS_ENDPOINT_URL'] = ownEndpoint
  return Object.fromEntries(Object.entries(found).filter(([name]) => !env[name]))
}

/** `services = name` of a profile: one address a service. */
function listServices({ services }: Pick<SharedConfig, 'services'>, profile: Section | undefined) {
  const section = services.get(findText(profile, 'services') ?? '') ?? new Map()
  const found: Record<string, string> = {}
  for (const [service, values] of section) {
    const endpoint = typeof values === 'object' ? values.get('endpoint_url') : undefined
    if (endpoint && /^\w+$/.test(service)) found[`AWS_ENDPOINT_URL_${service.toUpperCase()}`] = endpoint
  }
  return found
}
