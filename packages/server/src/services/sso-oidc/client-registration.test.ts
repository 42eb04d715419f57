import { afterEach, beforeEach, expect, test } from 'vitest'
import { readRegistration } from '../../keys/client-registration.ts'
import { createTokens, registerClient, registerPkceClient } from '../../testing/journeys.ts'
import { startTestServer, type TestServer } from '../../testing/test-server.ts'

let server: TestServer

beforeEach(async () => {
  server = await startTestServer()
})
afterEach(() => server.close())

test('a client id carries its registration, so that nothing is stored', async () => {
  const { clientId } = await registerPkceClient(server)
  expect(readRegistration(clientId, server.context.keys)).toMatchObject({
    clientName: 'botocore-client-test',
    scopes: ['sso:account:access'],
    grantTypes: ['authorization_code', 'refresh_token'],
    redirectUris: ['http://127.0.0.1/oauth/callback'],
    instanceArn: 'arn:aws:sso:::instance/ssoins-7223b1e5f2a94c60',
  })
})

test('the answer says when the secret expires, in seconds: 90 days on', async () => {
  const answer = await server.client('sso-oidc').call('RegisterClient', { clientName: 'x', clientType: 'public' })
  expect(Number(answer['clientSecretExpiresAt']) - Number(answer['clientIdIssuedAt'])).toBe(90 * 86_400)
})

test('a client id or a secret with one character changed is nobody', async () => {
  const { clientId, clientSecret } = await registerClient(server)
  const change = (text: string, at: number) => text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1)
  for (let at = 0; at < clientId.length; at += 7) {
    expect(readRegistration(change(clientId, at), server.context.keys)).toBeUndefined()
  }
  for (let at = 0; at < clientSecret.length; at += 7) {
    const attempt = createTokens(server, { clientId, clientSecret: change(clientSecret, at) }, { grantType: 'x' })
    await expect(attempt).rejects.toMatchObject({ name: 'InvalidClientException' })
  }
})

test('one client does not pass with the secret of another', async () => {
  const [one, other] = [await registerClient(server), await registerClient(server, { clientName: 'other' })]
  const attempt = createTokens(server, { ...one, clientSecret: other.clientSecret }, { grantType: 'x' })
  await expect(attempt).rejects.toMatchObject({ name: 'InvalidClientException' })
})

test.each([
  [{ clientType: 'confidential' }, 'InvalidClientMetadataException'],
  [{ clientName: ' ' }, 'InvalidClientMetadataException'],
  [{ clientName: 'x'.repeat(257) }, 'InvalidClientMetadataException'],
  [{ clientName: 'a\u0000b' }, 'SerializationException'],
  [{ clientName: undefined }, 'InvalidRequestException'],
  [{ scopes: ['everything'] }, 'InvalidScopeException'],
  [{ grantTypes: ['password'] }, 'UnsupportedGrantTypeException'],
  [{ grantTypes: ['authorization_code'] }, 'InvalidRedirectUriException'],
  [{ redirectUris: ['http://evil.example/callback'] }, 'InvalidRedirectUriException'],
  [{ redirectUris: ['http://127.0.0.1.evil.example/'] }, 'InvalidRedirectUriException'],
  [{ redirectUris: ['javascript:alert(1)'] }, 'InvalidRedirectUriException'],
  [{ redirectUris: ['http://127.0.0.1/callback#fragment'] }, 'InvalidRedirectUriException'],
  [{ issuerUrl: 'https://elsewhere.awsapps.com/start' }, 'InvalidRequestException'],
])('a registration with %o is refused with %s', async (members, name) => {
  await expect(registerClient(server, members)).rejects.toMatchObject({ name })
})

test('every redirect URI that RFC 8252 knows may be registered', async () => {
  for (const uri of ['http://127.0.0.1/cb', 'http://[::1]/cb', 'http://localhost/cb', 'https://app.example/cb']) {
    await expect(registerClient(server, { redirectUris: [uri] })).resolves.toHaveProperty('clientId')
  }
})

test('what IDE toolkits ask for beside the portal is accepted', async () => {
  const scopes = ['sso:account:access', 'codewhisperer:completions']
  await expect(registerClient(server, { scopes })).resolves.toHaveProperty('clientId')
})

test('CreateTokenWithIAM is not answered, in well-formed words', async () => {
  const response = await server.inject({
    method: 'POST',
    url: '/token?aws_iam=t',
    headers: { 'content-type': 'application/json' },
    payload: '{"clientId":"x","grantType":"y"}',
  })
  expect(response.statusCode).toBe(403)
  expect(response.headers['x-amzn-errortype']).toBe('MissingAuthenticationTokenException')
})

test('an address that registers too often is told to slow down, and may again after a while', async () => {
  const limited = await startTestServer({ unsignedCallsPerMinute: 3 })
  const register = () =>
    limited.inject({
      method: 'POST',
      url: '/client/register',
      remoteAddress: '192.0.2.7',
      payload: '{"clientName":"x","clientType":"public"}',
    })
  const statuses = [await register(), await register(), await register(), await register()].map((r) => r.statusCode)
  expect(statuses).toEqual([200, 200, 200, 400])
  expect((await register()).headers['x-amzn-errortype']).toBe('SlowDownException')
  limited.clock.jump('2030-01-01T00:01:00Z')
  expect((await register()).statusCode).toBe(200)
  await limited.close()
})
