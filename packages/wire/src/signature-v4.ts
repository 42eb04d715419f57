/** Signature Version 4: signs a request or a URL, and verifies either. */

import { timingSafeEqual } from 'node:crypto'
import { formatBasicIso8601 } from './model/timestamp.ts'
import { encodeComponent } from './protocols/form.ts'
import {
  ALGORITHM,
  type CredentialScope,
  canonicalPath,
  canonicalQuery,
  createCanonicalRequest,
  createStringToSign,
  formatScope,
  normalizePath,
  type SignableRequest,
  sha256,
} from './signature/canonical-request.ts'
import { findPresentedSignature, type PresentedSignature } from './signature/presented-signature.ts'
import {
  failed,
  type LookupFailure,
  type RefusedSignature,
  refusalOfHeaders,
  refusalOfTime,
} from './signature/refused-signature.ts'
import { deriveSigningKey, SigningKeys, signText } from './signature/signing-key.ts'

export type { LookupFailure, SignatureFailure } from './signature/refused-signature.ts'

export interface SigningCredentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string | undefined
}

interface Signing {
  readonly credentials: SigningCredentials
  readonly region: string
  readonly service: string
  readonly now: Date
  /** False: the path is signed as it is, with its `.`, `..` and empty segments. Default true, as most SDKs do. */
  readonly normalize?: boolean
}

// Proxies and HTTP libraries add, drop or rewrite these on the way (the set that AWS's own SDKs leave unsigned).
const UNSIGNABLE = new Set([
  'authorization',
  'cache-control',
  'connection',
  'expect',
  'from',
  'keep-alive',
  'max-forwards',
  'pragma',
  'referer',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'user-agent',
  'x-amzn-trace-id',
])

function signableHeaders(headers: SignableRequest['headers']): string[] {
  return Object.keys(headers)
    .filter((name) => headers[name] !== undefined && !UNSIGNABLE.has(name))
    .sort()
}

interface Unsigned {
  readonly request: SignableRequest
  readonly signedHeaders: readonly string[]
  readonly timeText: string
  readonly scope: CredentialScope
  readonly credentials: SigningCredentials
  readonly normalize: boolean
}

function signatureOf({ request, signedHeaders, timeText, scope, credentials, normalize }: Unsigned): string {
  const canonicalRequest = createCanonicalRequest({
    request,
    path: canonicalPath(normalize ? normalizePath(request.rawPath) : request.rawPath),
    query: canonicalQuery(request.rawQuery),
    signedHeaders,
    payloadHash: sha256(request.body),
  })
  const key = deriveSigningKey(credentials.secretAccessKey, scope)
  return signText(key, createStringToSign(canonicalRequest, timeText, scope)).toString('hex')
}

/** The headers to add to a request: `x-amz-date`, the session token, `authorization`. `request.headers` must hold `host`. */
export function signRequest({
  request,
  credentials,
  region,
  service,
  now,
  normalize = true,
}: Signing & { readonly request: SignableRequest }): { readonly headers: Record<string, string> } {
  const timeText = formatBasicIso8601(now)
  const scope: CredentialScope = { date: timeText.slice(0, 8), region, service }
  const added: Record<string, string> = { 'x-amz-date': timeText }
  if (credentials.sessionToken !== undefined) added['x-amz-security-token'] = credentials.sessionToken
  const headers = { ...request.headers, ...added }
  const signedHeaders = signableHeaders(headers)
  const signature = signatureOf({
    request: { ...request, headers },
    signedHeaders,
    timeText,
    scope,
    credentials,
    normalize,
  })
  const credential = `${credentials.accessKeyId}/${formatScope(scope)}`
  const authorization = `${ALGORITHM} Credential=${credential}, SignedHeaders=${signedHeaders.join(';')}, Signature=${signature}`
  return { headers: { ...added, authorization } }
}

