/** The signature that a request presents, in its Authorization header or in its query. */

import { formatBasicIso8601, parseBasicIso8601 } from '../model/timestamp.ts'
import { parseForm } from '../protocols/form.ts'
import { ALGORITHM, type CredentialScope, type SignableRequest } from './canonical-request.ts'

export interface PresentedSignature {
  readonly form: 'header' | 'query'
  readonly accessKeyId: string
  readonly scope: CredentialScope
  readonly signedHeaders: readonly string[]
  /** 64 lower-case hex digits. */
  readonly signature: string
  readonly time: Date
  /** `20260131T100000Z`. */
  readonly timeText: string
  /** Seconds; only a presigned request has them. */
  readonly expiresIn: number | undefined
  readonly sessionToken: string | undefined
}

/** Why a request presents no signature that could be checked. */
export interface Unpresented {
  readonly failure: 'missing-authentication-token' | 'incomplete-signature'
  readonly message: string
}

const MOST_SECONDS = 604_800
const MOST_HEADERS = 100
const DAY = /^\d{8}$/
const SCOPE_PART = /^[A-Za-z0-9_-]{1,64}$/
const KEY_ID = /^[A-Za-z0-9_]{1,128}$/

function incomplete(message: string): Unpresented {
  return { failure: 'incomplete-signature', message }
}

/** The one value of a header, `undefined` when it is absent, `''` when it came more than once. */
function singleHeader(request: SignableRequest, name: string): string | undefined {
  const value = request.headers[name]
  if (value === undefined || typeof value === 'string') return value
  return value.length === 1 ? value[0] : ''
}

/** Reads and checks the form of it; whether it is right is not asked. */
export function findPresentedSignature(request: SignableRequest): PresentedSignature | Unpresented {
  const authorization = singleHeader(request, 'authorization')
  const isPresigned = /(?:^|&)X-Amz-(?:Signature|Algorithm|Credential)=/.test(request.rawQuery)
  if (isPresigned) {
    // Two signatures would leave open which of the two callers asks.
    return authorization === undefined
      ? fromQuery(request)
      : incomplete('Only one of Authorization header and query signature may be sent.')
  }
  if (authorization === undefined) {
    return { failure: 'missing-authentication-token', message: 'Missing Authentication Token' }
  }
  return fromHeader(request, authorization)
}

function fromHeader(request: SignableRequest, authorization: string): PresentedSignature | Unpresented {
  const [algorithm = '', ...rest] = authorization.trim().split(/\s+/)
  // Another scheme (a bearer token) is not ours to judge.
  if (!algorithm.startsWith('AWS4-')) {
    return { failure: 'missing-authentication-token', message: 'Missing Authentication Token' }
  }
  if (algorithm !== ALGORITHM) return incomplete(`The signing algorithm must be ${ALGORITHM}.`)
  const fields = new Map<string, string>()
  for (const part of rest.join('').split(',')) {
    const equals = part.indexOf('=')
    const name = part.slice(0, Math.max(equals, 0))
    if (fields.has(name)) return incomplete('The Authorization header holds a parameter twice.')
    fields.set(name, part.slice(equals + 1))
  }
  const missing = ['Credential', 'SignedHeaders', 'Signature'].filter((name) => !fields.get(name))
  if (missing.length > 0) {
    return incomplete(missing.map((name) => `Authorization header requires '${name}' parameter.`).join(' '))
  }
  const signedAt = timeOfHeaders(request)
  if (signedAt === undefined) {
    return incomplete("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.")
  }
  return assemble({
    form: 'header',
    credential: fields.get('Credential') ?? '',
    signedHeaders: fields.get('SignedHeaders') ?? '',
    signature: fields.get('Signature') ?? '',
    ...signedAt,
    expiresIn: undefined,
    sessionToken: singleHeader(request, 'x-amz-security-token'),
  })
}

type SigningTime = Pick<PresentedSignature, 'time' | 'timeText'>

function parseSigningTime(timeText: string): SigningTime | undefined {
  const time = parseBasicIso8601(timeText)
  return time === undefined ? undefined : { time, timeText }
}

