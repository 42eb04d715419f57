/** How long something is good for, in words. */

import { between } from '@mayfly/identity-center/duration'

/** `7 h 12 min`, `59 min`, `less than a minute`, or `expired`. */
export function formatTimeLeft(expiration: Date, now: Date): string {
  const left = between(now, expiration)
  if (left <= 0) return 'expired'
  const whole = Math.floor(left / 60_000)
  if (whole === 0) return 'less than a minute'
  const [hours, minutes] = [Math.floor(whole / 60), whole % 60]
  if (hours >= 48) return `${Math.floor(hours / 24)} days`
  if (hours === 0) return `${minutes} min`
  return minutes === 0 ? `${hours} h` : `${hours} h ${minutes} min`
}
