/** A start URL: whose Identity Center it leads to, and in which region. */

import { findOwnEndpoint, isAwsOwnedHost, isLoopbackHost } from '../endpoints/start-url-host.ts'
import type { HttpSettings } from '../machine/http.ts'
import type { Machine } from '../machine/machine.ts'
import { ConfigurationRefusal } from '../shared-config/configuration-refusal.ts'

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
  http: HttpSettings,
): Promise<ResolvedStartUrl> {
  const url = parseUrl(startUrl)
  const loopback = isLoopbackHost(url?.hostname ?? '')
  if (url?.protocol !== 'https:' && !(url?.protocol === 'http:' && loopback)) {
    throw new ConfigurationRefusal('The sso_start_url must use the https scheme.', {
      hint: 'Plain http is taken for this computer alone: http://localhost or http://127.0.0.1.',
    })
  }
  if (isAwsStartUrl(startUrl)) return awsStartUrl(startUrl, startUrl)
  if (loopback || (await isIdentityCenter(machine, startUrl, http))) return { owner: 'self', startUrl }
  const target = await findRedirect(machine, startUrl, http)
  if (parseUrl(target)?.protocol !== 'https:') throw unresolved(`Resolved URL must use https. Got: '${target}'`)
  if (isAwsStartUrl(target)) return awsStartUrl(normalizeStartUrl(target), target)
  throw unresolved(`Could not resolve start URL '${startUrl}' to an AWS-owned endpoint. Final URL: '${target}'`)
}

function awsStartUrl(startUrl: string, target: string): ResolvedStartUrl {
  const region = findStartUrlRegion(target)
  return { owner: 'aws', startUrl, ...(region === undefined ? {} : { region }) }
}

const unresolved = (message: string): ConfigurationRefusal =>
  new ConfigurationRefusal(message, { hint: 'Check the start URL: mayfly configure sso-session' })

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
