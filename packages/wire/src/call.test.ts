import { describe, expect, test } from 'vitest'
import { type ClientRequest, createClient } from './call.ts'
import { loadModel } from './model/models.ts'
import { ServiceException } from './model/service-exception.ts'
import type { ServiceName } from './model/service-model.ts'
import { createWire } from './serve.ts'
import { verifySignature } from './signature-v4.ts'

const NOW = new Date('2030-01-02T03:04:05Z')
const credentials = { accessKeyId: 'ASIAEXAMPLE', secretAccessKey: 'secret', sessionToken: 'token/+=' }
const wire = await createWire({ services: ['sso', 'sso-oidc', 'sts', 'sso-admin', 'identitystore', 'iam', 'signin'] })

interface Exchange {
  readonly sent: ClientRequest[]
  call(operation: string, input: Readonly<Record<string, unknown>>): Promise<Record<string, unknown>>
}

/** A client whose requests are read by our own server side, under a path prefix, and answered by `answer`. */
async function exchange(service: ServiceName, answer: (input: Record<string, unknown>) => unknown): Promise<Exchange> {
  const sent: ClientRequest[] = []
  const client = createClient(await loadModel(service), {
    endpoint: 'http://localhost:7373/prefix/',
    region: 'eu-west-1',
    credentials,
    userAgent: 'mayfly/1',
    now: () => NOW,
    async send(request) {
      sent.push(request)
      const { pathname, search, host } = new URL(request.url)
      const headers = { ...request.headers, host }
      const received = {
        method: request.method,
        rawPath: pathname,
        rawQuery: search.slice(1),
        headers,
        body: Buffer.from(request.body),
      }
      const asked = { ...received, rawPath: pathname.slice('/prefix'.length) }
      const route = wire.route(asked)
      if (route === undefined) return wire.writeRefusal(asked, 'id', NOW)
      if ('authorization' in request.headers) {
        expect(await verifySignature(received, () => credentials, NOW)).toMatchObject({
          verified: true,
          region: 'eu-west-1',
        })
      }
      try {
        return wire.writeOutput(route, answer(wire.readInput(route, asked)), 'id', NOW)
      } catch (error) {
        if (error instanceof ServiceException) return wire.writeError(route, error, 'id', NOW)
        throw error
      }
    },
  })
  return { sent, call: client.call }
}

/** A client that is always answered so. */
async function answered(service: ServiceName, status: number, body: string, headers: Record<string, string> = {}) {
  const send = async () => ({ status, headers, body })
  return createClient(await loadModel(service), { endpoint: 'https://h', send, now: () => NOW })
}

