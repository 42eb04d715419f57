import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ServiceException } from './model/service-exception.ts'
import { createWire, type WireRequest } from './serve.ts'

const wire = await createWire({
  services: ['sso', 'sso-oidc', 'sts', 'sso-admin', 'identitystore', 'organizations', 'iam', 'signin'],
})
const NOW = new Date('2026-01-31T10:00:00Z')
const ID = '6f1a2b3c-0000-4000-8000-000000000001'

function request(changes: Partial<Omit<WireRequest, 'body'>> & { body?: string }): WireRequest {
  const { body = '', ...rest } = changes
  return { method: 'POST', rawPath: '/', rawQuery: '', headers: {}, ...rest, body: Buffer.from(body) }
}

function routed(changes: Parameters<typeof request>[0]): string | undefined {
  const route = wire.route(request(changes))
  return route && `${route.service}:${route.operation}`
}

const target = (name: string) => ({ 'x-amz-target': name, 'content-type': 'application/x-amz-json-1.1' })
const form = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' }

/** The input of an operation of JSON 1.1, from its body. */
function readJson(name: string, body: string): Record<string, unknown> {
  const asked = request({ headers: target(name), body })
  const route = wire.route(asked)
  if (route === undefined) throw new Error(`no route for ${name}`)
  return wire.readInput(route, asked)
}

describe('a request finds its operation', () => {
  test('by target', () => {
    expect(routed({ headers: target('SWBExternalService.ListInstances') })).toBe('sso-admin:ListInstances')
    expect(routed({ headers: target('AWSIdentityStore.ListUsers'), rawPath: '' })).toBe('identitystore:ListUsers')
    expect(routed({ headers: target('AWSOrganizationsV20161128.ListAccounts') })).toBe('organizations:ListAccounts')
  })

  test('by form action, in a POST or in a GET', () => {
    const body = 'Action=GetCallerIdentity&Version=2011-06-15'
    expect(routed({ headers: form, body })).toBe('sts:GetCallerIdentity')
    expect(routed({ method: 'GET', rawQuery: body })).toBe('sts:GetCallerIdentity')
    expect(routed({ method: 'GET', rawQuery: `${body}&X-Amz-Signature=00`, rawPath: '' })).toBe('sts:GetCallerIdentity')
    expect(routed({ rawQuery: body })).toBe('sts:GetCallerIdentity')
    expect(routed({ headers: form, body: 'Action=ListRoles&Version=2010-05-08' })).toBe('iam:ListRoles')
    expect(routed({ headers: form, body: 'Action=ListRoles' })).toBe('iam:ListRoles')
  })

  test('by method and path, with a slash at the end or without', () => {
    for (const slash of ['', '/']) {
      expect(routed({ rawPath: `/token${slash}` })).toBe('sso-oidc:CreateToken')
      expect(routed({ rawPath: `/token${slash}`, rawQuery: 'aws_iam=t' })).toBe('sso-oidc:CreateTokenWithIAM')
      expect(routed({ rawPath: `/client/register${slash}` })).toBe('sso-oidc:RegisterClient')
      expect(routed({ method: 'GET', rawPath: `/assignment/accounts${slash}` })).toBe('sso:ListAccounts')
      expect(routed({ rawPath: `/v1/token${slash}` })).toBe('signin:CreateOAuth2Token')
    }
  })

  test('or none: another method, another version, an encoded or doubled path, a name that every object has', () => {
    const none: Parameters<typeof request>[0][] = [
      { method: 'GET', rawPath: '/token' },
      { method: 'GET', headers: target('SWBExternalService.ListInstances') },
      { headers: target('SWBExternalService.Nothing') },
      { headers: target('Nothing.ListInstances') },
      { headers: target('SWBExternalService.constructor') },
      { headers: target('') },
      { headers: form, body: 'Action=GetCallerIdentity&Version=2010-05-08' },
      { headers: form, body: 'Action=toString' },
      { headers: form, body: 'Version=2011-06-15' },
      { rawPath: '/%74oken' },
      { rawPath: '//token' },
      { rawPath: '/token//' },
      { rawPath: '/TOKEN' },
      { rawPath: '/x/../token' },
      { method: 'GET' },
    ]
    for (const changes of none) expect([changes, routed(changes)]).toEqual([changes, undefined])
  })
})

