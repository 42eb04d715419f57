/** A start URL: whose Identity Center it leads to, and in which region. */

import { seconds } from '@mayfly/identity-center/duration'
import type { HttpSettings } from '../machine/http.ts'
import type { Machine } from '../machine/machine.ts'
import { ConfigurationRefusal } from '../shared-config/configuration-refusal.ts'
import { joinPath, ownFolder } from '../shared-config/paths.ts'
import { findOwnEndpoint, isAwsOwnedHost, isLoopbackHost } from './start-url-host.ts'

/** Where a start URL leads: to AWS, in the region that the address names if it names one, or to its own host. */
export interface ResolvedStartUrl {
  readonly owner: 'aws' | 'self'
  /** What the server is told as issuerUrl or startUrl. */
  readonly startUrl: string
  readonly region?: string
}

/** Host names that carry their region, with the region's place. */
const HOSTS_WITH_REGION = [
  /^[^.]+\.portal\.([a-z0-9-]+)\.app\.aws$/,
  /^[^.]+\.([a-z0-9-]+)\.portal\.amazonaws\.com(?:\.cn)?$/,
  /^[^.]+\.portal\.([a-z0-9-]+)\.app\.amazonwebservices\.com\.cn$/,
  /^[^.]+\.([a-z0-9-]+)\.portal\.amazonaws\.eu$/,
  /^[^.]+\.portal\.([a-z0-9-]+)\.api\.amazonwebservices\.eu$/,
]

/** True for an address whose host belongs to AWS's access portals. */
export const isAwsStartUrl = (startUrl: string): boolean => isAwsOwnedHost(parseUrl(startUrl)?.hostname ?? '')

/** The region that an AWS start URL names; `*.awsapps.com` names none. */
export function findStartUrlRegion(startUrl: string): string | undefined {
  const host = parseUrl(startUrl)?.hostname ?? ''
  for (const pattern of HOSTS_WITH_REGION) {
    const region = pattern.exec(host)?.[1]
    if (region !== undefined) return region
  }
  return undefined
}

/**
 * The check of the AWS CLI's prompt: a host name of DNS labels, and none of the characters that browsers throw away.
 * Beyond that, plain http only where it stays on this computer.
 */
export function isValidStartUrl(startUrl: string): boolean {
  const host = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i.exec(startUrl)?.[1]?.replace(/^.*@/, '').replace(/:\d*$/, '')
  if (host === undefined || /[\t\r\n]/.test(startUrl) || !URL.canParse(startUrl)) return false
  if (startUrl.startsWith('http:') && !isLoopbackHost(new URL(startUrl).hostname)) return false
  if (host === '[::1]') return true
  const labels = host.replace(/\.$/, '').split('.')
  return host.length <= 255 && labels.every((label) => /^(?!-)[a-z0-9-]{1,63}(?<!-)$/i.test(label))
}

/** The start URL as the server is told it: without default port, trailing slashes, query and fragment. */
export function normalizeStartUrl(startUrl: string): string {
  const url = parseUrl(startUrl)
  return url ? `${url.protocol}//${url.host}${url.pathname.replace(/\/+$/, '')}` : startUrl
}

function parseUrl(text: string): URL | undefined {
  try {
    return new URL(text)
  } catch {
    return undefined
  }
}

/**
 * Finds out where a start URL leads. AWS's own hosts and this machine's are taken as they are. Any other host is asked
 * whether it is an Identity Center itself; if not, it must redirect to one of AWS's (a vanity URL). What cannot be
 * resolved is refused as configuration, in the AWS CLI's words.
 */
export async function resolveStartUrl(
  machine: Machine,
  startUrl: string,
  settings: HttpSettings,
): Promise<ResolvedStartUrl> {
  // One attempt each: a host that does not answer is not a reason to wait three times.
  const http = { ...settings, attempts: 1 }
  const url = parseUrl(startUrl)
  const loopback = isLoopbackHost(url?.hostname ?? '')
  if (url?.protocol !== 'https:' && !(url?.protocol === 'http:' && loopback)) {
    throw new ConfigurationRefusal('The sso_start_url must use the https scheme.', {
      hint: 'Plain http is taken for this computer alone: http://localhost or http://127.0.0.1.',
    })
  }
  // The configured region counts, whatever the address says: an instance may answer in several.
  if (isAwsStartUrl(startUrl)) return { owner: 'aws', startUrl }
  if (loopback) return { owner: 'self', startUrl }
  if (await isIdentityCenter(machine, startUrl, http)) return remember(machine, startUrl, { owner: 'self', startUrl })
  const target = await findRedirect(machine, startUrl, http)
  if (parseUrl(target)?.protocol !== 'https:') throw unresolved(`Resolved URL must use https. Got: '${target}'`)
  if (isAwsStartUrl(target)) return remember(machine, startUrl, awsStartUrl(normalizeStartUrl(target), target))
  throw unresolved(`Could not resolve start URL '${startUrl}' to an AWS-owned endpoint. Final URL: '${target}'`)
}

