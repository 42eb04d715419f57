/** Whose a start URL is, and which address it stands for when it is not AWS's. */

import { ConfigurationRefusal } from '../shared-config/configuration-refusal.ts'

// The hosts that the AWS CLI takes for AWS's own (specification §5).
const AWS_HOSTS: ReadonlySet<string> = new Set([
  'identitycenter.amazonaws.com',
  'identitycenter.amazonaws.com.cn',
  'identitycenter.amazonaws.eu',
  'identitycenter.us-gov.amazonaws.com',
])

const AWS_SUFFIXES: readonly string[] = [
  'app.aws',
  'portal.amazonaws.com',
  'portal.amazonaws.com.cn',
  'app.amazonwebservices.com.cn',
  'portal.amazonaws.eu',
  'api.amazonwebservices.eu',
  'awsapps.com',
  'awsapps.cn',
]

/** True for a host of AWS's Identity Center. */
export function isAwsOwnedHost(host: string): boolean {
  const name = host.toLowerCase()
  return AWS_HOSTS.has(name) || AWS_SUFFIXES.some((suffix) => name === suffix || name.endsWith(`.${suffix}`))
}

/** True for a host that never leaves this computer. */
export const isLoopbackHost = (host: string): boolean =>
  host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host)

/**
 * The address of every service of an Identity Center that is not AWS's: its start URL without `/start`. Nothing for one
 * of AWS's. Refused when tokens would travel in the clear: https, or loopback.
 */
export function findOwnEndpoint(startUrl: string): string | undefined {
  const url = URL.canParse(startUrl) ? new URL(startUrl) : undefined
  if (!url || !['https:', 'http:'].includes(url.protocol)) {
    throw new ConfigurationRefusal(`The start URL is not a web address: ${startUrl}`, {
      hint: 'Correct it with: mayfly configure sso-session',
    })
  }
  if (isAwsOwnedHost(url.hostname)) return undefined
  if (url.protocol === 'http:' && !isLoopbackHost(url.hostname)) {
    throw new ConfigurationRefusal(`The start URL must use https, or lie on this computer: ${startUrl}`, {
      hint: 'Sign-in tokens would travel readable over the network. Serve it over https.',
    })
  }
  return `${url.origin}${url.pathname.replace(/\/*(\/start)?\/*$/, '')}`
}
