/** What AWS said of a key when somebody last asked, as a person and as a program reads it. */

import type { KnownKey, KnownUse } from '../../../long-term-keys/inquiry/known-keys.ts'
import { formatAgo } from '../check/key-age.ts'

/** `Asked 3 hours ago: live, of deploy, last used 2026-11-20 for s3 in eu-west-1`. */
export function formatKnown({ askedAt, state, userName, lastUsed }: KnownKey, now: Date): string {
  const whose = userName === undefined ? '' : `, of ${userName}`
  const used = lastUsed ? `, ${formatUse(lastUsed)}` : ''
  const before = lastUsed && lastUsed.askedAt < askedAt ? ` (asked ${formatAgo(lastUsed.askedAt, now)})` : ''
  return `Asked ${formatAgo(askedAt, now)}: ${state}${whose}${used}${before}`
}

function formatUse({ at, service, region, isOurs }: KnownUse): string {
  if (at === undefined) return 'never used'
  const what = service === undefined ? '' : ` for ${service}${region === undefined ? '' : ` in ${region}`}`
  return `last used ${at.toISOString().slice(0, 10)}${isOurs ? ' by Mayfly' : what}`
}

/** Null where nobody could say, or nobody has asked. Without `at` it was never used. */
export const describeKnownUse = (used: KnownUse | undefined): object | null =>
  used
    ? {
        at: used.at ?? null,
        service: used.service ?? null,
        region: used.region ?? null,
        isOurs: used.isOurs,
        askedAt: used.askedAt,
      }
    : null
