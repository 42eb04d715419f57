/** What both ways of signing in share: what they are given, and the token that comes out. */

import { after, seconds } from '@mayfly/identity-center/duration'
import { Refusal } from '@mayfly/identity-center/refusal'
import { ServiceException } from '@mayfly/wire/model/service-exception'
import type { ServiceClient } from '../endpoints/service-client.ts'
import type { Machine } from '../machine/machine.ts'
import type { SsoConfiguration } from '../shared-config/profile.ts'
import { findMember, findNumber } from './answer.ts'
import type { ShownPage, SignInPage } from './shown-page.ts'
import { signInHint } from './sign-in-required.ts'
import type { CachedToken } from './token-cache.ts'

export interface SignIn {
  /** The sso-oidc service. */
  readonly client: ServiceClient
  /** As configured, with the region that is used: cache names and the token's members come from here. */
  readonly sso: SsoConfiguration
  /** The resolved start URL. */
  readonly issuerUrl: string
  /** Below which address the page for the browser lies. */
  readonly pages: string
  /** The status that a page of ours answers with, or nothing; missing where pages are not to be asked beforehand. */
  readonly findStatus?: (url: string) => Promise<number | undefined>
  /** Gives the sign-in up. */
  readonly signal?: AbortSignal
  /** Prints where to go, and opens it; returns at once. What it shows is closed when the sign-in is over. */
  show(page: SignInPage): ShownPage
}

/** A token as it is kept, from CreateToken's answer. Its end is counted from `now`, the moment of the answer. */
export function tokenOf(
  output: unknown,
  sso: SsoConfiguration,
  registration: Required<Pick<CachedToken, 'clientId' | 'clientSecret' | 'registrationExpiresAt'>>,
  now: Date,
): CachedToken {
  const accessToken = findMember(output, 'accessToken')
  if (accessToken === undefined) throw new Refusal('invalid', 'The server answered CreateToken without a token.')
  const refreshToken = findMember(output, 'refreshToken')
  return {
    startUrl: sso.startUrl,
    region: sso.region,
    accessToken,
    expiresAt: after(now, seconds(findNumber(output, 'expiresIn') ?? 0)),
    ...registration,
    ...(refreshToken !== undefined && { refreshToken }),
  }
}

/** The sign-in was not finished in time. */
export const expired = (sso: SsoConfiguration, { platform }: Pick<Machine, 'platform'>): Refusal =>
  new Refusal(
    'forbidden',
    'The pending authorization to retrieve an SSO token has expired. The login flow to retrieve an SSO token must be restarted.',
    { hint: signInHint(sso, undefined, platform) },
  )

/** True for the service's word that a code has expired. */
export const isExpired = (error: unknown): boolean =>
  error instanceof ServiceException && error.name === 'ExpiredTokenException'
