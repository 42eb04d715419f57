/** What the AWS SDK for JavaScript sends for an input: the bytes that a wire case keeps. */

import * as iam from '@aws-sdk/client-iam'
import * as identitystore from '@aws-sdk/client-identitystore'
import * as organizations from '@aws-sdk/client-organizations'
import * as sso from '@aws-sdk/client-sso'
import * as ssoAdmin from '@aws-sdk/client-sso-admin'
import * as ssoOidc from '@aws-sdk/client-sso-oidc'
import * as sts from '@aws-sdk/client-sts'
import type { CaseService, RecordedRequest } from './case.ts'

interface SentRequest {
  readonly method: string
  readonly path: string
  readonly query?: Readonly<Record<string, string | string[]>>
  readonly headers: Readonly<Record<string, string>>
  readonly body?: unknown
}

type Sdk = Readonly<Record<string, unknown>>
type Constructor = new (input: unknown) => { send(command: unknown): Promise<unknown> }

const CLIENTS: Readonly<Record<CaseService, readonly [Sdk, string]>> = {
  'sso-admin': [ssoAdmin, 'SSOAdminClient'],
  identitystore: [identitystore, 'IdentitystoreClient'],
  organizations: [organizations, 'OrganizationsClient'],
  sts: [sts, 'STSClient'],
  sso: [sso, 'SSOClient'],
  iam: [iam, 'IAMClient'],
  'sso-oidc': [ssoOidc, 'SSOOIDCClient'],
}

/** Carries nothing; it only ends the call once the request is known. */
class Sent extends Error {}

/** What of the headers is the request's own: not the signature, not the machine's or the SDK's names and versions. */
const KEPT = new Set(['content-type', 'x-amz-target', 'x-amz-sso_bearer_token'])

/** Asks the client for the request of `operation`. */
export async function sdkRequest(
  service: CaseService,
  operation: string,
  input: Readonly<Record<string, unknown>>,
): Promise<RecordedRequest> {
  const [sdk, name] = CLIENTS[service]
  const Client = sdk[name] as Constructor
  const Command = sdk[`${operation}Command`] as (new (input: unknown) => unknown) | undefined
  if (Command === undefined) throw new Error(`the SDK has no ${service}:${operation}`)
  let sent: SentRequest | undefined
  const client = new Client({
    region: 'us-east-1',
    endpoint: 'http://localhost:7373',
    credentials: { accessKeyId: 'ASIAQNZGKIQY56JQ7WML', secretAccessKey: 'secret', sessionToken: 'token' },
    maxAttempts: 1,
    requestHandler: {
      handle: async (request: SentRequest) => {
        sent = request
        throw new Sent()
      },
    },
  })
  await client.send(new Command(withDates(input))).catch((error: unknown) => {
    if (sent === undefined) throw error
  })
  if (sent === undefined) throw new Error(`the SDK sent nothing for ${service}:${operation}`)
  const query = new URLSearchParams(sent.query as Record<string, string> | undefined).toString()
  const headers = Object.entries(sent.headers).map(([key, value]) => [key.toLowerCase(), value] as const)
  return {
    method: sent.method,
    path: query === '' ? sent.path : `${sent.path}?${query}`,
    headers: Object.fromEntries(headers.filter(([key]) => KEPT.has(key))),
    body: typeof sent.body === 'string' ? sent.body : new TextDecoder().decode(sent.body as Uint8Array | undefined),
  }
}

/** JSON knows no dates; an input writes `{ "$date": "2026-11-21T00:00:00Z" }`. */
function withDates(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withDates)
  if (typeof value !== 'object' || value === null) return value
  if ('$date' in value) return new Date(String(value.$date))
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withDates(member)]))
}
