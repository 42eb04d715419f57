/** Grants: how an application comes to tokens. */

import {
  type ApplicationGrant,
  type AuthorizedTokenIssuer,
  JWT_BEARER,
  TOKEN_EXCHANGE,
} from '@mayfly/identity-center/applications/application'
import type { ApplicationArn, TrustedTokenIssuerArn } from '@mayfly/identity-center/identifiers'
import { isRedirectUri } from '@mayfly/identity-center/oauth/redirect-uri'
import { Refusal } from '@mayfly/identity-center/refusal'
import type { InputTo, Operations } from '@mayfly/wire/model/operations'
import type { OperationContext } from '../../operation/operation-context.ts'

type Sdk = typeof import('@aws-sdk/client-sso-admin')
type SsoAdmin = Operations<Sdk, OperationContext>

export const applicationGrants = {
  async PutApplicationGrant({ ApplicationArn, GrantType, Grant }, context) {
    const arn = ApplicationArn as ApplicationArn
    const grant = readGrant(Grant)
    if (grant.type !== GrantType) {
      throw new Refusal('invalid', `Grant holds ${grant.type}, and GrantType says ${GrantType}.`)
    }
    await context.store.transaction(async (tx) => {
      await tx.applications.get(arn)
      if (grant.type === JWT_BEARER) {
        for (const issuer of grant.authorizedTokenIssuers)
          await tx.trustedTokenIssuers.get(issuer.trustedTokenIssuerArn)
      }
      await tx.applicationAccess.insertGrant(arn, grant)
      await context.record(tx, {})
    })
    return {}
  },

  async GetApplicationGrant({ ApplicationArn, GrantType }, { store }) {
    const arn = ApplicationArn as ApplicationArn
    await store.applications.get(arn)
    const grant = await store.applicationAccess.findGrant(arn, GrantType)
    if (grant) return { Grant: describeGrant(grant) }
    throw new Refusal('not-found', `The application has no grant ${GrantType}.`)
  },

  async ListApplicationGrants({ ApplicationArn }, { store }) {
    const arn = ApplicationArn as ApplicationArn
    await store.applications.get(arn)
    const grants = await store.applicationAccess.listGrants(arn)
    return { Grants: grants.map((grant) => ({ GrantType: grant.type, Grant: describeGrant(grant) })) }
  },

  async DeleteApplicationGrant({ ApplicationArn, GrantType }, context) {
    const arn = ApplicationArn as ApplicationArn
    await context.store.transaction(async (tx) => {
      await tx.applications.get(arn)
      await tx.applicationAccess.deleteGrant(arn, GrantType)
      await context.record(tx, {})
    })
    return {}
  },
} satisfies Partial<SsoAdmin>

type GrantInput = InputTo<Sdk, 'PutApplicationGrant'>['Grant']

/** The model has made sure that there is exactly one member. */
function readGrant({ AuthorizationCode, JwtBearer, RefreshToken }: GrantInput): ApplicationGrant {
  if (AuthorizationCode) {
    return { type: 'authorization_code', redirectUris: readRedirectUris(AuthorizationCode.RedirectUris ?? []) }
  }
  if (JwtBearer) {
    const issuers = (JwtBearer.AuthorizedTokenIssuers ?? []).map(readIssuer)
    const arns = new Set(issuers.map(({ trustedTokenIssuerArn }) => trustedTokenIssuerArn))
    if (issuers.length === 0 || arns.size < issuers.length) {
      throw new Refusal('invalid', 'AuthorizedTokenIssuers must name at least one issuer, and each once.')
    }
    return { type: JWT_BEARER, authorizedTokenIssuers: issuers }
  }
  return RefreshToken ? { type: 'refresh_token' } : { type: TOKEN_EXCHANGE }
}

function readRedirectUris(uris: readonly string[]): readonly string[] {
  if (uris.length === 0) throw new Refusal('invalid', 'RedirectUris must name at least one address.')
  if (uris.every(isRedirectUri)) return [...new Set(uris)]
  throw new Refusal(
    'invalid',
    'A redirect URI must be https, a loopback address over http, or a private scheme with a dot, without a fragment.',
  )
}

interface IssuerInput {
  readonly TrustedTokenIssuerArn?: string | undefined
  readonly AuthorizedAudiences?: readonly string[] | undefined
}

function readIssuer({ TrustedTokenIssuerArn, AuthorizedAudiences = [] }: IssuerInput): AuthorizedTokenIssuer {
  // Without an audience a token that was made for any other service would sign in here.
  if (TrustedTokenIssuerArn === undefined || AuthorizedAudiences.length === 0) {
    throw new Refusal('invalid', 'Each authorized token issuer needs a TrustedTokenIssuerArn and AuthorizedAudiences.')
  }
  return {
    trustedTokenIssuerArn: TrustedTokenIssuerArn as TrustedTokenIssuerArn,
    authorizedAudiences: [...new Set(AuthorizedAudiences)],
  }
}

function describeGrant(grant: ApplicationGrant) {
  switch (grant.type) {
    case 'authorization_code':
      return { AuthorizationCode: { RedirectUris: [...grant.redirectUris] } }
    case JWT_BEARER:
      return { JwtBearer: { AuthorizedTokenIssuers: grant.authorizedTokenIssuers.map(describeIssuer) } }
    case 'refresh_token':
      return { RefreshToken: {} }
    case TOKEN_EXCHANGE:
      return { TokenExchange: {} }
  }
}

const describeIssuer = ({ trustedTokenIssuerArn, authorizedAudiences }: AuthorizedTokenIssuer) => ({
  TrustedTokenIssuerArn: trustedTokenIssuerArn,
  AuthorizedAudiences: [...authorizedAudiences],
})