describe('a request without an operation is refused in its own protocol', () => {
  const refusal = (changes: Parameters<typeof request>[0]) => wire.writeRefusal(request(changes), ID, NOW)

  test('JSON 1.1', () => {
    expect(refusal({ headers: target('DynamoDB_20120810.ListTables') })).toMatchObject({
      status: 400,
      headers: { 'x-amzn-errortype': 'UnknownOperationException', 'x-amzn-requestid': ID },
      body: '{"__type":"UnknownOperationException","message":"This server knows no such operation."}',
    })
  })

  test('Query', () => {
    const { status, headers, body } = refusal({ headers: form, body: 'Action=DescribeInstances&Version=2016-11-15' })
    expect([status, headers['content-type']]).toEqual([400, 'text/xml'])
    expect(body).toContain('<Type>Sender</Type><Code>InvalidAction</Code>')
    expect(body).toContain(`<RequestId>${ID}</RequestId>`)
  })

  test('also when its headers contradict each other', () => {
    const twice = request({
      headers: { 'content-type': ['application/x-www-form-urlencoded', 'text/plain'] },
      rawQuery: 'a=%',
    })
    const targets = request({
      headers: { 'x-amz-target': ['AWSIdentityStore.ListUsers', 'AWSIdentityStore.DeleteUser'] },
    })
    for (const asked of [twice, targets]) {
      expect(() => {
        if (wire.route(asked) === undefined) throw new ServiceException('UnknownOperationException', '')
      }).toThrow(ServiceException)
      expect(wire.writeRefusal(asked, ID, NOW).status).toBe(400)
    }
  })

  test('a path of ours by another method', () => {
    expect(refusal({ method: 'PUT', rawPath: '/logout' })).toMatchObject({
      status: 405,
      headers: { 'x-amzn-errortype': 'MethodNotAllowedException' },
    })
    expect(refusal({ method: 'GET', rawPath: '/bucket/key' }).status).toBe(404)
    const { headers, body } = refusal({ method: 'GET', rawPath: '/token' })
    expect(headers['allow']).toBe('POST')
    expect(body).toContain('This path answers POST.')
  })

  const signedFor = (service: string) => ({
    authorization: `AWS4-HMAC-SHA256 Credential=AKIA/20300101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`,
  })

  test('of S3, in bare XML, and never as an object that is not there', () => {
    const inHeader = refusal({ method: 'GET', rawPath: '/bucket/key', headers: signedFor('s3') })
    const rawQuery = 'X-Amz-Credential=AKIA%2F20300101%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Signature=0'
    for (const { status, headers, body } of [inHeader, refusal({ method: 'GET', rawPath: '/bucket/key', rawQuery })]) {
      expect([status, headers['content-type']]).toEqual([501, 'application/xml'])
      expect(body).toContain('<Error><Code>NotImplemented</Code><Message>Nothing here answers what is signed for s3.')
      expect(body).toContain(`<RequestId>${ID}</RequestId></Error>`)
    }
  })

  test('of EC2 and Route 53, in their XML', () => {
    const body = 'Action=DescribeInstances&Version=2016-11-15'
    const ec2 = refusal({ headers: { ...form, ...signedFor('ec2') }, body })
    expect(ec2.status).toBe(400)
    expect(ec2.body).toContain(
      '<Response><Errors><Error><Code>InvalidAction</Code><Message>Nothing here answers what is signed for ec2.',
    )
    const zones = refusal({ method: 'GET', rawPath: '/2013-04-01/hostedzone', headers: signedFor('route53') })
    expect(zones.status).toBe(404)
    expect(zones.body).toContain('<ErrorResponse><Error><Type>Sender</Type><Code>UnknownOperationException</Code>')
  })

  test('of a service that is not served, by its name and with the variables that are enough', () => {
    const { body } = refusal({ headers: { ...target('TrentService.ListKeys'), ...signedFor('kms') } })
    expect(body).toContain(
      '"__type":"UnknownOperationException","message":"Nothing here answers what is signed for kms.',
    )
    expect(body).toContain('AWS_ENDPOINT_URL_SSO_OIDC')
  })
})

