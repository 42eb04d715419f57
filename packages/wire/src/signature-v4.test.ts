import { createHash, createHmac } from 'node:crypto'
import { SignatureV4 } from '@smithy/signature-v4'
import aws4 from 'aws4'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type SignableRequest, sha256 } from './signature/canonical-request.ts'
import { SigningKeys } from './signature/signing-key.ts'
import { presignUrl, signRequest, verifySignature } from './signature-v4.ts'

const NOW = new Date('2030-01-02T03:04:05Z')
const credentials = { accessKeyId: 'ASIAEXAMPLE', secretAccessKey: 'wJalr/secret+key', sessionToken: 'token/+=&é' }
const signing = { credentials, region: 'eu-west-1', service: 'sts', now: NOW }

const lookup = (accessKeyId: string, sessionToken: string | undefined) =>
  accessKeyId !== credentials.accessKeyId
    ? ('unknown-access-key' as const)
    : sessionToken === credentials.sessionToken
      ? { secretAccessKey: credentials.secretAccessKey, user: 'alice' }
      : ('unknown-token' as const)

function post(changes: Partial<SignableRequest> = {}): SignableRequest {
  return {
    method: 'POST',
    rawPath: '/',
    rawQuery: '',
    headers: { host: 'localhost:7373', 'content-type': 'application/x-www-form-urlencoded', 'x-amz-target': 'A.B' },
    body: 'Action=GetCallerIdentity&Version=2011-06-15',
    ...changes,
  }
}

function signed(request: SignableRequest = post(), now = NOW): SignableRequest {
  const { headers } = signRequest({ request, ...signing, now })
  return { ...request, headers: { ...request.headers, ...headers } }
}

function later(milliseconds: number): Date {
  return new Date(NOW.getTime() + milliseconds)
}

async function failureOf(request: SignableRequest, now = NOW): Promise<string> {
  const answer = await verifySignature(request, lookup, now)
  return answer.verified ? 'verified' : answer.failure
}

function presigned(url: string, expiresIn = 60, headers = {}): SignableRequest {
  const { host, pathname, search } = new URL(presignUrl({ url, expiresIn, headers, ...signing }))
  return { method: 'GET', rawPath: pathname, rawQuery: search.slice(1), headers: { host, ...headers }, body: '' }
}

