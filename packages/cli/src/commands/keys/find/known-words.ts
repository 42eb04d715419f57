/** What AWS said of a key when somebody last asked, as a person and as a program reads it. */

import type { KnownKey, KnownUse } from '../../../long-term-keys/inquiry/known-keys.ts'
import type { Retirement } from '../../../long-term-keys/retirement/retirement.ts'
import { formatAgo } from './key-age.ts'

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

/** What the retirement of a key has come to; nothing where it was taken back. Lines. */
export function formatRetired({ accessKeyId, step, since }: Retirement): readonly string[] {
  const day = since.toISOString().slice(0, 10)
  switch (step) {
    case 'undone':
      return []
    case 'deleted':
      return [`  Deleted on ${day} by its retirement: it opens nothing any more.`]
    case 'closed':
      return [`  Its retirement was closed on ${day}, and the key left as it was: mayfly keys check ${accessKeyId}`]
    case 'inactive':
      return [`  Being retired: switched off on ${day}. How far: mayfly keys status`]
    default:
      return [`  Being retired: ${step} since ${day}. How far: mayfly keys status`]
  }
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
