/** What the console sends to `sso-admin` about applications and trusted token issuers, and reads from its answers. */
import type { Nothing, Page, Paged } from './paging.ts'
import type { PrincipalType } from './sso-admin.ts'

export interface PortalOptions {
  SignInOptions?: { Origin: 'IDENTITY_CENTER' | 'APPLICATION'; ApplicationUrl?: string }
  Visibility?: 'ENABLED' | 'DISABLED'
}

export interface Application {
  ApplicationArn: string
  ApplicationProviderArn?: string
  Name: string
  Description?: string
  ApplicationAccount?: string
  Status: 'ENABLED' | 'DISABLED'
  PortalOptions?: PortalOptions
  /** Seconds since 1970. */
  CreatedDate?: number
}

export interface ApplicationProvider {
  ApplicationProviderArn: string
  FederationProtocol?: 'SAML' | 'OAUTH'
  DisplayData?: { DisplayName?: string; Description?: string }
}

export type GrantType =
  | 'authorization_code'
  | 'refresh_token'
  | 'urn:ietf:params:oauth:grant-type:jwt-bearer'
  | 'urn:ietf:params:oauth:grant-type:token-exchange'

export interface Grant {
  AuthorizationCode?: { RedirectUris?: string[] }
  JwtBearer?: { AuthorizedTokenIssuers?: { TrustedTokenIssuerArn: string; AuthorizedAudiences?: string[] }[] }
  RefreshToken?: Nothing
  TokenExchange?: Nothing
}

export interface ApplicationAssignment {
  ApplicationArn: string
  PrincipalType: PrincipalType
  PrincipalId: string
}

export interface OidcJwtConfiguration {
  IssuerUrl: string
  ClaimAttributePath: string
  IdentityStoreAttributePath: string
  JwksRetrievalOption: 'OPEN_ID_DISCOVERY'
}

export interface TrustedTokenIssuer {
  TrustedTokenIssuerArn: string
  Name: string
  TrustedTokenIssuerConfiguration?: { OidcJwtConfiguration?: OidcJwtConfiguration }
}

interface Of {
  ApplicationArn: string
}
interface Method {
  AuthenticationMethodType: 'IAM'
  AuthenticationMethod: { Iam?: { ActorPolicy: unknown } }
}
interface In {
  InstanceArn: string
}

export interface ApplicationOperations {
  ListApplications: [In & Paged, Page<'Applications', Application>]
  ListApplicationProviders: [Paged, Page<'ApplicationProviders', ApplicationProvider>]
  DescribeApplication: [Of, Application]
  CreateApplication: [
    In & {
      ApplicationProviderArn: string
      Name: string
      Description?: string
      PortalOptions?: PortalOptions
      Status?: 'ENABLED' | 'DISABLED'
    },
    Of,
  ]
  UpdateApplication: [
    Of & {
      Name?: string
      Description?: string
      Status?: 'ENABLED' | 'DISABLED'
      PortalOptions?: Pick<PortalOptions, 'SignInOptions'>
    },
    Nothing,
  ]
  DeleteApplication: [Of, Nothing]
  ListApplicationAssignments: [Of & Paged, Page<'ApplicationAssignments', ApplicationAssignment>]
  ListApplicationAssignmentsForPrincipal: [
    In & Paged & { PrincipalId: string; PrincipalType: PrincipalType },
    Page<'ApplicationAssignments', ApplicationAssignment>,
  ]
  CreateApplicationAssignment: [ApplicationAssignment, Nothing]
  DeleteApplicationAssignment: [ApplicationAssignment, Nothing]
  GetApplicationAssignmentConfiguration: [Of, { AssignmentRequired: boolean }]
  PutApplicationAssignmentConfiguration: [Of & { AssignmentRequired: boolean }, Nothing]
  ListApplicationAccessScopes: [Of & Paged, Page<'Scopes', { Scope: string; AuthorizedTargets?: string[] }>]
  PutApplicationAccessScope: [Of & { Scope: string; AuthorizedTargets?: string[] }, Nothing]
  DeleteApplicationAccessScope: [Of & { Scope: string }, Nothing]
  ListApplicationGrants: [Of & { NextToken?: string }, Page<'Grants', { GrantType: GrantType; Grant: Grant }>]
  PutApplicationGrant: [Of & { GrantType: GrantType; Grant: Grant }, Nothing]
  DeleteApplicationGrant: [Of & { GrantType: GrantType }, Nothing]
  ListApplicationAuthenticationMethods: [Of & { NextToken?: string }, Page<'AuthenticationMethods', Method>]
  PutApplicationAuthenticationMethod: [Of & Method, Nothing]
  DeleteApplicationAuthenticationMethod: [Of & Pick<Method, 'AuthenticationMethodType'>, Nothing]
  ListTrustedTokenIssuers: [In & Paged, Page<'TrustedTokenIssuers', TrustedTokenIssuer>]
  DescribeTrustedTokenIssuer: [{ TrustedTokenIssuerArn: string }, TrustedTokenIssuer]
  CreateTrustedTokenIssuer: [
    In & {
      Name: string
      TrustedTokenIssuerType: 'OIDC_JWT'
      TrustedTokenIssuerConfiguration: { OidcJwtConfiguration: OidcJwtConfiguration }
    },
    { TrustedTokenIssuerArn: string },
  ]
  UpdateTrustedTokenIssuer: [
    {
      TrustedTokenIssuerArn: string
      Name?: string
      TrustedTokenIssuerConfiguration?: { OidcJwtConfiguration: Partial<Omit<OidcJwtConfiguration, 'IssuerUrl'>> }
    },
    Nothing,
  ]
  DeleteTrustedTokenIssuer: [{ TrustedTokenIssuerArn: string }, Nothing]
}
