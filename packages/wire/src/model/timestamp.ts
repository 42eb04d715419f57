/** Times as AWS writes them: epoch seconds in JSON, ISO 8601 in XML, an HTTP date in headers. */

// What a `Date` can hold; beyond it every formatting throws.
const LAST_MILLISECOND = 8.64e15

/** Epoch seconds, with milliseconds as a fraction. */
export function formatEpochSeconds(time: Date): number {
  return time.getTime() / 1000
}

/** `2026-01-31T10:00:00Z`; milliseconds only where there are some. */
export function formatIso8601(time: Date): string {
  return time.toISOString().replace('.000Z', 'Z')
}

/** `Sat, 31 Jan 2026 10:00:00 GMT`. */
export function formatHttpDate(time: Date): string {
  return time.toUTCString()
}

/** `20260131T100000Z`, as signatures have it. */
export function formatBasicIso8601(time: Date): string {
  const iso = time.toISOString()
  const date = iso.slice(0, 4) + iso.slice(5, 7) + iso.slice(8, 10)
  return `${date}T${iso.slice(11, 13)}${iso.slice(14, 16)}${iso.slice(17, 19)}Z`
}

const BASIC = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/

/** The time of `20260131T100000Z`, or undefined for anything else, days that no calendar has included. */
export function parseBasicIso8601(text: string): Date | undefined {
  const parts = BASIC.exec(text)
  if (parts === null) return undefined
  const [, year, month, day, hour, minute, second] = parts
  const time = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
  // The engine carries 30 February over into March, and takes 24:00 for the next day.
  return time.getUTCDate() === Number(day) && time.getUTCHours() === Number(hour) ? time : undefined
}

const ISO = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:?\d{2})$/

/** The time that a client wrote, as epoch seconds or ISO 8601; undefined when it is neither. */
export function parseTimestamp(value: unknown): Date | undefined {
  if (typeof value === 'number') {
    const milliseconds = Math.round(value * 1000)
    return Math.abs(milliseconds) <= LAST_MILLISECOND ? new Date(milliseconds) : undefined
  }
  if (typeof value !== 'string') return undefined
  if (/^-?\d{1,15}(\.\d{1,9})?$/.test(value)) return parseTimestamp(Number(value))
  if (!ISO.test(value)) return undefined
  const time = new Date(value)
  return Number.isNaN(time.getTime()) ? undefined : time
}
