/** A customer-managed application: what it is, how it lets people in, what its tokens may ask for (§1.10). */

import type { AccountId, ApplicationArn, InstanceArn, TrustedTokenIssuerArn } from '../identifiers.ts'
import { partitionOfArn } from '../partition.ts'
import { type Random, randomHex } from '../random.ts'
import { Refusal } from '../refusal.ts'

/** Where signing in begins: at the access portal, or at the application's own address. */
export type SignInOptions =
  | { readonly origin: 'IDENTITY_CENTER'; readonly applicationUrl?: string }
  | { readonly origin: 'APPLICATION'; readonly applicationUrl: string }

export interface Application {
  readonly arn: ApplicationArn
  readonly instanceArn: InstanceArn
  /** The account that made it. */
  readonly accountId: AccountId
  readonly providerArn: string
  readonly name: string
  readonly description?: string
  readonly status: 'ENABLED' | 'DISABLED'
  /** Whether the access portal shows it. */
  readonly visibility: 'ENABLED' | 'DISABLED'
  readonly signInOptions?: SignInOptions
  /** Whether only those may use it who are assigned to it. */
  readonly assignmentRequired: boolean
  /** Who may ask for its tokens: a policy document as JSON text. Without one, nobody. */
  readonly actorPolicy?: string
  /** The region it was made in. */
  readonly createdFrom: string
  readonly createdAt: Date
}

/** The ARN of a new application. */
export const createApplicationArn = (
  { accountId, instanceArn }: { readonly accountId: AccountId; readonly instanceArn: InstanceArn },
  random: Random,
): ApplicationArn =>
  `arn:${partitionOfArn(instanceArn)}:sso::${accountId}:application/${instanceIdOf(instanceArn)}/apl-${randomHex(random, 16)}` as ApplicationArn

/** `ssoins-<16 hex>`, which the ARNs of everything in the instance repeat. */
export const instanceIdOf = (instanceArn: InstanceArn): string => instanceArn.split('/')[1] ?? ''

/** Whether a client id is the ARN of an application: those of registered clients look otherwise. */
export const isApplicationArn = (text: string): text is ApplicationArn =>
  /^arn:aws(-[a-z]{1,5}){0,3}:sso::\d{12}:application\/(sso)?ins-[a-zA-Z0-9-.]{16}\/apl-[a-zA-Z0-9]{16}$/.test(text)

/** Throws `invalid` for a sign-in at the application that does not say where that is. */
export function createSignInOptions(origin: SignInOptions['origin'], applicationUrl?: string): SignInOptions {
  if (origin === 'IDENTITY_CENTER') return applicationUrl === undefined ? { origin } : { origin, applicationUrl }
  if (applicationUrl !== undefined) return { origin, applicationUrl }
  throw new Refusal('invalid', 'ApplicationUrl is required when Origin is APPLICATION.')
}

/** One outside issuer whose assertions an application takes, and for which audiences. */
export interface AuthorizedTokenIssuer {
  readonly trustedTokenIssuerArn: TrustedTokenIssuerArn
  readonly authorizedAudiences: readonly string[]
}

export const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer'
export const TOKEN_EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange'

/** How an application comes to tokens. */
export type ApplicationGrant =
  | { readonly type: 'authorization_code'; readonly redirectUris: readonly string[] }
  | { readonly type: typeof JWT_BEARER; readonly authorizedTokenIssuers: readonly AuthorizedTokenIssuer[] }
  | { readonly type: 'refresh_token' }
  | { readonly type: typeof TOKEN_EXCHANGE }

export type ApplicationGrantType = ApplicationGrant['type']

/** A scope that an application's tokens may have. */
export interface ApplicationAccessScope {
  readonly scope: string
  /** The applications, or the instance, that may exchange such a token for one of their own. */
  readonly authorizedTargets: readonly string[]
}

/** What every token of an application carries, configured or not (§2.7). */
export const DEFAULT_APPLICATION_SCOPES: readonly string[] = ['openid', 'aws', 'sts:identity_context']

/** Whether tokens with this scope may be exchanged by that application. */
export const isAuthorizedTarget = (
  { authorizedTargets }: ApplicationAccessScope,
  { arn, instanceArn }: Pick<Application, 'arn' | 'instanceArn'>,
): boolean => authorizedTargets.includes(arn) || authorizedTargets.includes(instanceArn)

/**
 * The scopes of a new token: what was asked for, or all that may be had. Undefined when something was asked for that
 * may not be had. The default scopes always come along, so that no such token is ever without a scope.
 */
export function grantScopes(
  asked: readonly string[] | undefined,
  available: readonly string[],
): readonly string[] | undefined {
  const most = [...new Set([...DEFAULT_APPLICATION_SCOPES, ...available])]
  if (asked === undefined || asked.length === 0) return most
  if (asked.some((scope) => !most.includes(scope))) return undefined
  return [...new Set([...asked, ...DEFAULT_APPLICATION_SCOPES])]
}
