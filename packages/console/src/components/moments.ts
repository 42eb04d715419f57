/** Times in words. */

const dateAndTime = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' })
const timeOnly = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' })

/** A moment in the person's own time zone, such as `Nov 21, 2026, 3:27 PM`. */
export function formatMoment(time: string | Date | undefined): string {
  if (time === undefined) return 'never'
  const date = new Date(time)
  return Number.isNaN(date.getTime()) ? 'unknown' : dateAndTime.format(date)
}

/** The hour and minute alone. */
export function formatTime(date: Date): string {
  return timeOnly.format(date)
}

/** What is left until `end`, in its two largest units; `0 s` once it has passed. */
export function formatTimeLeft(end: Date, now: Date): string {
  const seconds = Math.max(0, Math.floor((end.getTime() - now.getTime()) / 1000))
  const units = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor(seconds / 3600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [seconds % 60, 's'],
  ] as const
  const first = units.findIndex(([amount]) => amount > 0)
  if (first < 0) return '0 s'
  return units
    .slice(first, first + 2)
    .filter(([amount]) => amount > 0)
    .map(([amount, unit]) => `${amount} ${unit}`)
    .join(' ')
}

/** A moment that AWS writes as seconds since 1970. */
export function formatSeconds(seconds: number | undefined): string {
  return formatMoment(seconds === undefined ? undefined : new Date(seconds * 1000))
}
