/** How long a role may be used before its credentials are asked for again: 1 to 12 hours, as AWS allows. */
import type { Choice } from '../admin/fields.tsx'

const HOURS = [1, 2, 3, 4, 6, 8, 10, 12]

/** The usual ones, and the present one when it is none of them. */
export function sessionDurations(present?: string): Choice[] {
  const usual = HOURS.map((hours) => ({ value: `PT${hours}H`, label: hours === 1 ? '1 hour' : `${hours} hours` }))
  if (!present || usual.some(({ value }) => value === present)) return usual
  return [{ value: present, label: present }, ...usual]
}

/** `PT8H` in words; what is none of ours stays as it is. */
export function formatDuration(duration: string | undefined): string {
  const [, days, hours, minutes] = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?$/.exec(duration ?? '') ?? []
  const parts = [
    [days, 'day'],
    [hours, 'hour'],
    [minutes, 'minute'],
  ].flatMap(([amount, unit]) => (amount && amount !== '0' ? [`${amount} ${unit}${amount === '1' ? '' : 's'}`] : []))
  return parts.length > 0 ? parts.join(' ') : (duration ?? '1 hour')
}
