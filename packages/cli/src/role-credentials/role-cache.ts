/** ~/.aws/cli/cache, where AWS CLI v2 keeps role credentials. */

import { sha1 } from '../hot/sha1.ts'
import type { Machine } from '../machine/machine.ts'
import { type CacheFolder, openCacheFolder } from '../sealed/cache-folder.ts'
import type { SsoProfile } from '../shared-config/profile.ts'
import { formatText } from '../sign-in/python-json.ts'
import { formatInstant, parseInstant, readCacheFile, writeCacheFile } from '../sign-in/token-cache.ts'

export interface RoleCredentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken: string
  readonly expiration: Date
}

/** The name of the file for a profile's account, role, and session or start URL: SHA-1 of the JSON of the three. */
export function roleCacheFileName({ accountId, roleName, sessionName, startUrl }: RoleKey): string {
  const where = sessionName === undefined ? ['startUrl', startUrl] : ['sessionName', sessionName]
  const pairs = [['accountId', accountId], ['roleName', roleName], where]
  const json = `{${pairs.map(([name = '', value = '']) => `${formatText(name)}:${formatText(value)}`).join(',')}}`
  return `${sha1(json)}.json`
}

type RoleKey = Pick<SsoProfile, 'accountId' | 'roleName' | 'sessionName' | 'startUrl'>

/** Cached credentials, whatever time they have left; nothing when there are none or the file is not one of ours. */
export async function findCachedRoleCredentials(machine: Machine, key: RoleKey): Promise<RoleCredentials | undefined> {
  const content = await readCacheFile(machine, await openCacheFolder(machine, 'cli'), roleCacheFileName(key))
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

/** Writes credentials where AWS CLI v2 finds them, or seals them. A cache that cannot be written costs speed, not credentials. */
export async function cacheRoleCredentials(
  machine: Machine,
  profile: SsoProfile,
  credentials: RoleCredentials,
): Promise<void> {
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
  const folder = await openCacheFolder(machine, 'cli')
  await writeCacheFile(folder, roleCacheFileName(profile), content).catch(() => undefined)
}

/** Deletes the cached credentials that came from a sign-in, but for the files named in `kept`. */
export async function deleteRoleCredentials(
  machine: Machine,
  kept: ReadonlySet<string> = new Set(),
  unopened: ReadonlyMap<string, string> = new Map(),
): Promise<void> {
  const folder = await openCacheFolder(machine, 'cli')
  for (const name of await folder.list()) {
    if (!name.endsWith('.json') || kept.has(name)) continue
    // Nothing else is sealed: what cannot be opened came from a sign-in as well.
    if (unopened.has(name) || (await isOfSignIn(machine, folder, name))) await folder.delete(name)
  }
}

async function isOfSignIn(machine: Machine, folder: CacheFolder, name: string): Promise<boolean> {
  const content = await readCacheFile(machine, folder, name)
  return content !== undefined && content !== 'damaged' && content['ProviderType'] === 'sso'
}
