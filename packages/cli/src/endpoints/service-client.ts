/** A client of one service, at its endpoint, over this machine's connection. */

import { type Client, createClient } from '@mayfly/wire/call'
import { loadModel } from '@mayfly/wire/model/models'
import { ServiceException } from '@mayfly/wire/model/service-exception'
import type { Machine } from '../machine/machine.ts'
import type { Settings } from '../shared-config/settings.ts'
import { type ClientService, findConfiguredEndpoint, resolveEndpoint } from './endpoint.ts'
import { iamSigningRegion } from './iam-endpoint.ts'
import { partitionOf } from './partition.ts'
import { findServiceStartUrl } from './start-url.ts'

export interface ServiceClient extends Client {
  /** Where it asks, without a slash at its end. */
  readonly endpoint: string
}

export interface ServiceClientOptions {
  readonly region: string
  /** Where the sign-in is: an Identity Center that is not AWS's answers for every service. */
  readonly startUrl?: string
  readonly credentials?: Credentials
  /** True when `--endpoint-url` means this service. `sso login` never takes it (specification §15). */
  readonly takesEndpointOption?: boolean
}

/** Role credentials, or long-term ones without a token. */
export interface Credentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
}

/** A client as the settings have it. Its exceptions carry the operation's name for the message. */
export async function createServiceClient(
  machine: Machine,
  settings: Settings,
  service: ClientService,
  { region, startUrl, credentials, takesEndpointOption = false }: ServiceClientOptions,
): Promise<ServiceClient> {
  const question = {
    service,
    region,
    env: machine.env,
    config: settings.config,
    profile: settings.config.profiles.get(settings.profileName),
    endpointUrl: takesEndpointOption ? settings.endpointUrl : undefined,
  }
  const asksStartUrl = startUrl !== undefined && findConfiguredEndpoint(question) === undefined
  const place = asksStartUrl ? await findServiceStartUrl(machine, startUrl, settings.http) : startUrl
  const endpoint = resolveEndpoint({ ...question, startUrl: place })
  const plainRegion = region.replace(/^fips-|-fips$/g, '')
  const client = createClient(await loadModel(service), {
    endpoint,
    region: service === 'iam' ? iamSigningRegion(partitionOf(plainRegion)) : plainRegion,
    userAgent: 'mayfly',
    now: () => machine.clock.now(),
    send: (request) => machine.http.send(request, settings.http),
    ...(credentials && { credentials }),
  })
  return {
    endpoint,
    async call(operation, input) {
      try {
        return await client.call(operation, input)
      } catch (error) {
        throw error instanceof ServiceException ? Object.assign(error, { operation }) : error
      }
    },
  }
}
