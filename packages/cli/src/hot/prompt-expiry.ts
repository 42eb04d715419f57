/** When a cached token or cached role credentials end: all that may be known of a record without opening it. */

export interface Expiry {
  /** Milliseconds since 1970. */
  readonly endsAt: number
  /** Until when it goes on by itself, asking nobody: a token with a refresh token and a client registration. */
  readonly refreshesUntil?: number
}

/** What a file of `~/.aws/sso/cache` or `~/.aws/cli/cache` says; nothing for a file that is neither. */
export function findExpiry(text: string): Expiry | undefined {
  const content = parseObject(text)
  const credentials = content?.['Credentials']
  const endsAt = momentOf(
    typeof credentials === 'object' && credentials !== null
      ? (credentials as Record<string, unknown>)['Expiration']
      : content?.['expiresAt'],
  )
  if (endsAt === undefined) return undefined
  const refreshesUntil = content?.['refreshToken'] ? momentOf(content['registrationExpiresAt']) : undefined
  return { endsAt, ...(refreshesUntil !== undefined && { refreshesUntil }) }
}

/** What lies beside a sealed record: no member of it is a secret. */
export const formatExpiryNote = (expiry: Expiry): string => `${JSON.stringify({ version: 1, ...expiry })}\n`

export function parseExpiryNote(text: string): Expiry | undefined {
  const { endsAt, refreshesUntil } = parseObject(text) ?? {}
  if (typeof endsAt !== 'number') return undefined
  return { endsAt, ...(typeof refreshesUntil === 'number' && { refreshesUntil }) }
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

function momentOf(instant: unknown): number | undefined {
  const moment = typeof instant === 'string' ? Date.parse(instant.replace(/\s*UTC$/, 'Z')) : Number.NaN
  return Number.isNaN(moment) ? undefined : moment
}
