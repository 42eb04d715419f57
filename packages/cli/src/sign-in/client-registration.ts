/** Registers this machine with an Identity Center, once, and keeps the registration beside the tokens. */

import { after, between, minutes, seconds } from '@mayfly/identity-center/duration'
import type { ServiceClient } from '../endpoints/service-client.ts'
import type { Machine } from '../machine/machine.ts'
import { parseScopes, type SsoConfiguration } from '../shared-config/profile.ts'
import { findMember, findNumber } from './answer.ts'
import {
  formatInstant,
  openTokenCache,
  parseInstant,
  readCacheFile,
  registrationFileName,
  writeCacheFile,
} from './token-cache.ts'

export type SignInGrant = 'authorization_code' | 'device_code'

export interface ClientRegistration {
  readonly clientId: string
  readonly clientSecret: string
  readonly expiresAt: Date
}

export interface RegistrationRequest {
  readonly sso: SsoConfiguration
  readonly grant: SignInGrant
  /** The resolved start URL, which the registration is bound to. */
  readonly issuerUrl: string
}

/** The one scope that every sign-in of ours needs, and the AWS CLI's default. */
export const DEFAULT_SCOPE = 'sso:account:access'

/** The redirect address of every client on this machine; servers leave the port out of account (RFC 8252 §7.3). */
const REGISTERED_REDIRECT_URI = 'http://127.0.0.1/oauth/callback'

/** A registration with less time than this is not used for a new sign-in. */
const LIFE_NEEDED = minutes(15)

/** The scopes that a sso-session names; nothing when it names none, and in the legacy form. */
export function findScopes(sso: SsoConfiguration): readonly string[] | undefined {
  const scopes = parseScopes(sso.registrationScopes)
  return sso.sessionName === undefined || scopes.length === 0 ? undefined : scopes
}

/** The cached registration, or a new one, which is then cached. `fresh` leaves the cached one aside. */
export async function obtainRegistration(
  machine: Machine,
  client: ServiceClient,
  request: RegistrationRequest,
  { fresh = false }: { readonly fresh?: boolean } = {},
): Promise<ClientRegistration> {
  const cached = fresh ? undefined : await findRegistration(machine, request)
  return cached ?? register(machine, client, request)
}

/** The cached registration, if it still lives long enough and was made for this grant: both grants share one file. */
export async function findRegistration(
  machine: Machine,
  { sso, grant }: Pick<RegistrationRequest, 'sso' | 'grant'>,
): Promise<ClientRegistration | undefined> {
  const content = await readCacheFile(machine, await openTokenCache(machine), registrationName(sso))
  if (content === undefined || content === 'damaged') return undefined
  const { clientId, clientSecret, grantTypes } = content
  const expiresAt = parseInstant(content['expiresAt'])
  if (typeof clientId !== 'string' || typeof clientSecret !== 'string' || expiresAt === undefined) return undefined
  const forCode = Array.isArray(grantTypes) && grantTypes.includes('authorization_code')
  if (forCode !== (grant === 'authorization_code')) return undefined
  if (between(machine.clock.now(), expiresAt) < LIFE_NEEDED) return undefined
  return { clientId, clientSecret, expiresAt }
}

/** Forgets the cached registration: the server does not know it. */
export async function forgetRegistration(machine: Machine, sso: SsoConfiguration): Promise<void> {
  await (await openTokenCache(machine)).delete(registrationName(sso))
}

const registrationName = (sso: SsoConfiguration): string => registrationFileName(sso, findScopes(sso))

async function register(
  machine: Machine,
  client: ServiceClient,
  { sso, grant, issuerUrl }: RegistrationRequest,
): Promise<ClientRegistration> {
  const scopes = findScopes(sso)
  const now = machine.clock.now()
  const grantTypes = ['authorization_code', 'refresh_token']
  const output = await client.call('RegisterClient', {
    // The names of the AWS CLI: administrators know them from their logs.
    clientName: `botocore-client-${sso.sessionName ?? Math.floor(now.getTime() / 1000)}`,
    clientType: 'public',
    ...(grant === 'authorization_code'
      ? { grantTypes, redirectUris: [REGISTERED_REDIRECT_URI], issuerUrl, scopes: scopes ?? [DEFAULT_SCOPE] }
      : scopes && { scopes }),
  })
  const registration = {
    clientId: findMember(output, 'clientId') ?? '',
    clientSecret: findMember(output, 'clientSecret') ?? '',
    expiresAt: after(new Date(0), seconds(findNumber(output, 'clientSecretExpiresAt') ?? 0)),
  }
  await writeCacheFile(await openTokenCache(machine), registrationName(sso), {
    clientId: registration.clientId,
    clientSecret: registration.clientSecret,
    expiresAt: formatInstant(registration.expiresAt),
    ...(scopes && { scopes }),
    ...(grant === 'authorization_code' && { grantTypes }),
  })
  return registration
}
