/** From role credentials to a link that signs a browser in to the console. */

import { Refusal } from '@mayfly/identity-center/refusal'
import { partitionOf } from '../endpoints/partition.ts'
import { findOwnEndpoint } from '../endpoints/start-url-host.ts'
import type { HttpSettings } from '../machine/http.ts'
import type { Machine } from '../machine/machine.ts'
import type { ExportedCredentials } from '../role-credentials/formats.ts'

export interface FederationQuestion {
  readonly credentials: ExportedCredentials
  /** Where the sign-in is, and the address to which AWS leads when the session has ended. */
  readonly startUrl?: string | undefined
  readonly region?: string | undefined
  readonly destination: string
  /** Seconds that the console session lasts; as long as AWS gives when not said. */
  readonly duration?: number | undefined
  readonly http: HttpSettings
}

/** A link that is good for a quarter of an hour, for whoever has it. */
export async function createFederationLink(machine: Machine, question: FederationQuestion): Promise<string> {
  const { credentials, startUrl, region, destination, duration, http } = question
  const { accessKeyId: sessionId, secretAccessKey: sessionKey, sessionToken } = credentials
  if (sessionToken === undefined) {
    throw new Refusal('invalid', 'Long-term keys cannot sign in to the console.', {
      hint: 'Use a profile that signs in: mayfly configure sso',
    })
  }
  const endpoint = federationEndpoint(startUrl, region)
  const form = new URLSearchParams({
    Action: 'getSigninToken',
    ...(duration !== undefined && { SessionDuration: String(duration) }),
    Session: JSON.stringify({ sessionId, sessionKey, sessionToken }),
  })
  // In the body: an address ends up in logs.
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  const answer = await machine.http.send({ method: 'POST', url: endpoint, headers, body: form.toString() }, http)
  const query = new URLSearchParams({
    Action: 'login',
    Issuer: startUrl ?? '',
    Destination: destination,
    SigninToken: findToken(answer.status, answer.body),
  })
  return `${endpoint}?${query}`
}

function findToken(status: number, body: string): string {
  const token = status === 200 ? /"SigninToken"\s*:\s*"([\w\-.~+/=]+)"/.exec(body)?.[1] : undefined
  if (token !== undefined) return token
  throw new Refusal('forbidden', `The console does not take these credentials (HTTP ${status}).`, {
    hint: 'Have they ended, or is --duration longer than the role allows? Without --federate the portal signs you in.',
  })
}

/** AWS's address by partition; an Identity Center of one's own has it where everything else of it is. */
export function federationEndpoint(startUrl: string | undefined, region = 'us-east-1'): string {
  const own = startUrl === undefined ? undefined : findOwnEndpoint(startUrl)
  if (own !== undefined) return `${own}/federation`
  switch (partitionOf(region).id) {
    case 'aws':
      return 'https://signin.aws.amazon.com/federation'
    case 'aws-cn':
      return 'https://signin.amazonaws.cn/federation'
    case 'aws-us-gov':
      return 'https://signin.amazonaws-us-gov.com/federation'
    case 'aws-eusc':
      return `https://signin.${region}.amazonaws.eu/federation`
    default:
      throw new Refusal('invalid', `Where the console of ${region} signs in is not known here.`)
  }
}
