/** Credentials from a warm cache: fs alone, nothing else is loaded. */

import { readFileSync } from 'node:fs'
import { sha1 } from './sha1.ts'
import { readSimpleConfig, type Values } from './simple-config.ts'
import { formatWarm, print } from './warm-text.ts'

export interface HotSurroundings {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly platform: string
  /** Milliseconds since 1970. */
  readonly now: number
}

/**
 * Prints credentials when that needs no more than two small files, and answers true. Answers false, having printed
 * nothing, whenever the whole program might do anything else: then it must run.
 */
export function printWarmCredentials(typed: readonly string[], surroundings: HotSurroundings): boolean {
  const text = findWarmCredentials(typed, surroundings)
  if (text === undefined) return false
  print(text)
  return true
}

/** What would be printed. */
export function findWarmCredentials(
  typed: readonly string[],
  { env, platform, now }: HotSurroundings,
): string | undefined {
  const options = readOptions(typed)
  const home = env[platform === 'win32' ? 'USERPROFILE' : 'HOME']
  if (!options || !home || LEFT_TO_THE_WHOLE.some((name) => env[name] !== undefined)) return undefined
  if (options.profile === undefined && env['AWS_ACCESS_KEY_ID']) return undefined
  const profileName = options.profile ?? env['AWS_PROFILE'] ?? env['AWS_DEFAULT_PROFILE'] ?? 'default'
  const key = findCacheKey(home, profileName)
  if (key === undefined) return undefined
  const cached = readText(`${home}/.aws/cli/cache/${sha1(key)}.json`)
  return cached === undefined ? undefined : formatWarm(cached, options.format, now)
}

/** Each of these changes where credentials come from, or what is read. */
const LEFT_TO_THE_WHOLE = [
  'AWS_CONFIG_FILE',
  'AWS_SHARED_CREDENTIALS_FILE',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  '_AWS_CLI_PROFILE_CHAIN',
]

interface HotOptions {
  readonly profile?: string
  readonly format: string
}

function readOptions([first, second, ...others]: readonly string[]): HotOptions | undefined {
  const short = first === 'credentials'
  if (!short && (first !== 'configure' || second !== 'export-credentials')) return undefined
  const rest = short && second !== undefined ? [second, ...others] : others
  const options: { profile?: string; format: string } = { format: 'process' }
  for (let index = 0; index < rest.length; index += 1) {
    if (short && rest[index] === '--no-sign-in') continue
    const [, name, attached] = /^--(profile|format)(?:=([\s\S]*))?$/.exec(rest[index] ?? '') ?? []
    const value = attached ?? rest[index + 1]
    if (attached === undefined) index += 1
    if (name === undefined || value === undefined) return undefined
    options[name as 'profile' | 'format'] = value
  }
  return options.format === 'process' || options.format === 'env' ? options : undefined
}

/** What the cache file's name is made of, when the profile plainly says whose credentials it wants. */
function findCacheKey(home: string, profileName: string): string | undefined {
  const text = readText(`${home}/.aws/config`)
  const config = text === undefined ? undefined : readSimpleConfig(text, profileName)
  const profile = config?.profile
  if (!profile || OTHER_SOURCES.some((name) => name in profile) || mayBeInCredentialsFile(home, profileName))
    return undefined
  const { sso_account_id: accountId, sso_role_name: roleName, sso_session: sessionName } = profile
  const session = sessionName === undefined ? undefined : config.sessions[sessionName]
  if (!accountId || !roleName || (sessionName !== undefined && (!session || disagree(profile, session))))
    return undefined
  const { sso_start_url: startUrl, sso_region: region } = session ? { ...profile, ...session } : profile
  if (!startUrl || !region) return undefined
  return JSON.stringify({ accountId, roleName, ...(session ? { sessionName } : { startUrl }) })
}

const OTHER_SOURCES = ['role_arn', 'source_profile', 'credential_source', 'web_identity_token_file']

const disagree = (profile: Values, session: Values): boolean =>
  Object.keys(session).some((name) => name in profile && profile[name] !== session[name])

/** Keys of that file would be laid over the profile's. Its headers are plain names, so it is read as a config of them. */
function mayBeInCredentialsFile(home: string, profileName: string): boolean {
  let text: string | undefined
  try {
    text = readFileSync(`${home}/.aws/credentials`, 'utf8')
  } catch (error) {
    return (error as { code?: unknown }).code !== 'ENOENT'
  }
  return text.includes(`[${profileName}]`) || text.includes('\ufffd') || !readSimpleConfig(text, profileName)
}

function readText(path: string): string | undefined {
  try {
    const text = readFileSync(path, 'utf8')
    return text.includes('\ufffd') ? undefined : text
  } catch {
    return undefined
  }
}
