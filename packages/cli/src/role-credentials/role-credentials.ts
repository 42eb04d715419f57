/** From access token to role credentials, by way of ~/.aws/cli/cache. */

import { createHash } from 'node:crypto'
import { between } from '@mayfly/identity-center/duration'
import { Refusal } from '@mayfly/identity-center/refusal'
import { ServiceException } from '@mayfly/wire/model/service-exception'
import { createServiceClient } from '../endpoints/service-client.ts'
import type { Machine } from '../machine/machine.ts'
import { joinPath } from '../shared-config/paths.ts'
import type { SsoProfile } from '../shared-config/profile.ts'
import type { Settings } from '../shared-config/settings.ts'
import { expiredSession, getAccessToken } from '../sign-in/access-token.ts'
import { formatText } from '../sign-in/python-json.ts'
import { REFRESH_WINDOW } from '../sign-in/refresh.ts'
import { formatInstant, parseInstant, readCacheFile, readToken, writeCacheFile } from '../sign-in/token-cache.ts'

export interface RoleCredentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken: string
  readonly expiration: Date
}

/** The folder that AWS CLI v2 shares role credentials in. It does not move with AWS_CONFIG_FILE. */
export const roleCacheFolder = (machine: Machine): string => joinPath(machine, machine.home, '.aws', 'cli', 'cache')

/** The name of the file for a profile's account, role, and session or start URL: SHA-1 of the JSON of the three. */
export function roleCacheFileName({ accountId, roleName, sessionName, startUrl }: RoleKey): string {
  const where = sessionName === undefined ? ['startUrl', startUrl] : ['sessionName', sessionName]
  const pairs = [['accountId', accountId], ['roleName', roleName], where]
  const json = `{${pairs.map(([name = '', value = '']) => `${formatText(name)}:${formatText(value)}`).join(',')}}`
  return `${createHash('sha1').update(json).digest('hex')}.json`
}

type RoleKey = Pick<SsoProfile, 'accountId' | 'roleName' | 'sessionName' | 'startUrl'>

/** Cached credentials, whatever time they have left; nothing when there are none or the file is not one of ours. */
export async function findCachedRoleCredentials(machine: Machine, key: RoleKey): Promise<RoleCredentials | undefined> {
  const content = await readCacheFile(machine, joinPath(machine, roleCacheFolder(machine), roleCacheFileName(key)))
  if (content === undefined || content === 'damaged' || content['ProviderType'] !== 'sso') return undefined
  const credentials = content['Credentials']
  return typeof credentials === 'object' && credentials !== null
    ? parseRoleCredentials(credentials as Record<string, unknown>)
    : undefined
}

function parseRoleCredentials(content: Record<string, unknown>): RoleCredentials | undefined {
  const { AccessKeyId, SecretAccessKey, SessionToken } = content
  const expiration = parseInstant(content['Expiration'])
  if (typeof AccessKeyId !== 'string' || typeof SecretAccessKey !== 'string') return undefined
  if (typeof SessionToken !== 'string' || !expiration) return undefined
  return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken, expiration }
}

/**
 * Credentials for a profile's role: from the cache while 15 minutes are left, and then no access token is needed;
 * otherwise from the portal, by one process at a time.
 */
export async function getRoleCredentials(
  machine: Machine,
  settings: Settings,
  profile: SsoProfile,
): Promise<RoleCredentials> {
  const cached = await findUsable(machine, profile)
  if (cached) return cached
  return machine.lock.withLock(`role:${roleCacheFileName(profile)}`, async () => {
    return (await findUsable(machine, profile)) ?? (await fetchRoleCredentials(machine, settings, profile))
  })
}

async function findUsable(machine: Machine, profile: SsoProfile): Promise<RoleCredentials | undefined> {
  const cached = await findCachedRoleCredentials(machine, profile)
  return cached && between(machine.clock.now(), cached.expiration) >= REFRESH_WINDOW ? cached : undefined
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
      if (isUnauthorized(error)) throw expiredSession(profile, profile.profileName, machine)
      throw error
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
    await cache(machine, profile, credentials)
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

async function cache(machine: Machine, profile: SsoProfile, credentials: RoleCredentials): Promise<void> {
  const path = joinPath(machine, roleCacheFolder(machine), roleCacheFileName(profile))
  const content = {
    ProviderType: 'sso',
    Credentials: {
      AccessKeyId: credentials.accessKeyId,
      SecretAccessKey: credentials.secretAccessKey,
      SessionToken: credentials.sessionToken,
      Expiration: formatInstant(credentials.expiration),
      AccountId: profile.accountId,
    },
  }
  // A read-only cache costs speed, not credentials.
  await writeCacheFile(machine, path, content).catch(() => undefined)
}

/**
 * Deletes all cached credentials that came from a sign-in. `sso logout` does it, and so does a sign-in: the files do not
 * say whose they are, and the next person must not be served them (specification §4.6).
 */
export async function deleteRoleCredentials(machine: Machine): Promise<void> {
  const folder = roleCacheFolder(machine)
  for (const name of await machine.files.list(folder)) {
    if (!name.endsWith('.json')) continue
    const path = joinPath(machine, folder, name)
    const content = await readCacheFile(machine, path)
    if (content === undefined || content === 'damaged' || content['ProviderType'] !== 'sso') continue
    await machine.files.delete(path)
  }
}
