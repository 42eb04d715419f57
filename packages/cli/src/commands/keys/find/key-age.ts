/** Moments of a key's life, as a person says them. */

import { between, days, hours } from '@mayfly/identity-center/duration'
import type { LastUse } from '../../../long-term-keys/inquiry/key-facts.ts'
import { isOwnUse } from '../../../long-term-keys/inquiry/own-uses.ts'

/** `5 days`, `14 months`, `6 years`. */
export function formatAge(since: Date, now: Date): string {
  const age = between(since, now)
  const count = Math.max(0, Math.floor(age / days(1)))
  if (count < 1) return 'today'
  if (count < 61) return count === 1 ? '1 day' : `${count} days`
  if (count < 730) return `${Math.floor(count / 30.44)} months`
  return `${Math.floor(count / 365.25)} years`
}

/** `never`, `3 hours ago, s3 eu-west-1`, `just now, by Mayfly`. */
export function formatLastUse(used: LastUse | undefined, ownUses: readonly Date[], now: Date): string {
  if (!used) return 'not known'
  const { at, service, region } = used
  if (at === undefined) return 'never'
  const where = [service, region].filter((word) => word !== undefined).join(' ')
  const by = isOwnUse(used, ownUses) ? ', by Mayfly' : where === '' ? '' : `, ${where}`
  return `${formatAgo(at, now)}${by}`
}

export function formatAgo(at: Date, now: Date): string {
  const age = between(at, now)
  if (age < hours(1)) return 'within the hour'
  if (age < days(1)) return Math.floor(age / hours(1)) === 1 ? '1 hour ago' : `${Math.floor(age / hours(1))} hours ago`
  return `${formatAge(at, now)} ago`
}
