/** ~/.aws/sso/cache, as the AWS CLI writes it. */

import { type Duration, milliseconds } from '@mayfly/identity-center/duration'
import { isAwsOwnedHost } from '../endpoints/start-url-host.ts'
import { sha1 } from '../hot/sha1.ts'
import type { Machine } from '../machine/machine.ts'
import { type CacheFolder, openCacheFolder } from '../sealed/cache-folder.ts'
import { DamagedRecord } from '../sealed/damaged-record.ts'
import type { SsoConfiguration } from '../shared-config/profile.ts'
import { formatPythonJson } from './python-json.ts'

/** What the cache knows of a signed-in sso-session, or of a start URL in the legacy form. */
export interface CachedToken {
  readonly startUrl: string
  readonly region: string
  readonly accessToken: string
  readonly expiresAt: Date
  readonly clientId?: string
  readonly clientSecret?: string
  readonly registrationExpiresAt?: Date
  readonly refreshToken?: string
}

/** What is in a token file: a token, a file that is not one, or nothing. */
export type TokenFile =
  | { readonly found: 'token'; readonly token: CachedToken }
  | { readonly found: 'damaged'; readonly path: string }
  | { readonly found: 'nothing' }

/** The folder of tokens and client registrations. */
export const openTokenCache = (machine: Machine): Promise<CacheFolder> => openCacheFolder(machine, 'sso')

/** What to do about a cache in which nothing can be kept. */
export const unwritableCache = ({ place }: CacheFolder): string =>
  `${place} cannot be written. Make it writable, or make room on its disk.`

/** The name of a session's token file: SHA-1 of the session name alone, or of the start URL exactly as configured. */
export const tokenFileName = ({ sessionName, startUrl }: Pick<SsoConfiguration, 'sessionName' | 'startUrl'>): string =>
  `${sha1(sessionName ?? startUrl)}.json`

/** The name of a client registration's file. `scopes` as they are asked for; none in the legacy form. */
export function registrationFileName(
  { sessionName, startUrl, region }: Pick<SsoConfiguration, 'sessionName' | 'startUrl' | 'region'>,
  scopes: readonly string[] | undefined,
): string {
  const known = { region, scopes: scopes ?? null, session_name: sessionName ?? null, startUrl, tool: 'botocore' }
  return `${sha1(formatPythonJson(known))}.json`
}

/** A moment as every reader of the cache takes it: whole seconds and a literal Z. */
export const formatInstant = (moment: Date): string => `${moment.toISOString().slice(0, 19)}Z`

/** Reads what other tools write: milliseconds, offsets, and `UTC` in place of `Z` (botocore before 2019). */
export function parseInstant(text: unknown): Date | undefined {
  if (typeof text !== 'string' || !/^\d{4}-\d\d-\d\d/.test(text)) return undefined
  const plain = text.trim().replace(/\s*UTC$/, 'Z')
  const zoned = /(?:Z|[+-]\d\d:?\d\d)$/.test(plain) ? plain : `${plain}Z`
  const moment = new Date(zoned)
  return Number.isNaN(moment.getTime()) ? undefined : moment
}

/** The lock under which a session's token is refreshed or signed in for: whoever holds it reads the file again first. */
export const tokenLockName = (sso: Pick<SsoConfiguration, 'sessionName' | 'startUrl'>): string =>
  `token:${tokenFileName(sso)}`

/** The lock under which a command that needs a token signs in: the others wait for it. */
export const signInLockName = (sso: Pick<SsoConfiguration, 'sessionName' | 'startUrl'>): string =>
  `sign-in:${tokenFileName(sso)}`

/** What people call it: the sso-session's name, or the start URL in the legacy form. */
export const signInName = ({ sessionName, startUrl }: Pick<SsoConfiguration, 'sessionName' | 'startUrl'>): string =>
  sessionName ?? startUrl

const TORN_READ_PAUSE: Duration = milliseconds(5)
/**
 * A file that does not change for so many pauses, a second, was left like this. Measured: on a machine that is busy, a writer
 * may wait a tenth of a second between its truncating and its writing.
 */
const STILL_PAUSES = 200
/** And one that is written again and again is waited for no longer than three seconds. */
const MOST_PAUSES = 600

/**
 * A JSON object from a file of the cache. The AWS CLI truncates a file and then writes it, so that a reader may see it
 * empty or cut off: such a file is read again, while it changes and for a moment more, before it counts as damaged.
 */
export async function readCacheFile(
  machine: Machine,
  folder: CacheFolder,
  name: string,
): Promise<Record<string, unknown> | 'damaged' | undefined> {
  let [stamp, still] = ['', 0]
  for (let pauses = 0; ; pauses += 1) {
    const text = await folder.read(name).catch(damagedOrThrow)
    if (text === undefined || text === 'damaged') return text
    const parsed = parseObject(text)
    if (parsed) return parsed
    const newer = (await machine.files.stamp(folder.pathOf(name))) ?? ''
    still = newer === stamp ? still + 1 : 0
    stamp = newer
    if (still === STILL_PAUSES || pauses === MOST_PAUSES) return 'damaged'
    await machine.clock.sleep(TORN_READ_PAUSE)
  }
}

/** A sealed record that does not open is damaged for good: it was written in one step. */
function damagedOrThrow(error: unknown): 'damaged' {
  if (error instanceof DamagedRecord) return 'damaged'
  throw error
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  } catch {
    // Torn or damaged: the caller reads again.
  }
  return undefined
}