/** How long a person waits between two questions: the AWS CLI's limit (specification §5). */
const PROMPT_TIMEOUT = seconds(10)

/** The same, with the region that an Identity Center of one's own names when it is asked where its start URL leads. */
export async function resolveInRegion(
  machine: Machine,
  startUrl: string,
  settings: HttpSettings,
): Promise<ResolvedStartUrl> {
  const http = { ...settings, connectTimeout: PROMPT_TIMEOUT, readTimeout: PROMPT_TIMEOUT }
  const resolved = await resolveStartUrl(machine, startUrl, http)
  if (resolved.owner === 'aws') return resolved
  // Ours redirects HEAD to an address of AWS's shape, for the AWS CLI's sake.
  const region = findStartUrlRegion(await findRedirect(machine, startUrl, { ...http, attempts: 1 }).catch(() => ''))
  return region === undefined ? resolved : { ...resolved, region }
}

function awsStartUrl(startUrl: string, target: string): ResolvedStartUrl {
  const region = findStartUrlRegion(target)
  return { owner: 'aws', startUrl, ...(region === undefined ? {} : { region }) }
}

const unresolved = (message: string): ConfigurationRefusal =>
  new ConfigurationRefusal(message, { hint: 'Check the start URL: mayfly configure sso-session' })

/**
 * The start URL that services are found by: a vanity URL's target, anything else as it is. What a vanity URL leads to is
 * remembered, so that only a sign-in asks again: an access token must never travel to the host that merely redirects.
 */
export async function findServiceStartUrl(machine: Machine, startUrl: string, http: HttpSettings): Promise<string> {
  const host = parseUrl(startUrl)?.hostname ?? ''
  if (isAwsOwnedHost(host) || isLoopbackHost(host)) return startUrl
  const remembered = (await readMemory(machine))[startUrl]
  if (remembered !== undefined) return remembered
  return (await resolveStartUrl(machine, startUrl, http)).startUrl
}

/** Where resolved start URLs are remembered. */
const memoryPath = (machine: Machine): string => joinPath(machine, ownFolder(machine), 'start-urls.json')

async function readMemory(machine: Machine): Promise<Readonly<Record<string, string>>> {
  try {
    const memory: unknown = JSON.parse((await machine.files.readText(memoryPath(machine))) ?? '{}')
    return typeof memory === 'object' && memory !== null ? (memory as Record<string, string>) : {}
  } catch {
    return {}
  }
}

async function remember(machine: Machine, configured: string, resolved: ResolvedStartUrl): Promise<ResolvedStartUrl> {
  const memory = await readMemory(machine)
  if (memory[configured] === resolved.startUrl) return resolved
  const text = JSON.stringify({ ...memory, [configured]: resolved.startUrl }, undefined, 2)
  // What cannot be remembered is asked again.
  await machine.files.write(memoryPath(machine), text).catch(() => undefined)
  return resolved
}

/** Answers of the portal's ListAccounts to somebody without a token; an ordinary web server gives none of them. */
const PORTAL_REFUSALS = ['UnauthorizedException', 'InvalidRequestException']

async function isIdentityCenter(machine: Machine, startUrl: string, http: HttpSettings): Promise<boolean> {
  try {
    const url = `${findOwnEndpoint(startUrl)}/assignment/accounts`
    const answer = await machine.http.send({ method: 'GET', url, headers: {} }, http)
    const error = /^[^:]*/.exec(answer.headers['x-amzn-errortype'] ?? '')?.[0] ?? ''
    return answer.status >= 400 && PORTAL_REFUSALS.includes(error.replace(/^.*#/, ''))
  } catch {
    return false
  }
}

/** Statuses that lead elsewhere; exactly one redirect is read, and never followed. */
const REDIRECTS = [301, 302, 303, 307, 308]

async function findRedirect(machine: Machine, startUrl: string, http: HttpSettings): Promise<string> {
  const ask = (method: string) => machine.http.send({ method, url: startUrl, headers: {} }, http)
  try {
    let answer = await ask('HEAD')
    if (answer.status === 405 || answer.status === 501) answer = await ask('GET')
    if (answer.status === 200) return startUrl
    if (!REDIRECTS.includes(answer.status)) throw unresolved(`Failed to resolve start URL: HTTP ${answer.status}`)
    const location = answer.headers['location']
    if (!location) throw unresolved('Redirect response missing Location header.')
    return new URL(location, startUrl).href
  } catch (error) {
    if (error instanceof ConfigurationRefusal) throw error
    throw unresolved(`Failed to resolve start URL: ${error instanceof Error ? error.message : String(error)}`)
  }
}
