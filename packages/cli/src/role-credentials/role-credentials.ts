/** From access token to role credentials. */

import { between, type Duration } from '@mayfly/identity-center/duration'
import { Refusal } from '@mayfly/identity-center/refusal'
import { ServiceException } from '@mayfly/wire/model/service-exception'
import { createServiceClient } from '../endpoints/service-client.ts'
import type { Machine } from '../machine/machine.ts'
import type { SsoProfile } from '../shared-config/profile.ts'
import type { Settings } from '../shared-config/settings.ts'
import { expiredSession, getAccessToken } from '../sign-in/access-token.ts'
import { askUnlessUnreachable } from '../sign-in/recent-failure.ts'
import { formatInstant, readToken } from '../sign-in/token-cache.ts'
import { REFRESH_WINDOW } from '../sign-in/token-state.ts'
import { nameRefusedProfile } from './refused-profile.ts'
import {
  cacheRoleCredentials,
  findCachedRoleCredentials,
  type RoleCredentials,
  roleCacheFileName,
} from './role-cache.ts'

/**
 * Credentials for a profile's role: from the cache while `left` (15 minutes when not said) remains, and then no access
 * token is needed; otherwise from the portal, by one process at a time.
 */
export async function getRoleCredentials(
  machine: Machine,
  settings: Settings,
  profile: SsoProfile,
  left: Duration = REFRESH_WINDOW,
): Promise<RoleCredentials> {
  const cached = await findUsable(machine, profile, left)
  if (cached) return cached
  const name = roleCacheFileName(profile)
  const askedAt = machine.clock.now()
  return machine.lock.withLock(`role:${name}`, async () => {
    const newer = await findUsable(machine, profile, left)
    if (newer) return newer
    return askUnlessUnreachable(machine, { name, askedAt }, () => fetchRoleCredentials(machine, settings, profile))
  })
}

async function findUsable(machine: Machine, profile: SsoProfile, left: Duration): Promise<RoleCredentials | undefined> {
  const cached = await findCachedRoleCredentials(machine, profile)
  return cached && between(machine.clock.now(), cached.expiration) >= left ? cached : undefined
}

async function fetchRoleCredentials(
  machine: Machine,
  settings: Settings,
  profile: SsoProfile,
): Promise<RoleCredentials> {
  const token = await getAccessToken(machine, settings, profile, profile.profileName)
  const { region, startUrl, accountId, roleName } = profile
  const client = await createServiceClient(machine, settings, 'sso', { region, startUrl })
  const output = await client
    .call('GetRoleCredentials', { accountId, roleName, accessToken: token.accessToken })
    .catch((error: unknown) => {
      if (isUnauthorized(error)) throw expiredSession(profile, profile.profileName, machine, token.accessToken)
      throw nameRefusedProfile(error, profile)
    })
  const credentials = parseOutput(output)
  if (credentials.expiration <= machine.clock.now()) {
    throw new Refusal('invalid', 'Credentials were refreshed, but the refreshed credentials are still expired.', {
      hint: `Is this computer's clock right? It says ${formatInstant(machine.clock.now())}.`,
    })
  }
  const current = await readToken(machine, profile)
  // Somebody signed in or out meanwhile: these credentials may be another person's, so they are not left behind.
  if (current.found === 'token' && current.token.accessToken === token.accessToken)
    await cacheRoleCredentials(machine, profile, credentials)
  return credentials
}

const isUnauthorized = (error: unknown): boolean =>
  error instanceof ServiceException && (error.name === 'UnauthorizedException' || error.statusCode === 401)

function parseOutput(output: Readonly<Record<string, unknown>>): RoleCredentials {
  const members = (output['roleCredentials'] ?? {}) as Record<string, unknown>
  const { accessKeyId, secretAccessKey, sessionToken, expiration } = members
  if (typeof accessKeyId === 'string' && typeof secretAccessKey === 'string' && typeof sessionToken === 'string') {
    const moment = new Date(Math.floor(Number(expiration) / 1000) * 1000)
    if (!Number.isNaN(moment.getTime())) return { accessKeyId, secretAccessKey, sessionToken, expiration: moment }
  }
  throw new Refusal('invalid', 'The portal answered without credentials.')
}