/** Replaces a file of the cache in one step, for its owner's eyes alone. */
export const writeCacheFile = (folder: CacheFolder, name: string, content: object): Promise<void> =>
  folder.write(name, formatPythonJson(content))

/** What the cache holds for a session. */
export async function readToken(machine: Machine, sso: SsoConfiguration): Promise<TokenFile> {
  const folder = await openTokenCache(machine)
  const name = tokenFileName(sso)
  const content = await readCacheFile(machine, folder, name)
  if (content === undefined) return { found: 'nothing' }
  const token = content === 'damaged' ? undefined : parseToken(content)
  if (token && isOfAnother(token, sso)) return { found: 'nothing' }
  return token ? { found: 'token', token } : { found: 'damaged', path: folder.pathOf(name) }
}

/**
 * Whether a token is of another Identity Center than the configured: two organizations may call their sessions alike. One
 * that is not AWS's is found by its start URL, and would be sent what another has issued.
 */
function isOfAnother(token: CachedToken, { startUrl }: SsoConfiguration): boolean {
  const [issuer, configured] = [URL.parse(token.startUrl), URL.parse(startUrl)]
  return !!issuer && !!configured && !isAwsOwnedHost(configured.hostname) && issuer.origin !== configured.origin
}

/** A token from a file's members; nothing when one that every reader needs is missing. */
function parseToken(content: Record<string, unknown>): CachedToken | undefined {
  const accessToken = findText(content, 'accessToken')
  const expiresAt = parseInstant(content['expiresAt'])
  if (accessToken === undefined || expiresAt === undefined) return undefined
  const clientId = findText(content, 'clientId')
  const clientSecret = findText(content, 'clientSecret')
  const registrationExpiresAt = parseInstant(content['registrationExpiresAt'])
  const refreshToken = findText(content, 'refreshToken')
  return {
    startUrl: findText(content, 'startUrl') ?? '',
    region: findText(content, 'region') ?? '',
    accessToken,
    expiresAt,
    ...(clientId !== undefined && { clientId }),
    ...(clientSecret !== undefined && { clientSecret }),
    ...(registrationExpiresAt !== undefined && { registrationExpiresAt }),
    ...(refreshToken !== undefined && { refreshToken }),
  }
}

const findText = (content: Record<string, unknown>, name: string): string | undefined => {
  const value = content[name]
  return typeof value === 'string' && value !== '' ? value : undefined
}

const MEMBERS: ReadonlySet<string> = new Set([
  'startUrl',
  'region',
  'accessToken',
  'expiresAt',
  'clientId',
  'clientSecret',
  'registrationExpiresAt',
  'refreshToken',
])

/** Writes a session's token. Members that another tool put beside ours are kept, as the JavaScript and Go SDKs do. */
export async function writeToken(machine: Machine, sso: SsoConfiguration, token: CachedToken): Promise<void> {
  const folder = await openTokenCache(machine)
  const name = tokenFileName(sso)
  const former = parseObject((await folder.read(name).catch(damagedOrThrow)) ?? '')
  const foreign = Object.entries(former ?? {}).filter(([name]) => !MEMBERS.has(name))
  await writeCacheFile(folder, name, { ...tokenMembers(token), ...Object.fromEntries(foreign) })
}

/** A token's members in the order and form of the AWS CLI. */
const tokenMembers = (token: CachedToken): Record<string, string> => ({
  startUrl: token.startUrl,
  region: token.region,
  accessToken: token.accessToken,
  expiresAt: formatInstant(token.expiresAt),
  ...(token.clientId !== undefined && { clientId: token.clientId }),
  ...(token.clientSecret !== undefined && { clientSecret: token.clientSecret }),
  ...(token.registrationExpiresAt !== undefined && {
    registrationExpiresAt: formatInstant(token.registrationExpiresAt),
  }),
  ...(token.refreshToken !== undefined && { refreshToken: token.refreshToken }),
})

/** A token file as `sso logout` and `status` meet it. */
export interface TokenOnDisk {
  readonly path: string
  /** Whose key this is cannot be told from the file: the name is a hash. */
  readonly fileName: string
  readonly accessToken: string
  readonly region?: string
  readonly startUrl?: string
  readonly expiresAt?: Date
}

/** Every file of the cache that holds an access token, also those of other tools; what cannot be read is passed over. */
export async function listTokens(machine: Machine): Promise<readonly TokenOnDisk[]> {
  const tokens: TokenOnDisk[] = []
  for (const fileName of await (await openTokenCache(machine)).list()) {
    const token = fileName.endsWith('.json') ? await findTokenOnDisk(machine, fileName) : undefined
    if (token) tokens.push(token)
  }
  return tokens
}

/** The access token in a file of the cache; nothing where none can be read. */
export async function findTokenOnDisk(machine: Machine, fileName: string): Promise<TokenOnDisk | undefined> {
  const folder = await openTokenCache(machine)
  const content = await readCacheFile(machine, folder, fileName)
  const accessToken = typeof content === 'object' ? findText(content, 'accessToken') : undefined
  if (typeof content !== 'object' || accessToken === undefined) return undefined
  const region = findText(content, 'region')
  const startUrl = findText(content, 'startUrl')
  const expiresAt = parseInstant(content['expiresAt'])
  return {
    path: folder.pathOf(fileName),
    fileName,
    accessToken,
    ...(region !== undefined && { region }),
    ...(startUrl !== undefined && { startUrl }),
    ...(expiresAt !== undefined && { expiresAt }),
  }
}