function timeOfHeaders(request: SignableRequest): SigningTime | undefined {
  const amzDate = singleHeader(request, 'x-amz-date')
  if (amzDate !== undefined) return parseSigningTime(amzDate.trim())
  const date = singleHeader(request, 'date')
  if (date === undefined) return undefined
  const time = new Date(date)
  if (!Number.isNaN(time.getTime())) return { time, timeText: formatBasicIso8601(time) }
  return parseSigningTime(date.trim())
}

function fromQuery(request: SignableRequest): PresentedSignature | Unpresented {
  let query: Map<string, string>
  try {
    query = parseForm(request.rawQuery)
  } catch {
    return incomplete('The query string cannot be read.')
  }
  const needed = ['X-Amz-Algorithm', 'X-Amz-Credential', 'X-Amz-Signature', 'X-Amz-SignedHeaders', 'X-Amz-Date']
  const missing = needed.filter((name) => !query.get(name))
  if (missing.length > 0) {
    return incomplete(missing.map((name) => `AWS query-string parameters must include '${name}'.`).join(' '))
  }
  if (query.get('X-Amz-Algorithm') !== ALGORITHM) return incomplete(`The signing algorithm must be ${ALGORITHM}.`)
  const expires = query.get('X-Amz-Expires')
  if (expires !== undefined && !/^[1-9]\d{0,5}$/.test(expires)) {
    return incomplete('X-Amz-Expires must be a number of seconds between 1 and 604800.')
  }
  const expiresIn = expires === undefined ? undefined : Number(expires)
  if (expiresIn !== undefined && expiresIn > MOST_SECONDS) {
    return incomplete('X-Amz-Expires must be a number of seconds between 1 and 604800.')
  }
  const signedAt = parseSigningTime(query.get('X-Amz-Date') ?? '')
  if (signedAt === undefined) return incomplete('X-Amz-Date must be in ISO8601 basic format.')
  return assemble({
    form: 'query',
    credential: query.get('X-Amz-Credential') ?? '',
    signedHeaders: query.get('X-Amz-SignedHeaders') ?? '',
    signature: query.get('X-Amz-Signature') ?? '',
    ...signedAt,
    expiresIn,
    sessionToken: query.get('X-Amz-Security-Token') ?? singleHeader(request, 'x-amz-security-token'),
  })
}

interface Pieces {
  readonly form: 'header' | 'query'
  readonly credential: string
  readonly signedHeaders: string
  readonly signature: string
  readonly time: Date
  readonly timeText: string
  readonly expiresIn: number | undefined
  readonly sessionToken: string | undefined
}

function assemble(pieces: Pieces): PresentedSignature | Unpresented {
  const [accessKeyId = '', date = '', region = '', service = '', end, ...more] = pieces.credential.split('/')
  const isScoped = DAY.test(date) && SCOPE_PART.test(region) && SCOPE_PART.test(service)
  if (!KEY_ID.test(accessKeyId) || !isScoped || end !== 'aws4_request' || more.length > 0) {
    return incomplete('Credential must have exactly 5 slash-delimited elements: keyid/date/region/service/term.')
  }
  const signedHeaders = pieces.signedHeaders.split(';')
  if (!areHeaderNames(signedHeaders)) return incomplete('SignedHeaders must be lower-case names in order, each once.')
  if (!/^[0-9a-f]{64}$/.test(pieces.signature)) return incomplete('Signature must be 64 lower-case hexadecimal digits.')
  return {
    form: pieces.form,
    accessKeyId,
    scope: { date, region, service },
    signedHeaders,
    signature: pieces.signature,
    time: pieces.time,
    timeText: pieces.timeText,
    expiresIn: pieces.expiresIn,
    sessionToken: pieces.sessionToken,
  }
}

function areHeaderNames(names: readonly string[]): boolean {
  if (names.length > MOST_HEADERS) return false
  return names.every((name, index) => {
    const previous = names[index - 1]
    return /^[!#$%&'*+.^_`|~0-9a-z-]+$/.test(name) && (previous === undefined || previous < name)
  })
}
