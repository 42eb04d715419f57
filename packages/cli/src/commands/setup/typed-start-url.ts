/** A start URL as people type or paste it. */

import { isAwsStartUrl, isValidStartUrl, normalizeStartUrl } from '../../endpoints/start-url.ts'
import { isLoopbackHost } from '../../endpoints/start-url-host.ts'
import { ArgumentRefusal } from '../../problems/argument-refusal.ts'

/**
 * The start URL that is meant: `acme.awsapps.com/start`, `d-9067f1a2b3.awsapps.com`, what a browser shows while one is
 * signed in (`…/start/#/?tab=accounts`), `localhost:7373`.
 */
export function parseTypedStartUrl(typed: string): string {
  const text = typed.trim()
  const hasScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text)
  const bare = /^(\[[^\]]*\]|[^/?#:]*)/.exec(text)?.[0] ?? ''
  const address = hasScheme ? text : `${isLoopbackHost(bare.toLowerCase()) ? 'http' : 'https'}://${text}`
  if (!isValidStartUrl(address)) throw noStartUrl(typed, 'Such as: mayfly setup acme.awsapps.com/start')
  if (!hasScheme && !bare.includes('.') && !isLoopbackHost(bare.toLowerCase()))
    throw noStartUrl(typed, `Did you mean: mayfly setup ${bare}.awsapps.com/start`)
  const url = new URL(address)
  // `https://acme.awsapps.com@elsewhere.example/` is elsewhere, and looks as if it were not.
  if (url.username !== '' || url.password !== '')
    throw noStartUrl(typed, `A start URL names no user. It would be at ${url.host}.`)
  const startUrl = normalizeStartUrl(`${url.protocol}//${url.host}${url.pathname}`)
  const hasPath = startUrl !== `${url.protocol}//${url.host}`
  return !hasPath && (isAwsStartUrl(startUrl) || isLoopbackHost(url.hostname)) ? `${startUrl}/start` : startUrl
}

const noStartUrl = (typed: string, hint: string): ArgumentRefusal =>
  new ArgumentRefusal(`There is no sso-session "${typed}", and it is no start URL.`, hint)

/** What two spellings of one start URL have in common. */
export const keyOfStartUrl = (startUrl: string): string =>
  normalizeStartUrl(startUrl)
    .toLowerCase()
    .replace(/\/start$/, '')

/** First words of host names that say what stands there, and not whose it is. */
const GENERIC = /^(sso|idc|identity(-?center)?|sign-?in|log-?in|start|portal|access|aws|auth|www)$/

/** A name for the sso-session of a start URL: `acme` for acme.awsapps.com and for sso.acme.example. */
export function nameSession(startUrl: string, isTaken: (name: string) => boolean): string {
  const { hostname } = new URL(startUrl)
  const labels = hostname.split('.')
  const named = isLoopbackHost(hostname) ? 'localhost' : (labels.find((label) => !GENERIC.test(label)) ?? labels[0])
  const name = (named ?? '').replace(/[^\w-]/g, '') || 'sso'
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? name : `${name}-${number}`
    if (!isTaken(candidate)) return candidate
  }
}
