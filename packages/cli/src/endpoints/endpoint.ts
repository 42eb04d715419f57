/** Where a service answers. */

import { Refusal } from '@mayfly/identity-center/refusal'
import type { Environment } from '../machine/machine.ts'
import type { Section, SharedConfig } from '../shared-config/shared-config.ts'
import { findText } from '../shared-config/shared-config.ts'
import { iamEndpoint } from './iam-endpoint.ts'
import { partitionOf } from './partition.ts'
import { findOwnEndpoint } from './start-url-host.ts'

export type ClientService = 'sso-oidc' | 'sso' | 'sts' | 'iam'

export interface EndpointQuestion {
  readonly service: ClientService
  readonly region: string
  readonly env: Environment
  readonly config: Pick<SharedConfig, 'services'>
  /** The profile in use: its `services`, `endpoint_url` and switches count. */
  readonly profile: Section | undefined
  /** Where the sign-in is; one that is not AWS's answers for every service. */
  readonly startUrl?: string | undefined
  /** `--endpoint-url`. */
  readonly endpointUrl?: string | undefined
}

/**
 * The address of a service, without a slash at its end: the one configured, else the start URL's own, else AWS's for the
 * region's partition. Refuses FIPS or dual-stack together with a configured address, as AWS's own rules do.
 */
export function resolveEndpoint(question: EndpointQuestion): string {
  const { service, env, profile, startUrl } = question
  const { region, fips: fipsRegion } = parseRegion(question.region)
  const fips = fipsRegion || isOn(env['AWS_USE_FIPS_ENDPOINT'] ?? findText(profile, 'use_fips_endpoint'))
  const dualStack = isOn(env['AWS_USE_DUALSTACK_ENDPOINT'] ?? findText(profile, 'use_dualstack_endpoint'))
  const custom = findConfiguredEndpoint(question) ?? (startUrl === undefined ? undefined : findOwnEndpoint(startUrl))
  if (custom === undefined) return awsEndpoint(service, region, { fips, dualStack })
  const excluded = fips ? 'FIPS' : dualStack ? 'Dualstack' : undefined
  if (excluded !== undefined) {
    throw new Refusal('invalid', `Invalid Configuration: ${excluded} and custom endpoint are not supported`, {
      hint: `${custom} is configured as the address of ${service}. Unset one of the two.`,
    })
  }
  return checkEndpoint(custom)
}

const isOn = (value: string | undefined): boolean => value?.toLowerCase() === 'true'

/** `fips-us-east-1` and `us-east-1-fips` are names of old for a region with FIPS. */
function parseRegion(name: string): { readonly region: string; readonly fips: boolean } {
  const region = name.replace(/^fips-|-fips$/g, '')
  // The region becomes a part of a host name: botocore takes one DNS label.
  if (!/^(?!\d+$)(?!-)[A-Za-z0-9-]{1,63}(?<!-)$/.test(region)) {
    throw new Refusal('invalid', `Provided region_name '${name}' doesn't match a supported format.`, {
      hint: 'A region looks like us-east-1.',
    })
  }
  return { region, fips: region !== name }
}

/** Order: the service's variable, AWS_ENDPOINT_URL, the profile's `services`, its `endpoint_url` (specification §15). */
export function findConfiguredEndpoint({
  service,
  env,
  config,
  profile,
  endpointUrl,
}: EndpointQuestion): string | undefined {
  if (endpointUrl) return endpointUrl
  if (isOn(env['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS'] ?? findText(profile, 'ignore_configured_endpoint_urls')))
    return undefined
  const key = service.replaceAll('-', '_')
  return (
    env[`AWS_ENDPOINT_URL_${key.toUpperCase()}`] ||
    env['AWS_ENDPOINT_URL'] ||
    findServicesEndpoint(config, profile, key) ||
    findText(profile, 'endpoint_url') ||
    undefined
  )
}

/** What the profile's `services` section says. A name that leads nowhere is refused: the request would go to AWS. */
function findServicesEndpoint(
  { services }: Pick<SharedConfig, 'services'>,
  profile: Section | undefined,
  key: string,
): string | undefined {
  const name = findText(profile, 'services')
  if (name === undefined) return undefined
  const section = services.get(name)
  if (!section || section.size === 0) {
    throw new Refusal(
      'invalid',
      `The profile is configured to use the services section but the "${name}" services configuration does not exist.`,
      { hint: `Write a section [services ${name}] into the config file, or take services out of the profile.` },
    )
  }
  const ofService = section.get(key)
  return typeof ofService === 'object' ? ofService.get('endpoint_url') : undefined
}

function checkEndpoint(endpoint: string): string {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined
  if (url && ['https:', 'http:'].includes(url.protocol)) return endpoint.replace(/\/+$/, '')
  throw new Refusal('invalid', `Invalid endpoint: ${endpoint}`, { hint: 'An endpoint is written https://HOST[:PORT].' })
}

const HOST_BEGINNINGS: Readonly<Record<Exclude<ClientService, 'iam'>, string>> = {
  'sso-oidc': 'oidc',
  sso: 'portal.sso',
  sts: 'sts',
}

/** AWS's own address of a service in a region, as the published endpoint rule sets have it. */
export function awsEndpoint(
  service: ClientService,
  region: string,
  { fips, dualStack }: { readonly fips: boolean; readonly dualStack: boolean },
): string {
  const partition = partitionOf(region)
  if (service === 'iam') return iamEndpoint(partition, { fips, dualStack })
  if (service === 'sts' && region === 'aws-global') return 'https://sts.amazonaws.com'
  // In GovCloud the usual hosts are the FIPS ones.
  const marked = fips && (dualStack || partition.id !== 'aws-us-gov')
  const suffix = dualStack ? partition.dualStackSuffix : partition.suffix
  return `https://${HOST_BEGINNINGS[service]}${marked ? '-fips' : ''}.${region}.${suffix}`
}