describe('an answer', () => {
  const portal = wire.route(request({ method: 'GET', rawPath: '/federation/credentials' }))
  const oidc = wire.route(request({ rawPath: '/token' }))
  const admin = wire.route(request({ headers: target('SWBExternalService.DescribePermissionSet') }))
  const sts = wire.route(request({ headers: form, body: 'Action=GetCallerIdentity' }))

  test('carries the request’s id and the date, and is not kept', () => {
    if (portal === undefined) throw new Error('no route')
    expect(wire.writeOutput(portal, {}, ID, NOW)).toEqual({
      status: 200,
      headers: {
        'content-type': 'application/json',
        'x-amzn-requestid': ID,
        date: 'Sat, 31 Jan 2026 10:00:00 GMT',
        'cache-control': 'no-store',
      },
      body: '{}',
    })
  })

  test('leaves out what is absent and what no model knows', () => {
    if (admin === undefined) throw new Error('no route')
    const PermissionSet = { Name: 'n', Description: undefined, RelayState: null, passwordHash: 'secret' }
    expect(wire.writeOutput(admin, { PermissionSet, Other: 1 }, ID, NOW).body).toBe('{"PermissionSet":{"Name":"n"}}')
  })

  test('with a value of the wrong type is a fault of ours, not of the caller', () => {
    if (admin === undefined) throw new Error('no route')
    const PermissionSet = { CreatedDate: '2026-01-31' }
    expect(() => wire.writeOutput(admin, { PermissionSet }, ID, NOW)).toThrow(TypeError)
  })

  test('an exception of the portal carries its namespace', () => {
    const error = new ServiceException('UnauthorizedException', 'Session token not found or invalid')
    expect(wire.writeError(portal, error, ID, NOW)).toMatchObject({
      status: 401,
      headers: { 'x-amzn-errortype': 'UnauthorizedException', 'content-type': 'application/json' },
      body: '{"__type":"com.amazonaws.switchboard.portal#UnauthorizedException","message":"Session token not found or invalid"}',
    })
  })

  test('an exception of OIDC is an OAuth error too', () => {
    const body = (error: ServiceException) => JSON.parse(wire.writeError(oidc, error, ID, NOW).body)
    expect(body(new ServiceException('SlowDownException', 'Slower.'))).toEqual({
      __type: 'SlowDownException',
      error: 'slow_down',
      error_description: 'Slower.',
      message: 'Slower.',
    })
    expect(body(new ServiceException('InternalServerException', 'x')).error).toBe('server_error')
    expect(body(new ServiceException('UnsupportedGrantTypeException', 'x')).error).toBe('unsupported_grant_type')
    expect(body(new ServiceException('SerializationException', 'x')).error).toBe('invalid_request')
    const region = { members: { region: 'eu-west-1', endpoint: 'https://oidc', error: 'invalid_request', other: 1 } }
    expect(body(new ServiceException('InvalidRequestRegionException', 'x', region))).toEqual({
      __type: 'InvalidRequestRegionException',
      error: 'invalid_request',
      error_description: 'x',
      message: 'x',
      region: 'eu-west-1',
      endpoint: 'https://oidc',
    })
  })

  test('an exception of sso-admin spells Message as its model does', () => {
    const error = new ServiceException('ConflictException', 'It exists.')
    expect(wire.writeError(admin, error, ID, NOW)).toMatchObject({
      status: 400,
      body: '{"__type":"ConflictException","Message":"It exists."}',
    })
    expect(wire.writeError(admin, new ServiceException('InternalServerException', 'x'), ID, NOW).status).toBe(500)
  })

  test('an exception of Query is XML, whatever its message holds', () => {
    const error = new ServiceException('PackedPolicyTooLargeException', '<a> & "b"')
    const { status, body } = wire.writeError(sts, error, ID, NOW)
    expect(status).toBe(400)
    expect(body).toBe(
      `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>PackedPolicyTooLarge</Code><Message>&lt;a&gt; &amp; &quot;b&quot;</Message></Error><RequestId>${ID}</RequestId></ErrorResponse>`,
    )
    expect(wire.writeError(sts, new ServiceException('InternalFailure', 'x'), ID, NOW).body).toContain('Receiver')
  })

  test('a status that the exception itself names goes before the model’s', () => {
    const error = new ServiceException('UnauthorizedException', 'x', { statusCode: 403 })
    expect(wire.writeError(portal, error, ID, NOW).status).toBe(403)
  })
})

