/** Credentials from a warm cache: fs alone, nothing else is loaded. */

import { readFileSync, writeSync } from 'node:fs'
import { sha1 } from './sha1.ts'
import { readSimpleConfig, type Values } from './simple-config.ts'

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
  return cached === undefined ? undefined : format(cached, options.format, now)
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

const QUARTER_OF_AN_HOUR = 900_000
/** What AWS issues looks like this, and needs no quotes anywhere. */
const PLAIN = /^[\w+/=:.@,-]+$/

function format(cached: string, wanted: string, now: number): string | undefined {
  let content: { ProviderType?: unknown; Credentials?: Readonly<Record<string, unknown>> | null } | null
  try {
    content = JSON.parse(cached)
  } catch {
    return undefined
  }
  if (typeof content !== 'object' || content?.ProviderType !== 'sso') return undefined
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = content.Credentials ?? {}
  for (const value of [AccessKeyId, SecretAccessKey, SessionToken, Expiration]) {
    if (typeof value !== 'string' || !PLAIN.test(value)) return undefined
  }
  const instant = String(Expiration)
  const moment = Date.parse(instant)
  if (!(moment - now >= QUARTER_OF_AN_HOUR)) return undefined
  // In whole seconds, and on a day that its month has.
  if (new Date(moment).toISOString().replace('.000', '') !== instant) return undefined
  const end = instant.replace('Z', '+00:00')
  if (wanted === 'env') {
    return `export AWS_ACCESS_KEY_ID=${AccessKeyId}\nexport AWS_SECRET_ACCESS_KEY=${SecretAccessKey}\nexport AWS_SESSION_TOKEN=${SessionToken}\nexport AWS_CREDENTIAL_EXPIRATION=${end}\n`
  }
  return `${JSON.stringify({ Version: 1, AccessKeyId, SecretAccessKey, SessionToken, Expiration: end }, undefined, 2)}\n`
}

/** Touching process.stdout would take milliseconds. A full pipe that does not block says EAGAIN until it is read. */
function print(text: string): void {
  let rest = Buffer.from(text)
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(1, rest))
    } catch (error) {
      const { code } = error as { code?: unknown }
      if (code === 'EPIPE') return
      if (code !== 'EAGAIN') throw error
    }
  }
}