describe('a signed request', () => {
  test('verifies, and tells who signed, for where, over which headers', async () => {
    expect(await verifySignature(signed(), lookup, NOW)).toEqual({
      verified: true,
      accessKeyId: 'ASIAEXAMPLE',
      region: 'eu-west-1',
      service: 'sts',
      signedHeaders: ['content-type', 'host', 'x-amz-date', 'x-amz-security-token', 'x-amz-target'],
      form: 'header',
      secret: { secretAccessKey: 'wJalr/secret+key', user: 'alice' },
    })
  })

  test('does not verify when anything signed was changed', async () => {
    const request = signed()
    const changes: Partial<SignableRequest>[] = [
      { method: 'PUT' },
      { rawPath: '/other' },
      { rawQuery: 'a=b' },
      { body: 'Action=GetCallerIdentity&Version=2011-06-16' },
      { headers: { ...request.headers, host: 'elsewhere' } },
      { headers: { ...request.headers, 'x-amz-target': 'A.C' } },
      { headers: { ...request.headers, 'content-type': 'text/plain' } },
    ]
    for (const change of changes) expect(await failureOf({ ...request, ...change })).toBe('signature-mismatch')
  })

  test('does not verify with another secret, another day, region or service', async () => {
    const request = signed()
    const wrong = () => ({ secretAccessKey: 'another' })
    expect(await verifySignature(request, wrong, NOW)).toMatchObject({ failure: 'signature-mismatch' })
    const authorization = String(request.headers['authorization'])
    for (const [from, to] of [
      ['20300102/', '20300103/'],
      ['eu-west-1', 'eu-west-2'],
      ['/sts/', '/sso/'],
    ] as const) {
      const headers = { ...request.headers, authorization: authorization.replace(from, to) }
      expect(await failureOf({ ...request, headers })).toBe('signature-mismatch')
    }
  })

  test('is good for five minutes on either side, to the second', async () => {
    expect(await failureOf(signed(), later(300_000))).toBe('verified')
    expect(await failureOf(signed(), later(301_000))).toBe('signature-expired')
    expect(await failureOf(signed(), later(-300_000))).toBe('verified')
    expect(await failureOf(signed(), later(-301_000))).toBe('signature-not-yet-current')
  })

  test('says in AWS’s words when it has expired', async () => {
    expect(await verifySignature(signed(), lookup, later(600_000))).toMatchObject({
      message: 'Signature expired: 20300102T030405Z is now earlier than 20300102T030905Z (20300102T031405Z - 5 min.)',
    })
  })

  test('may carry the time in a signed Date header instead', async () => {
    const date = NOW.toUTCString()
    const request = post({ headers: { host: 'localhost', date } })
    const canonical = `POST\n/\n\ndate:${date}\nhost:localhost\n\ndate;host\n${sha256(request.body)}`
    const text = `AWS4-HMAC-SHA256\n20300102T030405Z\n20300102/eu-west-1/sts/aws4_request\n${sha256(canonical)}`
    const key = ['20300102', 'eu-west-1', 'sts', 'aws4_request', text].reduce<Buffer | string>(
      (previous, part) => createHmac('sha256', previous).update(part).digest(),
      `AWS4${credentials.secretAccessKey}`,
    )
    const headers = {
      ...request.headers,
      'x-amz-security-token': credentials.sessionToken,
      authorization: `AWS4-HMAC-SHA256 Credential=ASIAEXAMPLE/20300102/eu-west-1/sts/aws4_request, SignedHeaders=date;host, Signature=${Buffer.from(key).toString('hex')}`,
    }
    expect(await failureOf({ ...request, headers })).toBe('verified')
  })

  test('must cover the host and every x-amz- header that matters', async () => {
    const { host: _, ...withoutHost } = post().headers
    const request = post()
    const sneaked = signed(request)
    expect(await failureOf({ ...sneaked, headers: { ...sneaked.headers, 'x-amz-target-extra': 'x' } })).toBe(
      'signature-mismatch',
    )
    const unhosted = signed(post({ headers: withoutHost }))
    expect(await failureOf({ ...unhosted, headers: { ...unhosted.headers, host: 'localhost' } })).toBe(
      'incomplete-signature',
    )
  })

  test('may pass through what adds headers of its own', async () => {
    const request = signed()
    const headers = { ...request.headers, 'x-amz-cf-id': 'cdn', 'x-amzn-trace-id': 'Root=1', 'user-agent': 'curl' }
    expect(await failureOf({ ...request, headers })).toBe('verified')
  })

  test('must not claim another hash of its body', async () => {
    const request = signed(post({ headers: { host: 'localhost', 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' } }))
    expect(await failureOf(request)).toBe('signature-mismatch')
    const honest = signed(post({ headers: { host: 'localhost', 'x-amz-content-sha256': sha256(post().body) } }))
    expect(await failureOf(honest)).toBe('verified')
  })

  test('passes on why its secret is not known', async () => {
    const request = signed()
    for (const failure of ['unknown-access-key', 'unknown-token', 'expired-token'] as const) {
      expect(await verifySignature(request, () => failure, NOW)).toMatchObject({ verified: false, failure })
    }
  })
})

describe('what is no signature', () => {
  const authorization = String(signed().headers['authorization'])
  const cases: [string, string | undefined, string][] = [
    ['none', undefined, 'missing-authentication-token'],
    ['a bearer token', 'Bearer abc', 'missing-authentication-token'],
    ['an algorithm for many regions', authorization.replace('HMAC', 'ECDSA-P256'), 'incomplete-signature'],
    ['no credential', authorization.replace('Credential=', 'Credentials='), 'incomplete-signature'],
    ['no signature', authorization.replace(/, Signature=.*/, ''), 'incomplete-signature'],
    ['a short signature', authorization.slice(0, -1), 'incomplete-signature'],
    [
      'an upper-case signature',
      authorization.replace(/[0-9a-f]{64}$/, (hex) => hex.toUpperCase()),
      'incomplete-signature',
    ],
    ['a scope with a part too many', authorization.replace('/aws4_request', '/x/aws4_request'), 'incomplete-signature'],
    ['a scope that ends otherwise', authorization.replace('/aws4_request', '/aws5_request'), 'incomplete-signature'],
    ['headers out of order', authorization.replace('content-type;host', 'host;content-type'), 'incomplete-signature'],
    ['a header named twice', authorization.replace('host;', 'host;host;'), 'incomplete-signature'],
    ['a header that was not sent', authorization.replace('host;', 'host;if-match;'), 'signature-mismatch'],
    ['a header that every object has', authorization.replace('content-type;', 'constructor;'), 'signature-mismatch'],
    ['a header that is every object', authorization.replace('content-type;', '__proto__;'), 'signature-mismatch'],
    ['a parameter twice', `${authorization}, Signature=${'0'.repeat(64)}`, 'incomplete-signature'],
  ]
  test.each(cases)('%s', async (_name, value, failure) => {
    const request = signed()
    expect(await failureOf({ ...request, headers: { ...request.headers, authorization: value } })).toBe(failure)
  })

  test('a time that is none', async () => {
    const request = signed()
    for (const date of ['', '20300102', '20300230T000000Z', '20300102T250000Z', 'yesterday']) {
      expect(await failureOf({ ...request, headers: { ...request.headers, 'x-amz-date': date } })).toBe(
        'incomplete-signature',
      )
    }
  })

  test('any text at all: refused, never thrown', async () => {
    const texts = fc.string({ unit: 'binary', maxLength: 200 })
    await fc.assert(
      fc.asyncProperty(texts, texts, texts, async (value, date, rawQuery) => {
        const headers = { host: 'h', authorization: `AWS4-HMAC-SHA256 ${value}`, 'x-amz-date': date }
        expect(await failureOf(post({ headers, rawQuery, rawPath: `/${value}` }))).not.toBe('verified')
        expect(await failureOf(post({ headers: {}, rawQuery: `X-Amz-Signature=${rawQuery}` }))).not.toBe('verified')
      }),
    )
  })
})

describe('a presigned URL', () => {
  const url = 'http://localhost:7373/?Action=GetCallerIdentity&Version=2011-06-15'

  test('verifies for as long as it says', async () => {
    const request = presigned(url)
    expect(await verifySignature(request, lookup, later(60_000))).toMatchObject({ verified: true, form: 'query' })
    expect(await failureOf(request, later(61_000))).toBe('signature-expired')
    expect(await failureOf(request, later(-301_000))).toBe('signature-not-yet-current')
  })

  test('binds the headers that it names, as EKS tokens do', async () => {
    const request = presigned(url, 60, { 'x-k8s-aws-id': 'cluster' })
    expect(await failureOf(request)).toBe('verified')
    expect(await failureOf({ ...request, headers: { ...request.headers, 'x-k8s-aws-id': 'other' } })).toBe(
      'signature-mismatch',
    )
    expect(await failureOf({ ...request, headers: { host: request.headers['host'] } })).toBe('signature-mismatch')
  })

  test('cannot be given more time, another action, another token or a body', async () => {
    const request = presigned(url)
    for (const [from, to] of [
      ['Expires=60', 'Expires=61'],
      ['GetCallerIdentity', 'GetAccessKeyInfo'],
      ['Version=', 'Extra=1&Version='],
    ] as const) {
      expect(await failureOf({ ...request, rawQuery: request.rawQuery.replace(from, to) })).toBe('signature-mismatch')
    }
    const other = request.rawQuery.replace(/Security-Token=[^&]*/, 'Security-Token=other')
    expect(await failureOf({ ...request, rawQuery: other })).toBe('unknown-token')
    expect(await failureOf({ ...request, body: 'Action=Other' })).toBe('signature-mismatch')
  })

  test('lives a week at most, and at least a second', async () => {
    for (const seconds of [0, -1, 604_801, 1.5, 1e9]) {
      expect(await failureOf(presigned(url, seconds))).toBe('incomplete-signature')
    }
    expect(await failureOf(presigned(url, 604_800), later(604_800_000))).toBe('verified')
  })

  test('without a lifetime is good for five minutes', async () => {
    const { path = '' } = aws4.sign(
      { host: 'localhost', path: '/?Action=GetCallerIdentity', service: 'sts', region: 'eu-west-1', signQuery: true },
      credentials,
    )
    const request = { method: 'GET', rawPath: '/', rawQuery: path.slice(2), headers: { host: 'localhost' }, body: '' }
    const [, year, month, day, hour, minute, second] =
      /X-Amz-Date=(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/.exec(path) ?? []
    const signedAt = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
    expect(path).not.toContain('X-Amz-Expires')
    expect(await failureOf(request, new Date(signedAt + 300_000))).toBe('verified')
    expect(await failureOf(request, new Date(signedAt + 301_000))).toBe('signature-expired')
  })

  test('is refused beside an Authorization header, and with a parameter given twice', async () => {
    const request = presigned(url)
    const both = { ...request, headers: { ...request.headers, authorization: 'AWS4-HMAC-SHA256 x' } }
    expect(await failureOf(both)).toBe('incomplete-signature')
    expect(await failureOf({ ...request, rawQuery: `${request.rawQuery}&X-Amz-Expires=9` })).toBe(
      'incomplete-signature',
    )
  })
})

describe('other signers', () => {
  const character = fc.constantFrom(...'abzAZ09-._~ !*\'()/:@&=+$,;?%é漢"<>|')
  const text = fc.string({ unit: character, maxLength: 12 })
  const query = fc.dictionary(
    text.filter((name) => name !== '' && !/^x-amz/i.test(name)),
    text,
    { maxKeys: 5 },
  )
  const path = fc.array(fc.string({ unit: fc.constantFrom(...'abz09-._~ !()*@%é'), maxLength: 6 }), { maxLength: 4 })

  class Sha256 {
    readonly #hash: ReturnType<typeof createHmac>
    constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
      this.#hash =
        secret === undefined
          ? (createHash('sha256') as unknown as ReturnType<typeof createHmac>)
          : createHmac('sha256', typeof secret === 'string' ? secret : Buffer.from(secret as ArrayBuffer))
    }
    update(data: string | Uint8Array): void {
      this.#hash.update(data)
    }
    async digest(): Promise<Uint8Array> {
      return this.#hash.digest()
    }
    reset(): void {}
  }

  const smithy = new SignatureV4({ credentials, region: 'eu-west-1', service: 'sts', sha256: Sha256 as never })

  test('the SDK for JavaScript: its signatures verify, and ours are the same', async () => {
    await fc.assert(
      fc.asyncProperty(path, query, text, async (segments, parameters, body) => {
        const rawPath = `/${segments.map(encodeURIComponent).join('/')}`
        const headers = { host: 'localhost:7373', 'content-type': 'text/plain', 'x-amz-note': ' a   b ' }
        const request = (await smithy.sign(
          {
            method: 'POST',
            protocol: 'http:',
            hostname: 'localhost',
            path: rawPath,
            query: parameters,
            headers,
            body,
          } as never,
          { signingDate: NOW },
        )) as unknown as { headers: Record<string, string> }
        const rawQuery = Object.entries(parameters)
          .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
          .join('&')
        const received = { method: 'POST', rawPath, rawQuery, headers: request.headers, body }
        expect(await failureOf(received)).toBe('verified')
        const ours = signRequest({
          request: { ...received, headers: { ...headers, 'x-amz-content-sha256': sha256(body) } },
          ...signing,
        })
        expect(ours.headers['authorization']).toBe(request.headers['authorization'])
      }),
    )
  })

  test('the SDK for JavaScript: what it presigns verifies', async () => {
    await fc.assert(
      fc.asyncProperty(query, async (parameters) => {
        const request = await smithy.presign(
          {
            method: 'GET',
            protocol: 'http:',
            hostname: 'localhost',
            path: '/',
            query: parameters,
            headers: { host: 'localhost' },
          } as never,
          { signingDate: NOW, expiresIn: 60 },
        )
        const rawQuery = Object.entries(request.query ?? {})
          .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`)
          .join('&')
        const received = { method: 'GET', rawPath: '/', rawQuery, headers: { host: 'localhost' }, body: '' }
        expect(await failureOf(received)).toBe('verified')
      }),
    )
  })

  test('aws4: its signatures verify, and ours are the same', async () => {
    await fc.assert(
      fc.asyncProperty(query, text, async (parameters, body) => {
        const rawQuery = new URLSearchParams(parameters).toString().replaceAll('+', '%20')
        const { headers } = aws4.sign(
          {
            method: 'POST',
            host: 'localhost',
            path: `/${rawQuery === '' ? '' : `?${rawQuery}`}`,
            service: 'sts',
            region: 'eu-west-1',
            headers: { 'X-Amz-Date': '20300102T030405Z', 'Content-Type': 'text/plain' },
            body,
          },
          credentials,
        )
        const lowered = Object.fromEntries(
          Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), String(value)]),
        )
        const received = { method: 'POST', rawPath: '/', rawQuery, headers: lowered, body }
        expect(await failureOf(received)).toBe('verified')
        const { authorization: theirs, ...rest } = lowered
        expect(signRequest({ request: { ...received, headers: rest }, ...signing }).headers['authorization']).toBe(
          theirs,
        )
      }),
    )
  })
})

describe('remembered signing keys', () => {
  test('do not outlive a changed secret', async () => {
    const keys = new SigningKeys()
    const request = signed()
    expect(await verifySignature(request, lookup, NOW, keys)).toMatchObject({ verified: true })
    const changed = () => ({ secretAccessKey: 'rotated' })
    expect(await verifySignature(request, changed, NOW, keys)).toMatchObject({ verified: false })
    expect(await verifySignature(request, lookup, NOW, keys)).toMatchObject({ verified: true })
  })

  test('are as many as allowed: the one used longest ago goes', () => {
    const keys = new SigningKeys(2)
    const scope = { date: '20300102', region: 'r', service: 's' }
    const first = keys.get('A', 'secret', scope)
    keys.get('B', 'secret', scope)
    expect(keys.get('A', 'secret', scope)).toBe(first)
    keys.get('C', 'secret', scope)
    expect(keys.get('A', 'secret', scope)).toBe(first)
    const again = keys.get('B', 'secret', scope)
    keys.get('C', 'secret', scope)
    expect(keys.get('B', 'secret', scope)).toBe(again)
    expect(keys.get('A', 'secret', scope)).not.toBe(first)
  })
})