describe('an input that cannot be read is a SerializationException', () => {
  const refused = expect.objectContaining({ name: 'SerializationException' })

  test.each([
    ['no JSON', '{"Name":'],
    ['a list', '[]'],
    ['text', '"x"'],
    ['nothing', 'null'],
    ['a number for a string', '{"Name":5}'],
    ['a string for a number', '{"MaxResults":"5"}'],
    ['a fraction for a whole number', '{"MaxResults":1.5}'],
    ['a whole number of more than 32 bits', '{"MaxResults":2147483648}'],
    ['a whole number too great to be exact', '{"MaxResults":9007199254740993}'],
    ['an object for a list', '{"Tags":{}}'],
    ['a key given twice', '{"Name":"a","Name":"b"}'],
    ['a key given twice, once escaped', '{"Name":"a","N\\u0061me":"b"}'],
    ['a NUL', '{"Name":"a\\u0000b"}'],
    ['an escape for a terminal', '{"Name":"\\u001b[2J"}'],
    ['half a character', '{"Name":"\\ud800"}'],
    ['nesting without end', `{"Tags":${'['.repeat(100_000)}`],
  ])('%s', (_name, body) => {
    expect(() => readJson('SWBExternalService.ListPermissionSets', body)).not.toThrow(TypeError)
    let thrown: unknown
    try {
      readJson('SWBExternalService.CreatePermissionSet', body)
      readJson('SWBExternalService.ListPermissionSets', body)
    } catch (error) {
      thrown = error
    }
    expect(thrown).toEqual(refused)
    expect(String(thrown)).not.toContain('a\u0000b')
  })

  test('bytes that are no UTF-8', () => {
    const asked = {
      ...request({ headers: target('SWBExternalService.ListInstances') }),
      body: Buffer.from([0x22, 0xff]),
    }
    const route = wire.route(asked)
    if (route === undefined) throw new Error('no route')
    expect(() => wire.readInput(route, asked)).toThrow('UTF-8')
  })

  test('no message quotes what was sent', () => {
    const secret = 'very-secret'
    expect(() => readJson('SWBExternalService.ListInstances', `{"a": ${secret}`)).toThrow('The body is not JSON.')
  })
})

describe('what is read', () => {
  test('absent for null; nothing that the model does not name', () => {
    const body = '{"InstanceArn":"x","Name":null,"Unknown":[{"deep":1}],"Tags":[{"Key":"k","Value":"v","Other":1}]}'
    expect(readJson('SWBExternalService.CreatePermissionSet', body)).toEqual({
      InstanceArn: 'x',
      Tags: [{ Key: 'k', Value: 'v' }],
    })
  })

  test('an empty body as no members', () => {
    expect(readJson('SWBExternalService.ListInstances', '')).toEqual({})
  })

  test('keys that reach for the prototype are keys like any other, or dropped', () => {
    const body =
      '{"IdentityStoreId":"x","__proto__":{"admin":true},"constructor":1,"Extensions":{"__proto__":{"admin":true}}}'
    const input = readJson('AWSIdentityStore.CreateUser', body)
    expect(Object.getPrototypeOf(input)).toBe(Object.prototype)
    expect('admin' in input).toBe(false)
    const extensions = input['Extensions'] as object
    expect(Object.getPrototypeOf(extensions)).toBe(Object.prototype)
    expect('admin' in extensions).toBe(false)
    expect(({} as { admin?: boolean }).admin).toBeUndefined()
  })

  test('the portal’s header, also as browser extensions spell it', () => {
    for (const name of ['x-amz-sso_bearer_token', 'x-amz-sso-bearer-token']) {
      const asked = request({ method: 'GET', rawPath: '/assignment/accounts', headers: { [name]: 'token' } })
      const route = wire.route(asked)
      if (route === undefined) throw new Error('no route')
      expect(wire.readInput(route, asked)).toEqual({ accessToken: 'token' })
    }
  })

  test('a form’s lists by their numbers, in order', () => {
    const body =
      'Action=AssumeRole&Version=2011-06-15&Tags.member.10.Key=c&Tags.member.10.Value=3&Tags.member.2.Key=b&Tags.member.2.Value=&Tags.member.1.Key=a&Tags.member.1.Value=1%2B+x&Unknown.1=x'
    const asked = request({ headers: form, body })
    const route = wire.route(asked)
    if (route === undefined) throw new Error('no route')
    expect(wire.readInput(route, asked)).toEqual({
      Tags: [
        { Key: 'a', Value: '1+ x' },
        { Key: 'b', Value: '' },
        { Key: 'c', Value: '3' },
      ],
    })
  })

  test.each([
    ['a parameter twice', 'Action=AssumeRole&RoleArn=a&RoleArn=b'],
    ['a broken escape', 'Action=AssumeRole&RoleArn=%E0%A4%A'],
    ['a number that is none', 'Action=AssumeRole&DurationSeconds=1e3'],
    ['a number of more than 32 bits', 'Action=AssumeRole&DurationSeconds=4294967296'],
    ['a list numbered by words', 'Action=AssumeRole&Tags.member.one.Key=a'],
    ['a value for a structure and below it', 'Action=AssumeRole&RoleArn.x=a'],
    ['names nested without end', `Action=AssumeRole&${'a.'.repeat(5000)}=x`],
    [
      'more parameters than anyone needs',
      `Action=AssumeRole&${Array.from({ length: 3000 }, (_, n) => `a${n}=1`).join('&')}`,
    ],
    ['a control character', 'Action=AssumeRole&RoleArn=a%00'],
  ])('but not %s in a form', (_name, body) => {
    const asked = request({ headers: form, body })
    expect(() => {
      const route = wire.route(asked)
      if (route !== undefined) wire.readInput(route, asked)
    }).toThrow(ServiceException)
  })
})

