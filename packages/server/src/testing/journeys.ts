/** The ways to a token, step by step, for tests: as a client and the person in front of it would walk them. */

import { after, minutes } from '@mayfly/identity-center/duration'
import type { ClientId } from '@mayfly/identity-center/identifiers'
import { challengeOf } from '@mayfly/identity-center/oauth/pkce'
import { createToken } from '@mayfly/identity-center/oauth/token-format'
import { hashOf } from '@mayfly/identity-center/secret'
import type { Session } from '@mayfly/identity-center/sign-in/session'
import type { Client } from '@mayfly/wire/call'
import type { SigningCredentials } from '@mayfly/wire/signature-v4'
import type { TestServer } from './test-server.ts'

export interface TestClient {
  readonly clientId: string
  readonly clientSecret: string
}

export interface Tokens {
  readonly accessToken: string
  readonly refreshToken?: string
  readonly expiresIn: number
}

const DEVICE_CODE = 'urn:ietf:params:oauth:grant-type:device_code'
export const REDIRECT_URI = 'http://127.0.0.1:50123/oauth/callback'
export const VERIFIER = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'

export async function registerClient(server: TestServer, members: Record<string, unknown> = {}): Promise<TestClient> {
  const input = { clientName: 'botocore-client-test', clientType: 'public', scopes: ['sso:account:access'], ...members }
  const { clientId, clientSecret } = await server.client('sso-oidc').call('RegisterClient', input)
  return { clientId: String(clientId), clientSecret: String(clientSecret) }
}

export const registerPkceClient = (server: TestServer, members: Record<string, unknown> = {}): Promise<TestClient> =>
  registerClient(server, {
    grantTypes: ['authorization_code', 'refresh_token'],
    redirectUris: ['http://127.0.0.1/oauth/callback'],
    issuerUrl: 'https://mayfly-example.awsapps.com/start',
    ...members,
  })

/** Starts a device authorization; `poll` asks for the token, `allow` and `deny` are what the person does. */
export async function startDevice(server: TestServer, client: TestClient) {
  const { store, clock } = server.context
  const started = await server.client('sso-oidc').call('StartDeviceAuthorization', {
    ...client,
    startUrl: 'http://localhost:7373/start',
  })
  const deviceCode = String(started['deviceCode'])
  const hash = hashOf(deviceCode)
  return {
    ...started,
    deviceCode,
    poll: (as: TestClient = client) => createTokens(server, as, { grantType: DEVICE_CODE, deviceCode }),
    allow: ({ userId, id }: Session) => store.deviceAuthorizations.grant(hash, { userId, sessionId: id }, clock.now()),
    deny: () => store.deviceAuthorizations.deny(hash),
  }
}

/** An authorization code, as `/authorize` issues it once the person has agreed. */
export async function issueCode(
  server: TestServer,
  { clientId }: TestClient,
  { userId, id }: Session,
): Promise<string> {
  const { store, clock, random } = server.context
  const code = createToken(random, 'aoc')
  await store.authorizationCodes.insert({
    codeHash: hashOf(code),
    clientId: clientId as ClientId,
    userId,
    sessionId: id,
    redirectUri: REDIRECT_URI,
    codeChallenge: challengeOf(VERIFIER),
    scopes: ['sso:account:access'],
    createdAt: clock.now(),
    expiresAt: after(clock.now(), minutes(1)),
  })
  return code
}

export const redeemCode = (
  server: TestServer,
  client: TestClient,
  code: string,
  members: Record<string, unknown> = {},
): Promise<Tokens> =>
  createTokens(server, client, {
    grantType: 'authorization_code',
    code,
    redirectUri: REDIRECT_URI,
    codeVerifier: VERIFIER,
    ...members,
  })

export const refresh = (server: TestServer, client: TestClient, refreshToken: string | undefined): Promise<Tokens> =>
  createTokens(server, client, { grantType: 'refresh_token', refreshToken })

export async function createTokens(
  server: TestServer,
  client: TestClient,
  members: Record<string, unknown>,
): Promise<Tokens> {
  return (await server.client('sso-oidc').call('CreateToken', { ...client, ...members })) as unknown as Tokens
}

/** The whole PKCE journey of one person. */
export async function signInWithPkce(server: TestServer, userName: string) {
  const client = await registerPkceClient(server)
  const session = await server.signIn(userName)
  const tokens = await redeemCode(server, client, await issueCode(server, client, session))
  return { client, session, tokens }
}

/** Role credentials, as signing wants them. */
export async function roleCredentials(
  portal: Client,
  accessToken: string,
  role: { accountId: string; roleName: string },
): Promise<SigningCredentials> {
  const answer = await portal.call('GetRoleCredentials', { accessToken, ...role })
  return answer['roleCredentials'] as unknown as SigningCredentials
}
