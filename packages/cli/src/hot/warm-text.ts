/** What a cache file holds, as it is printed. */

import { writeSync } from 'node:fs'

const QUARTER_OF_AN_HOUR = 900_000
/** What AWS issues looks like this, and needs no quotes anywhere. */
const PLAIN = /^[\w+/=:.@,-]+$/

/**
 * The text of cached credentials; nothing when less than a quarter of an hour is left, or when anything about them is odd.
 */
export function formatWarm(cached: string, wanted: string, now: number): string | undefined {
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
export function print(text: string): void {
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
