/** The region of an access portal whose address does not name it. */

import { seconds } from '@mayfly/identity-center/duration'
import type { HttpSettings } from '../machine/http.ts'
import type { Machine } from '../machine/machine.ts'
import { findStartUrlRegion, isAwsStartUrl } from './start-url.ts'

const TIMEOUT = seconds(10)
const REGION = /^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/

/**
 * Asks AWS's portal for its page, as a browser would, and reads the region that it names for its own scripts, or the
 * address in a region that it leads to. Nothing when neither is there: then a person knows it.
 */
export async function findPortalRegion(
  machine: Machine,
  startUrl: string,
  http: HttpSettings,
): Promise<string | undefined> {
  if (!isAwsStartUrl(startUrl) || !startUrl.startsWith('https:')) return undefined
  try {
    const settings = { ...http, attempts: 1, connectTimeout: TIMEOUT, readTimeout: TIMEOUT }
    const answer = await machine.http.send({ method: 'GET', url: startUrl, headers: { accept: 'text/html' } }, settings)
    const location = answer.headers['location']
    const led = location === undefined ? undefined : findStartUrlRegion(new URL(location, startUrl).href)
    return led ?? findNamedRegion(answer.body)
  } catch {
    return undefined
  }
}

/** `<meta name="region" content="eu-west-1">`, its attributes in either order. */
export function findNamedRegion(html: string): string | undefined {
  for (const [tag] of html.slice(0, 200_000).matchAll(/<meta\b[^>]{0,500}>/gi)) {
    if (findAttribute(tag, 'name')?.toLowerCase() !== 'region') continue
    const region = findAttribute(tag, 'content')
    if (region !== undefined && REGION.test(region)) return region
  }
  return undefined
}

const findAttribute = (tag: string, name: string): string | undefined =>
  new RegExp(`\\s${name}\\s*=\\s*["']?([^"'\\s>]*)`, 'i').exec(tag)?.[1]
