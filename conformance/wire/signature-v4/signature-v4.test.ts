/** AWS's published Signature Version 4 vectors, signed and verified. */

import { readFileSync } from 'node:fs'
import {
  canonicalPath,
  canonicalQuery,
  createCanonicalRequest,
  createStringToSign,
  normalizePath,
  type SignableRequest,
  sha256,
} from '@mayfly/wire/signature/canonical-request'
import { presignQuery, signRequest, verifySignature } from '@mayfly/wire/signature-v4'
import { describe, expect, test } from 'vitest'

interface Vector {
  readonly name: string
  readonly context: {
    readonly credentials: {
      readonly access_key_id: string
      readonly secret_access_key: string
      readonly token?: string
    }
    readonly expiration_in_seconds: number
    readonly normalize: boolean
    readonly region: string
    readonly service: string
    readonly sign_body: boolean
    readonly timestamp: string
    readonly omit_session_token?: boolean
  }
  readonly request: string
  readonly headerCanonicalRequest: string
  readonly headerStringToSign: string
  readonly headerSignature: string
  readonly headerSignedRequest: string
  readonly queryCanonicalRequest: string
  readonly queryStringToSign: string
  readonly querySignature: string
  readonly querySignedRequest: string
}

const vectors: readonly Vector[] = JSON.parse(readFileSync(new URL('vectors.json', import.meta.url), 'utf8'))

/** An HTTP request as the suite writes it: request line, headers (some folded), an empty line, the body. */
function parseRequest(text: string): SignableRequest {
  const [head = '', ...rest] = text.split('\n\n')
  const [requestLine = '', ...lines] = head.replace(/\n$/, '').split('\n')
  const [, method = '', target = ''] = /^(\S+) (.*) HTTP\/1\.1$/.exec(requestLine) ?? []
  const question = target.indexOf('?')
  const headers: Record<string, string[]> = {}
  let last: string[] = []
  for (const line of lines) {
    if (/^\s/.test(line)) {
      last.push(`${last.pop() ?? ''}\n${line}`)
      continue
    }
    const name = line.slice(0, line.indexOf(':')).toLowerCase()
    last = headers[name] ?? []
    headers[name] = last
    last.push(line.slice(line.indexOf(':') + 1))
  }
  return {
    method,
    rawPath: question < 0 ? target : target.slice(0, question),
    rawQuery: question < 0 ? '' : target.slice(question + 1),
    headers,
    body: rest.join('\n\n').replace(/\n+$/, ''),
  }
}

function signing({ context }: Vector) {
  const { access_key_id: accessKeyId, secret_access_key: secretAccessKey, token } = context.credentials
  const sessionToken = context.omit_session_token ? undefined : token
  return {
    credentials: { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) },
    region: context.region,
    service: context.service,
    now: new Date(context.timestamp),
    normalize: context.normalize,
  }
}

/** Where the suite signs the body, its hash travels in a header (in the header form alone). */
function withBodyHash(vector: Vector, request: SignableRequest): SignableRequest {
  if (!vector.context.sign_body) return request
  return { ...request, headers: { ...request.headers, 'x-amz-content-sha256': sha256(request.body) } }
}

function lookupOf({ context }: Vector) {
  return (accessKeyId: string, sessionToken: string | undefined) => {
    const { access_key_id: known, secret_access_key: secretAccessKey, token } = context.credentials
    if (accessKeyId !== known) return 'unknown-access-key' as const
    return sessionToken === token ? { secretAccessKey } : ('unknown-token' as const)
  }
}

test('the suite is complete', () => {
  expect(vectors).toHaveLength(38)
})

describe.each(vectors.map((vector) => [vector.name, vector] as const))('%s', (_name, vector) => {
  test('the header form is signed as published', () => {
    const request = withBodyHash(vector, parseRequest(vector.request))
    const { headers } = signRequest({ request, ...signing(vector) })
    const authorization = /SignedHeaders=(\S+), Signature=(\S+)$/.exec(headers['authorization'] ?? '')
    const parts = {
      request: { ...request, headers: { ...request.headers, ...headers } },
      path: canonicalPath(vector.context.normalize ? normalizePath(request.rawPath) : request.rawPath),
      query: canonicalQuery(request.rawQuery),
      signedHeaders: authorization?.[1]?.split(';') ?? [],
      payloadHash: sha256(request.body),
    }
    const scope = { date: '20150830', region: vector.context.region, service: vector.context.service }
    const canonicalRequest = createCanonicalRequest(parts)
    expect(canonicalRequest).toBe(vector.headerCanonicalRequest)
    expect(createStringToSign(canonicalRequest, '20150830T123600Z', scope)).toBe(vector.headerStringToSign)
    expect(authorization?.[2]).toBe(vector.headerSignature)
  })

  test('the query form is signed as published', () => {
    const request = parseRequest(vector.request)
    const query = presignQuery({ request, expiresIn: vector.context.expiration_in_seconds, ...signing(vector) })
    expect(new URLSearchParams(query).get('X-Amz-Signature')).toBe(vector.querySignature)
    const canonical = canonicalQuery(query, 'X-Amz-Signature')
    expect(vector.queryCanonicalRequest.split('\n')[2]).toBe(canonical)
  })

  test('the published signed requests verify, and with one digit changed they do not', async () => {
    const now = new Date(vector.context.timestamp)
    const published = [vector.headerSignedRequest]
    // A token in the query must be signed (README).
    if (!vector.context.omit_session_token) published.push(vector.querySignedRequest)
    for (const text of published) {
      const answer = await verifySignature(parseRequest(text), lookupOf(vector), now)
      expect(answer).toMatchObject({ verified: true, accessKeyId: 'AKIDEXAMPLE', service: 'service' })
      const forged = text.replace(
        /(Signature=[0-9a-f]{63})([0-9a-f])/,
        (_all, start: string, digit: string) => `${start}${digit === '0' ? '1' : '0'}`,
      )
      expect(forged).not.toBe(text)
      expect(await verifySignature(parseRequest(forged), lookupOf(vector), now)).toMatchObject({
        verified: false,
        failure: 'signature-mismatch',
      })
    }
  })
})
