/** What AWS's caches hold in plain text, and what of it belongs to the sessions of the config file. */

import type { Machine } from '../../machine/machine.ts'
import { type CacheFolder, type CacheName, openPlainFolder, openSharedFolder } from '../../sealed/cache-folder.ts'
import { joinPath } from '../../shared-config/paths.ts'
import type { SsoConfiguration } from '../../shared-config/profile.ts'
import { findText, type SharedConfig } from '../../shared-config/shared-config.ts'
import { findScopes } from '../../sign-in/client-registration.ts'
import { readCacheFile, registrationFileName, tokenFileName } from '../../sign-in/token-cache.ts'

export interface PlainFile {
  readonly cache: CacheName
  readonly name: string
}

export interface PlainFiles {
  /** Tokens and registrations of the configured sessions, and role credentials that came from a sign-in. */
  readonly own: readonly PlainFile[]
  /** Half-written files that a killed process left behind. */
  readonly leftovers: readonly PlainFile[]
  /** Paths of other files with secrets: of other tools, or of sessions that the config file does not name. */
  readonly foreign: readonly string[]
}

const CACHES: readonly CacheName[] = ['sso', 'cli']

export async function listPlainFiles(machine: Machine, config: SharedConfig): Promise<PlainFiles> {
  const names = namesOfSessions(config)
  const own: PlainFile[] = []
  const leftovers: PlainFile[] = []
  const foreign: string[] = []
  for (const cache of CACHES) {
    const folder = openSharedFolder(machine, cache)
    for (const name of await folder.list()) {
      if (/^\.[0-9a-f]{40}\.json\..+\.tmp$/.test(name)) leftovers.push({ cache, name })
      if (!name.endsWith('.json')) continue
      const content = await readCacheFile(machine, folder, name)
      if (content === undefined) continue
      const isOwn = cache === 'sso' ? names.has(name) : content !== 'damaged' && content['ProviderType'] === 'sso'
      if (isOwn) own.push({ cache, name })
      else if (content !== 'damaged' && holdsSecret(content)) foreign.push(folder.pathOf(name))
    }
  }
  return { own, leftovers, foreign: [...foreign, ...(await listLoginFiles(machine))] }
}

/** Where `aws login` of newer AWS CLIs keeps what it signs in with; Mayfly never writes there. */
async function listLoginFiles(machine: Machine): Promise<readonly string[]> {
  const folder = openPlainFolder(machine, joinPath(machine, machine.home, '.aws', 'login', 'cache'))
  return (await folder.list()).filter((name) => name.endsWith('.json')).map((name) => folder.pathOf(name))
}

const SECRETS = ['accessToken', 'refreshToken', 'clientSecret', 'Credentials']

const holdsSecret = (content: Readonly<Record<string, unknown>>): boolean => SECRETS.some((name) => name in content)

/** The names that files of the configured sessions and start URLs have in `~/.aws/sso/cache`. */
function namesOfSessions(config: SharedConfig): ReadonlySet<string> {
  return new Set(
    listSessions(config).flatMap((sso) => [tokenFileName(sso), registrationFileName(sso, findScopes(sso))]),
  )
}

function listSessions({ ssoSessions, profiles }: SharedConfig): readonly SsoConfiguration[] {
  const sessions = [...ssoSessions].map(([sessionName, section]) => {
    const scopes = findText(section, 'sso_registration_scopes')
    const startUrl = findText(section, 'sso_start_url') ?? ''
    const region = findText(section, 'sso_region') ?? ''
    return { sessionName, startUrl, region, ...(scopes !== undefined && { registrationScopes: scopes }) }
  })
  const legacy = [...profiles.values()].flatMap((profile) => {
    const startUrl = findText(profile, 'sso_start_url')
    if (startUrl === undefined || profile.has('sso_session')) return []
    return [{ startUrl, region: findText(profile, 'sso_region') ?? '' }]
  })
  return [...sessions, ...legacy]
}

/**
 * Copies a file into a folder, unless one lies there that ends later: a token that was refreshed meanwhile is worth more.
 * Answers whether what lies there now is at least as good as what was copied.
 */
export async function carryFile(from: CacheFolder, to: CacheFolder, name: string): Promise<boolean> {
  const text = await from.read(name)
  if (text === undefined) return true
  const there = await to.read(name).catch(() => undefined)
  if (there === undefined || endOf(there) < endOf(text)) await to.write(name, text)
  const kept = await to.read(name)
  return kept !== undefined && endOf(kept) >= endOf(text)
}

/** When the token, registration or credentials end, in milliseconds since 1970; before everything when nothing says it. */
function endOf(text: string): number {
  try {
    const { expiresAt, Credentials } = JSON.parse(text) as { expiresAt?: string; Credentials?: { Expiration?: string } }
    return Date.parse(expiresAt ?? Credentials?.Expiration ?? '') || 0
  } catch {
    return -1
  }
}