describe('a call', () => {
  test('of the portal: query, header, below the endpoint’s path, unsigned', async () => {
    const input = { roleName: 'Read Only&+', accountId: '111122223333', accessToken: 'token' }
    const { call, sent } = await exchange('sso', (received) => {
      expect(received).toEqual(input)
      return { roleCredentials: { accessKeyId: 'ASIA', expiration: 1893553445000 } }
    })
    expect(await call('GetRoleCredentials', input)).toEqual({
      roleCredentials: { accessKeyId: 'ASIA', expiration: 1893553445000 },
    })
    expect(sent).toEqual([
      {
        method: 'GET',
        url: 'http://localhost:7373/prefix/federation/credentials?role_name=Read%20Only%26%2B&account_id=111122223333',
        headers: { 'x-amz-sso_bearer_token': 'token', 'user-agent': 'mayfly/1' },
        body: '',
      },
    ])
  })

  test('of OIDC: JSON body, unsigned; what is absent is not sent', async () => {
    const { call, sent } = await exchange('sso-oidc', () => ({ clientId: 'c', clientSecretExpiresAt: 5 }))
    const input = { clientName: 'mayfly', clientType: 'public', scopes: undefined, grantTypes: ['refresh_token'] }
    expect(await call('RegisterClient', input)).toEqual({ clientId: 'c', clientSecretExpiresAt: 5 })
    expect(sent[0]?.body).toBe('{"clientName":"mayfly","clientType":"public","grantTypes":["refresh_token"]}')
    expect(sent[0]?.headers).toEqual({ 'content-type': 'application/json', 'user-agent': 'mayfly/1' })
  })

  test('of OIDC with IAM: the fixed part of the query, signed', async () => {
    const { call, sent } = await exchange('sso-oidc', () => ({ accessToken: 'a' }))
    expect(await call('CreateTokenWithIAM', { clientId: 'c', grantType: 'g' })).toEqual({ accessToken: 'a' })
    expect(sent[0]?.url).toBe('http://localhost:7373/prefix/token?aws_iam=t')
    expect(sent[0]?.headers['authorization']).toContain('/20300102/eu-west-1/sso-oauth/aws4_request'.slice(1))
  })

  test('of STS: a signed form, XML back, a time as a time', async () => {
    const input = {
      RoleArn: 'arn:aws:iam::111122223333:role/r',
      RoleSessionName: 'alice',
      DurationSeconds: 900,
      Tags: [{ Key: 'a b', Value: '+&=%' }],
    }
    const Expiration = new Date('2030-01-02T04:04:05Z')
    const { call, sent } = await exchange('sts', (received) => {
      expect(received).toEqual(input)
      return { Credentials: { AccessKeyId: 'ASIA', Expiration }, SourceIdentity: '<&>' }
    })
    expect(await call('AssumeRole', input)).toEqual({
      Credentials: { AccessKeyId: 'ASIA', Expiration },
      SourceIdentity: '<&>',
    })
    expect(sent[0]?.headers['x-amz-security-token']).toBe('token/+=')
  })

  test('of IAM: maps and lists, there and back', async () => {
    const { call } = await exchange('iam', () => ({ SummaryMap: { Users: 3, Roles: 4 } }))
    expect(await call('GetAccountSummary', {})).toEqual({ SummaryMap: { Users: 3, Roles: 4 } })
    const keys = { AccessKeyMetadata: [{ UserName: 'u', CreateDate: NOW }], IsTruncated: false }
    expect(await (await exchange('iam', () => keys)).call('ListAccessKeys', {})).toEqual(keys)
  })

  test('of identitystore: signed JSON 1.1', async () => {
    const { call, sent } = await exchange('identitystore', () => ({ Users: [], NextToken: 'n' }))
    expect(await call('ListUsers', { IdentityStoreId: 'd-0123456789' })).toEqual({ Users: [], NextToken: 'n' })
    expect(sent[0]).toMatchObject({ method: 'POST', url: 'http://localhost:7373/prefix/' })
    expect(sent[0]?.headers).toMatchObject({ 'x-amz-target': 'AWSIdentityStore.ListUsers' })
  })

  test('of sign-in: the body is one member', async () => {
    const tokenInput = { clientId: 'c', grantType: 'authorization_code', code: 'x' }
    const { call, sent } = await exchange('signin', (received) => {
      expect(received).toEqual({ tokenInput })
      return { tokenOutput: { tokenType: 'aws_sigv4', expiresIn: 900 } }
    })
    expect(await call('CreateOAuth2Token', { tokenInput })).toEqual({
      tokenOutput: { tokenType: 'aws_sigv4', expiresIn: 900 },
    })
    expect(JSON.parse(sent[0]?.body ?? '')).toEqual(tokenInput)
  })
})

