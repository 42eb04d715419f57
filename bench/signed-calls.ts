/** Signed calls of the JSON services, and calls of the portal, as the bytes that go over the connection. */

import { signRequest } from '@mayfly/wire/signature-v4'
import type { Family } from './families.ts'
import { requestBytes } from './load.ts'

export type JsonService = 'sso-admin' | 'identitystore' | 'organizations' | 'mayfly'

const SERVICES: Readonly<Record<JsonService, { readonly signedAs: string; readonly target: string }>> = {
  'sso-admin': { signedAs: 'sso', target: 'SWBExternalService' },
  identitystore: { signedAs: 'identitystore', target: 'AWSIdentityStore' },
  organizations: { signedAs: 'organizations', target: 'AWSOrganizationsV20161128' },
  mayfly: { signedAs: 'mayfly', target: 'Mayfly' },
}

export interface JsonCall {
  readonly service: JsonService
  readonly operation: string
  readonly input: Readonly<Record<string, unknown>>
}

export function signedCall(host: string, { service, operation, input }: JsonCall, { credentials }: Family): Buffer {
  const { signedAs, target } = SERVICES[service]
  const body = JSON.stringify(input)
  const headers = { host, 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': `${target}.${operation}` }
  const { headers: signature } = signRequest({
    request: { method: 'POST', rawPath: '/', rawQuery: '', headers, body: Buffer.from(body) },
    credentials,
    region: 'us-east-1',
    service: signedAs,
    now: new Date(),
  })
  return requestBytes('POST', '/', { ...headers, ...signature }, body)
}

/** What the portal asks for with an access token. */
export function portalCall(host: string, path: string, query: Record<string, string>, { accessToken }: Family): Buffer {
  const search = new URLSearchParams(query).toString()
  return requestBytes('GET', `${path}?${search}`, { host, 'x-amz-sso_bearer_token': accessToken })
}
