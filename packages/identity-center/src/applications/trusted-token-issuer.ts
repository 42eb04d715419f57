/** A trusted token issuer: an outside OpenID provider whose tokens name our users. */

import type { AccountId, InstanceArn, TrustedTokenIssuerArn } from '../identifiers.ts'
import { partitionOfArn } from '../partition.ts'
import { type Random, randomUuid } from '../random.ts'
import { Refusal } from '../refusal.ts'
import { instanceIdOf } from './application.ts'

export interface TrustedTokenIssuer {
  readonly arn: TrustedTokenIssuerArn
  readonly instanceArn: InstanceArn
  /** The account that made it. */
  readonly accountId: AccountId
  readonly name: string
  /** Letter for letter what the tokens' `iss` says; fixed for its life. */
  readonly issuerUrl: string
  /** The claim that names the user, such as `email` or `user.name`. */
  readonly claimAttributePath: string
  /** The attribute of a user that the claim must equal. */
  readonly identityStoreAttributePath: string
  readonly createdAt: Date
}

/** The ARN of a new trusted token issuer. */
export const createTrustedTokenIssuerArn = (
  { accountId, instanceArn }: { readonly accountId: AccountId; readonly instanceArn: InstanceArn },
  random: Random,
): TrustedTokenIssuerArn =>
  `arn:${partitionOfArn(instanceArn)}:sso::${accountId}:trustedTokenIssuer/${instanceIdOf(instanceArn)}/tti-${randomUuid(random)}` as TrustedTokenIssuerArn

/** By which attribute of a user a claim is looked up. */
export type UserAttribute = 'userName' | 'email' | 'externalId'

const ATTRIBUTES: Readonly<Record<string, UserAttribute>> = {
  userName: 'userName',
  'emails.value': 'email',
  externalId: 'externalId',
  'externalIds.id': 'externalId',
}

/** Throws `invalid` for a path by which no user can be found. */
export function parseUserAttributePath(path: string): UserAttribute {
  const attribute = Object.hasOwn(ATTRIBUTES, path) ? ATTRIBUTES[path] : undefined
  if (attribute !== undefined) return attribute
  const known = Object.keys(ATTRIBUTES).join(', ')
  throw new Refusal('invalid', `IdentityStoreAttributePath must be one of ${known}.`)
}

/**
 * Throws `invalid` for an address that no issuer of tokens should have. What the name stands for is asked when keys are
 * fetched, each time anew.
 */
export function checkIssuerUrl(issuerUrl: string): void {
  const url = URL.parse(issuerUrl)
  if (url === null || url.username !== '' || url.password !== '' || url.search !== '') {
    throw new Refusal('invalid', 'IssuerUrl is not an address that an issuer can have.')
  }
  if (url.protocol !== 'https:' && !isLoopbackName(url.hostname)) {
    throw new Refusal('invalid', 'IssuerUrl must be https: over http anybody between could sign in as anybody.')
  }
  if (/\/\.well-known\/openid-configuration\/?$/.test(url.pathname)) {
    throw new Refusal('invalid', 'IssuerUrl must be given without /.well-known/openid-configuration.')
  }
}

/** The three names of this very machine. */
export const isLoopbackName = (hostname: string): boolean => ['localhost', '127.0.0.1', '[::1]'].includes(hostname)

/** The text at a claim path; undefined unless there is one, and exactly one. */
export function claimAt(claims: Readonly<Record<string, unknown>>, path: string): string | undefined {
  let value: unknown = claims
  for (const name of path.split('.')) {
    if (typeof value !== 'object' || value === null || Array.isArray(value) || !Object.hasOwn(value, name))
      return undefined
    value = (value as Record<string, unknown>)[name]
  }
  return typeof value === 'string' && value !== '' && value.length <= LONGEST_CLAIM ? value : undefined
}

const LONGEST_CLAIM = 1024