describe('a refusal is a ServiceException', () => {
  test('with name, message, members and status', async () => {
    const { call } = await exchange('sso-oidc', () => {
      throw new ServiceException('AuthorizationPendingException', 'Not yet.')
    })
    await expect(call('CreateToken', { clientId: 'c', clientSecret: 's', grantType: 'g' })).rejects.toMatchObject({
      name: 'AuthorizationPendingException',
      message: 'Not yet.',
      statusCode: 400,
      fault: 'client',
      members: { error: 'authorization_pending', error_description: 'Not yet.' },
    })
  })

  test('from XML', async () => {
    const { call } = await exchange('sts', () => {
      throw new ServiceException('ExpiredToken', 'The security token & all', { statusCode: 403 })
    })
    await expect(call('GetCallerIdentity', {})).rejects.toMatchObject({
      name: 'ExpiredToken',
      message: 'The security token & all',
      statusCode: 403,
    })
  })

  test.each([
    ['the header', {}, { 'x-amzn-errortype': 'SlowDownException:http://internal.amazon.com/coral/com.amazonaws#x' }],
    ['__type', { __type: 'com.amazonaws.sso#SlowDownException' }, {}],
    ['code', { code: 'SlowDownException' }, {}],
  ])('named by %s', async (_name, body, headers) => {
    const client = await answered('sso-oidc', 400, JSON.stringify(body), headers as Record<string, string>)
    await expect(client.call('RegisterClient', {})).rejects.toMatchObject({ name: 'SlowDownException' })
  })

  test('also where a proxy answered in its own words', async () => {
    const portal = await answered('sso', 502, '<html>Bad gateway</html>')
    await expect(portal.call('ListAccounts', {})).rejects.toMatchObject({ name: 'Http502', fault: 'server' })
    const sts = await answered('sts', 502, '<html><br>Bad gateway</html>')
    await expect(sts.call('GetCallerIdentity', {})).rejects.toMatchObject({ name: 'Http502', statusCode: 502 })
    const captive = await answered('sso', 200, '<html>Sign in to the WiFi</html>')
    await expect(captive.call('ListAccounts', {})).rejects.toMatchObject({ name: 'SerializationException' })
    const captiveSts = await answered('sts', 200, '<html>Sign in to the WiFi</html>')
    await expect(captiveSts.call('GetCallerIdentity', {})).rejects.toMatchObject({ name: 'SerializationException' })
  })
})

test('members that other servers send as null, or that are new, do not disturb', async () => {
  const body = '{"clientId":"c","authorizationEndpoint":null,"new_member":{"a":1},"clientSecretExpiresAt":1.8e9}'
  const client = await answered('sso-oidc', 200, body)
  expect(await client.call('RegisterClient', {})).toEqual({ clientId: 'c', clientSecretExpiresAt: 1_800_000_000 })
})

test('an answer cannot steer the terminal of whoever reads it', async () => {
  const body = '{"accountList":[{"accountId":"111122223333","accountName":"\\u001b[2Jdev\\u0000 \\ud800"}]}'
  const client = await answered('sso', 200, body)
  expect(await client.call('ListAccounts', {})).toEqual({
    accountList: [{ accountId: '111122223333', accountName: '\ufffd[2Jdev\ufffd \ufffd' }],
  })
})

test('neither can its C1 controls, its carriage returns, its bidirectional marks, or the name of its exception', async () => {
  const name = 'a\u009b2Jb\rc\u202ed\u2066e\u2028f'
  const accounts = await answered('sso', 200, JSON.stringify({ accountList: [{ accountName: name }] }))
  expect(await accounts.call('ListAccounts', {})).toEqual({
    accountList: [{ accountName: 'a\ufffd2Jb\ufffdc\ufffdd\ufffde\ufffdf' }],
  })
  const json = await answered('sso', 400, JSON.stringify({ __type: '\u001b[2JForbiddenException', message: 'x' }))
  await expect(json.call('ListAccounts', {})).rejects.toMatchObject({ name: 'Http400' })
  const xml = await answered('sts', 400, '<ErrorResponse><Error><Code>\u009b2J</Code></Error></ErrorResponse>')
  await expect(xml.call('GetCallerIdentity', {})).rejects.toMatchObject({ name: 'Http400' })
})

test('an operation that the model does not have is our own mistake', async () => {
  const client = await answered('sso', 200, '{}')
  await expect(client.call('constructor', {})).rejects.toThrow('SSO has no operation constructor.')
})
