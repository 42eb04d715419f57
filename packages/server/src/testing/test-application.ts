/** An application of the example organization, for tests: made by an administrator, used by a role of its account. */

import type { Client } from '@mayfly/wire/call'
import { INSTANCE_ARN, signedClients } from './administrator.ts'
import { issueCode, REDIRECT_URI, VERIFIER } from './journeys.ts'
import type { TestServer } from './test-server.ts'

export const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer'
export const TOKEN_EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange'

export interface TestApplication {
  readonly arn: string
  readonly admin: Client
  /** CreateTokenWithIAM in the name of this application, signed by the administrator's role. */
  createToken(members: Record<string, unknown>): Promise<IamTokens>
  /** An operation of sso-admin on this application. */
  change(operation: string, members?: Record<string, unknown>): Promise<unknown>
  assign(userName: string): Promise<unknown>
}

export interface IamTokens {
  readonly accessToken: string
  readonly refreshToken?: string
  readonly idToken: string
  readonly issuedTokenType: string
  readonly tokenType: string
  readonly expiresIn: number
  readonly scope: string[]
  readonly awsAdditionalDetails: { readonly identityContext: string }
}

const ACTOR_POLICY = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::111122223333:root' },
      Action: 'sso-oauth:CreateTokenWithIAM',
      Resource: '*',
    },
  ],
}

/** With every grant but the JWT bearer's, and alice assigned to it. */
export async function createTestApplication(server: TestServer, name = 'notebook'): Promise<TestApplication> {
  const clients = await signedClients(server)
  const admin = clients('sso-admin')
  const created = await admin.call('CreateApplication', {
    InstanceArn: INSTANCE_ARN,
    ApplicationProviderArn: 'arn:aws:sso::aws:applicationProvider/custom',
    Name: name,
  })
  const arn = String(created['ApplicationArn'])
  const change = (operation: string, members: Record<string, unknown> = {}) =>
    admin.call(operation, { ApplicationArn: arn, ...members })
  const assign = async (userName: string) => {
    const user = await server.context.store.users.findByUserName(userName)
    return change('CreateApplicationAssignment', { PrincipalType: 'USER', PrincipalId: user?.id })
  }
  await change('PutApplicationAuthenticationMethod', {
    AuthenticationMethodType: 'IAM',
    AuthenticationMethod: { Iam: { ActorPolicy: ACTOR_POLICY } },
  })
  const grants = {
    authorization_code: { AuthorizationCode: { RedirectUris: [REDIRECT_URI] } },
    refresh_token: { RefreshToken: {} },
    [TOKEN_EXCHANGE]: { TokenExchange: {} },
  }
  for (const [GrantType, Grant] of Object.entries(grants)) await change('PutApplicationGrant', { GrantType, Grant })
  await assign('alice')
  return {
    arn,
    admin,
    change,
    assign,
    createToken: async (members) => {
      const answer = await clients('sso-oidc').call('CreateTokenWithIAM', { clientId: arn, ...members })
      return answer as unknown as IamTokens
    },
  }
}

/** Makes the application take assertions of an issuer that name users by e-mail address. */
export async function trustIssuer(
  { admin, change }: TestApplication,
  issuerUrl: string,
  members: Record<string, unknown> = {},
): Promise<string> {
  const created = await admin.call('CreateTrustedTokenIssuer', {
    InstanceArn: INSTANCE_ARN,
    Name: 'login',
    TrustedTokenIssuerType: 'OIDC_JWT',
    TrustedTokenIssuerConfiguration: {
      OidcJwtConfiguration: {
        IssuerUrl: issuerUrl,
        ClaimAttributePath: 'email',
        IdentityStoreAttributePath: 'emails.value',
        JwksRetrievalOption: 'OPEN_ID_DISCOVERY',
        ...members,
      },
    },
  })
  const TrustedTokenIssuerArn = String(created['TrustedTokenIssuerArn'])
  await change('PutApplicationGrant', {
    GrantType: JWT_BEARER,
    Grant: {
      JwtBearer: { AuthorizedTokenIssuers: [{ TrustedTokenIssuerArn, AuthorizedAudiences: ['notebook', 'other'] }] },
    },
  })
  return TrustedTokenIssuerArn
}

/** A code for an application, as `/authorize` issues it once the person has agreed. */
export const codeFor = async (server: TestServer, { arn }: TestApplication, userName = 'alice') =>
  issueCode(server, { clientId: arn, clientSecret: '' }, await server.signIn(userName))

export const redeem = ({ createToken }: TestApplication, code: string, members: Record<string, unknown> = {}) =>
  createToken({ grantType: 'authorization_code', code, redirectUri: REDIRECT_URI, codeVerifier: VERIFIER, ...members })

export const refresh = ({ createToken }: TestApplication, refreshToken: string | undefined) =>
  createToken({ grantType: 'refresh_token', refreshToken })