describe('anything at all', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 60 })
  const path = fc.constantFrom(
    '/',
    '',
    '/token',
    '/logout',
    '/federation/credentials',
    '/assignment/accounts/',
    '/client/register',
  )
  const targets = fc.constantFrom('SWBExternalService.CreatePermissionSet', 'AWSIdentityStore.CreateUser', undefined)

  function readOrRefuse(asked: WireRequest): void {
    try {
      const route = wire.route(asked)
      if (route === undefined) expect(wire.writeRefusal(asked, ID, NOW).status).toBeGreaterThanOrEqual(400)
      else wire.readInput(route, asked)
    } catch (error) {
      expect(error).toBeInstanceOf(ServiceException)
    }
  }

  test('as a body, query, path, method: an input or a refusal', () => {
    const body = fc.oneof(
      fc.json(),
      text,
      fc.json().map((json) => json.slice(0, -1)),
      fc.constant('Action=AssumeRole&Tags.member.1=x'),
    )
    fc.assert(
      fc.property(
        fc.constantFrom('GET', 'POST', 'PUT'),
        path,
        text,
        targets,
        body,
        fc.boolean(),
        (method, rawPath, rawQuery, name, content, isForm) => {
          const headers = { ...(name === undefined ? {} : { 'x-amz-target': name }), ...(isForm ? form : {}) }
          readOrRefuse(request({ method, rawPath, rawQuery, headers, body: content }))
        },
      ),
      { numRuns: 500 },
    )
  })

  test('as a body of bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), targets, (body, name) => {
        readOrRefuse({ ...request({ headers: name === undefined ? form : target(name) }), body })
      }),
    )
  })

  test('what a form can say about AssumeRole comes back typed as the model says', () => {
    const key = fc.constantFrom(
      'RoleArn',
      'Tags',
      'Tags.member',
      'Tags.member.1',
      'Tags.member.1.Key',
      'TransitiveTagKeys.member.1',
      'DurationSeconds',
      'PolicyArns.member.2.arn',
      'RoleArn.a',
      '__proto__',
      'Tags.__proto__.x',
    )
    fc.assert(
      fc.property(fc.dictionary(key, text, { maxKeys: 6, noNullPrototype: true }), (fields) => {
        const body = new URLSearchParams({ Action: 'AssumeRole', ...fields }).toString()
        readOrRefuse(request({ headers: form, body }))
        expect(({} as { x?: string }).x).toBeUndefined()
      }),
    )
  })
})