/** The request's query with a signature in it, valid for `expiresIn` seconds. `headers` must hold `host`. */
export function presignQuery({
  request,
  expiresIn,
  credentials,
  region,
  service,
  now,
  normalize = true,
}: Signing & { readonly request: SignableRequest; readonly expiresIn: number }): string {
  const timeText = formatBasicIso8601(now)
  const scope: CredentialScope = { date: timeText.slice(0, 8), region, service }
  const signedHeaders = signableHeaders(request.headers)
  const parameters: [string, string][] = [
    ['X-Amz-Algorithm', ALGORITHM],
    ['X-Amz-Credential', `${credentials.accessKeyId}/${formatScope(scope)}`],
    ['X-Amz-Date', timeText],
    ['X-Amz-Expires', String(expiresIn)],
    ['X-Amz-SignedHeaders', signedHeaders.join(';')],
  ]
  if (credentials.sessionToken !== undefined) parameters.push(['X-Amz-Security-Token', credentials.sessionToken])
  const added = parameters.map(([name, value]) => `${name}=${encodeComponent(value)}`).join('&')
  const rawQuery = request.rawQuery === '' ? added : `${request.rawQuery}&${added}`
  const signature = signatureOf({
    request: { ...request, rawQuery },
    signedHeaders,
    timeText,
    scope,
    credentials,
    normalize,
  })
  return `${rawQuery}&X-Amz-Signature=${signature}`
}

/** A GET of `url`, presigned. */
export function presignUrl({
  url,
  headers = {},
  ...signing
}: Signing & {
  readonly url: string
  readonly expiresIn: number
  /** Further headers that whoever uses the URL must send, lower-case (`x-k8s-aws-id`). */
  readonly headers?: Readonly<Record<string, string>>
}): string {
  const { origin, host, pathname, search } = new URL(url)
  const request = {
    method: 'GET',
    rawPath: pathname,
    rawQuery: search.slice(1),
    headers: { ...headers, host },
    body: '',
  }
  return `${origin}${pathname}?${presignQuery({ request, ...signing })}`
}

/** What the server knows of an access key id. */
export interface SigningSecret {
  readonly secretAccessKey: string
}

export type Verification<Secret extends SigningSecret> =
  | {
      readonly verified: true
      readonly accessKeyId: string
      readonly region: string
      readonly service: string
      readonly signedHeaders: readonly string[]
      readonly form: 'header' | 'query'
      /** What `lookup` found, so that nobody looks twice. */
      readonly secret: Secret
    }
  | RefusedSignature

export type Lookup<Secret extends SigningSecret> = (
  accessKeyId: string,
  sessionToken: string | undefined,
) => Secret | LookupFailure | Promise<Secret | LookupFailure>

const LOOKUP_MESSAGES: Readonly<Record<LookupFailure, string>> = {
  'unknown-access-key': 'The security token included in the request is invalid.',
  'unknown-token': 'The security token included in the request is invalid.',
  'expired-token': 'The security token included in the request is expired',
}

const MISMATCH =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.'

/**
 * Checks the signature of a request as received: in its header or in its query, over every signed header, five minutes
 * around `now` (a presigned one as long as it says). `keys` remembers derived keys from one request to the next.
 */
export async function verifySignature<Secret extends SigningSecret>(
  request: SignableRequest,
  lookup: Lookup<Secret>,
  now: Date,
  keys: SigningKeys = new SigningKeys(),
): Promise<Verification<Secret>> {
  const presented = findPresentedSignature(request)
  if ('failure' in presented) return failed(presented.failure, presented.message)
  const refusal = refusalOfHeaders(request, presented) ?? refusalOfTime(presented, now)
  if (refusal !== undefined) return refusal
  const secret = await lookup(presented.accessKeyId, presented.sessionToken)
  if (typeof secret === 'string') return failed(secret, LOOKUP_MESSAGES[secret])
  const key = keys.get(presented.accessKeyId, secret.secretAccessKey, presented.scope)
  const wanted = Buffer.from(presented.signature, 'hex')
  const matches = stringsToSign(request, presented).some((text) => timingSafeEqual(signText(key, text), wanted))
  if (!matches) return failed('signature-mismatch', MISMATCH)
  const { accessKeyId, signedHeaders, form } = presented
  const { region, service } = presented.scope
  return { verified: true, accessKeyId, region, service, signedHeaders, form, secret }
}

/** Some SDKs (Go, Java for some services) sign the path as sent, the others its normalized form: both are looked at. */
function stringsToSign(request: SignableRequest, presented: PresentedSignature): string[] {
  const query = canonicalQuery(request.rawQuery, presented.form === 'query' ? 'X-Amz-Signature' : undefined)
  const payloadHash = sha256(request.body)
  const paths = new Set([canonicalPath(normalizePath(request.rawPath)), canonicalPath(request.rawPath)])
  return [...paths].map((path) => {
    const parts = { request, path, query, signedHeaders: presented.signedHeaders, payloadHash }
    return createStringToSign(createCanonicalRequest(parts), presented.timeText, presented.scope)
  })
}
