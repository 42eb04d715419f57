/** The canonical request of Signature Version 4, and the text that is signed in its place. */

import { hash } from 'node:crypto'
import { encodeComponent } from '../protocols/form.ts'

export interface SignableRequest {
  readonly method: string
  /** As sent or received: undecoded, without the query, with any path prefix. */
  readonly rawPath: string
  /** As sent or received, without `?`. */
  readonly rawQuery: string
  /** Lower-case names, `host` among them. A header that came more than once is a list, one item a line. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  readonly body: string | Uint8Array
}

export interface CredentialScope {
  /** `20260131`. */
  readonly date: string
  readonly region: string
  readonly service: string
}

export const ALGORITHM = 'AWS4-HMAC-SHA256'

/** `20260131/us-east-1/sts/aws4_request`. */
export function formatScope({ date, region, service }: CredentialScope): string {
  return `${date}/${region}/${service}/aws4_request`
}

/** In lower-case hexadecimal. */
export function sha256(data: string | Uint8Array): string {
  return hash('sha256', data, 'hex')
}

/** Encoded once more than on the wire, `/` kept: the rule of every service but S3. */
export function canonicalPath(rawPath: string): string {
  const path = rawPath === '' ? '/' : rawPath
  return /^[A-Za-z0-9/._~-]*$/.test(path) ? path : path.split('/').map(encodeComponent).join('/')
}

/** The path without `.`, `..` and empty segments, a last slash kept: as the SDKs have it, which is not quite RFC 3986 §5.2.4. */
export function normalizePath(rawPath: string): string {
  if (rawPath === '' || rawPath === '/') return '/'
  if (!/\/\/|\/\.|^[^/]/.test(rawPath)) return rawPath
  const kept: string[] = []
  for (const segment of rawPath.split('/')) {
    if (segment === '..') kept.pop()
    else if (segment !== '' && segment !== '.') kept.push(segment)
  }
  return `/${kept.join('/')}${rawPath.endsWith('/') && kept.length > 0 ? '/' : ''}`
}

/** The query with every name and value encoded alike, sorted by name, then value. `omit` names what is not signed. */
export function canonicalQuery(rawQuery: string, omit?: string): string {
  if (rawQuery === '') return ''
  const pairs: [string, string][] = []
  for (const pair of rawQuery.split('&')) {
    if (pair === '') continue
    const equals = pair.indexOf('=')
    const name = reencode(equals < 0 ? pair : pair.slice(0, equals))
    if (name !== omit) pairs.push([name, equals < 0 ? '' : reencode(pair.slice(equals + 1))])
  }
  pairs.sort(([nameA, valueA], [nameB, valueB]) => compare(nameA, nameB) || compare(valueA, valueB))
  return pairs.map(([name, value]) => `${name}=${value}`).join('&')
}

// By code unit, never by locale.
function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}

function reencode(text: string): string {
  if (!/[^A-Za-z0-9._~-]/.test(text)) return text
  try {
    return encodeComponent(decodeURIComponent(text))
  } catch {
    return encodeComponent(text.toWellFormed())
  }
}

/** A header that was sent. A caller names headers, and `constructor` is a name that every object answers to. */
export function findSentHeader(request: SignableRequest, name: string): string | readonly string[] | undefined {
  return Object.hasOwn(request.headers, name) ? request.headers[name] : undefined
}

/** A header's value, trimmed, runs of space as one; several lines joined by a comma. */
export function canonicalHeaderValue(value: string | readonly string[]): string {
  if (typeof value !== 'string') return value.map(canonicalHeaderValue).join(',')
  return /^\s|\s$|\s\s|[^\S ]/.test(value) ? value.trim().replace(/\s+/g, ' ') : value
}

export interface CanonicalParts {
  readonly request: SignableRequest
  readonly path: string
  /** Already canonical. */
  readonly query: string
  readonly signedHeaders: readonly string[]
  readonly payloadHash: string
}

/** Its six lines. A signed header that was not sent counts as empty; whoever verifies refuses it before. */
export function createCanonicalRequest({ request, path, query, signedHeaders, payloadHash }: CanonicalParts): string {
  let headers = ''
  for (const name of signedHeaders) headers += `${name}:${canonicalHeaderValue(findSentHeader(request, name) ?? '')}\n`
  return `${request.method}\n${path}\n${query}\n${headers}\n${signedHeaders.join(';')}\n${payloadHash}`
}

/** `time` as `20260131T100000Z`. */
export function createStringToSign(canonicalRequest: string, time: string, scope: CredentialScope): string {
  return `${ALGORITHM}\n${time}\n${formatScope(scope)}\n${sha256(canonicalRequest)}`
}
