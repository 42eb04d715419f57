/** Machines' words in plain ones: scopes, user agents, times. */

import { between, inSeconds } from '@mayfly/identity-center/duration'
import { ACCOUNT_ACCESS_SCOPE } from '@mayfly/identity-center/oauth/access-token'
import { html, type Markup } from './html.ts'

const SCOPES: Readonly<Record<string, string>> = {
  'sso:account:access': 'Stay signed in for as long as this session lasts',
}

const PORTAL_ACCESS = [
  'See the AWS accounts and roles that you may use',
  'Get short-lived credentials for each of them, in your name',
]

/** What a client gets, in sentences. Every one of them gets the first (§2.7). */
export function describeScopes(scopes: readonly string[]): string[] {
  const known = scopes.flatMap((scope) => SCOPES[scope] ?? [])
  const unknown = scopes.filter((scope) => SCOPES[scope] === undefined)
  return [...PORTAL_ACCESS, ...known, ...(unknown.length > 0 ? [`Nothing more for: ${unknown.join(', ')}`] : [])]
}

/** What an application of the organization gets, in sentences. */
export function describeApplicationScopes(scopes: readonly string[]): string[] {
  const named = scopes.filter(
    (scope) => !['openid', 'aws', 'sts:identity_context', ACCOUNT_ACCESS_SCOPE].includes(scope),
  )
  return [
    'Know who you are',
    'Act in your name towards services that know you',
    ...(scopes.includes(ACCOUNT_ACCESS_SCOPE) ? PORTAL_ACCESS : []),
    ...(named.length > 0 ? [`Use in your name: ${named.join(', ')}`] : []),
  ]
}

const PROGRAMS: readonly (readonly [RegExp, string])[] = [
  [/\baws-cli\/(\d[\d.]*)/, 'AWS CLI'],
  [/\bmayfly\/(\d[\d.]*)/i, 'Mayfly'],
  [/\bBoto3\/(\d[\d.]*)/, 'Boto3'],
  [/\bBotocore\/(\d[\d.]*)/i, 'Botocore'],
  [/\baws-sdk-(?:js|nodejs|go-v2|go|java|rust|dotnet|cpp|php|ruby)[^/ ]*\/(\d[\d.]*)/, 'AWS SDK'],
  [/\bEdg\/(\d+)/, 'Edge'],
  [/\bFirefox\/(\d+)/, 'Firefox'],
  [/Chrome\/(\d+)/, 'Chrome'],
  [/\bVersion\/(\d+)[^ ]* (?:Mobile\/\S+ )?Safari\//, 'Safari'],
  [/\bcurl\/(\d[\d.]*)/, 'curl'],
]

const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/iPhone|iPad/, 'iOS'],
  [/Android/, 'Android'],
  [/Windows/i, 'Windows'],
  [/Mac OS X|macOS|darwin/i, 'macOS'],
  [/Linux/i, 'Linux'],
]

/** A program and a system, as far as a user agent says; whatever sends it can say what it likes. */
export function describeUserAgent(userAgent: string): string {
  const program = PROGRAMS.flatMap(([pattern, name]) => {
    const version = pattern.exec(userAgent)?.[1]
    return version === undefined ? [] : [`${name} ${version}`]
  })[0]
  const system = SYSTEMS.find(([pattern]) => pattern.test(userAgent))?.[1]
  if (program === undefined) return userAgent.trim() === '' ? 'Not said' : userAgent.slice(0, 160)
  return system === undefined ? program : `${program} on ${system}`
}

/** How long ago, and the moment itself in UTC: a server does not know the reader's clock. */
export function describeTime(moment: Date, now: Date): Markup {
  const utc = `${moment.toISOString().slice(0, 10)} ${moment.toISOString().slice(11, 19)} UTC`
  return html`${describeAge(inSeconds(between(moment, now)))} <span class="quiet small">(<time datetime="${moment.toISOString()}">${utc}</time>)</span>`
}

function describeAge(seconds: number): string {
  if (seconds < 5) return 'Just now'
  if (seconds < 90) return `${seconds} seconds ago`
  const minutes = Math.round(seconds / 60)
  return minutes < 90 ? `${minutes} minutes ago` : `${Math.round(minutes / 60)} hours ago`
}
