/** How long role credentials of a permission set live, as ISO 8601 has it: 1 to 12 hours (§3.5). */

import { type Duration, hours, minutes, seconds } from '../duration.ts'
import { Refusal } from '../refusal.ts'

export const DEFAULT_SESSION_DURATION = hours(1)
const SHORTEST = hours(1)
const LONGEST = hours(12)

const ISO_8601 = /^P(?:(\d{1,6})W)?(?:(\d{1,6})D)?(?:T(?=\d)(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,6})S)?)?$/

/** Reads `PT90M`, `PT12H`, `P0DT8H`. Refuses with `invalid` what is no duration, and what is not 1 to 12 hours. */
export function parseSessionDuration(text: string): Duration {
  const length = parseDuration(text)
  if (length === undefined || length < SHORTEST || length > LONGEST) throw refusal(text)
  return length
}

/** Reads a duration of ISO 8601 without years and months, or undefined when it is none. */
export function parseDuration(text: string): Duration | undefined {
  const [found, weeks, days, ...time] = ISO_8601.exec(text) ?? []
  if (found === undefined || found === 'P') return undefined
  const [hour, minute, second] = time.map(countOf)
  const whole = hours(countOf(weeks) * 168 + countOf(days) * 24 + (hour ?? 0))
  return (whole + minutes(minute ?? 0) + seconds(second ?? 0)) as Duration
}

const countOf = (digits: string | undefined): number => Number(digits ?? 0)

const refusal = (text: string): Refusal =>
  new Refusal(
    'invalid',
    `The session duration ${JSON.stringify(text.slice(0, 40))} is not 1 to 12 hours in ISO 8601.`,
    {
      hint: 'Write PT1H to PT12H, or minutes such as PT90M.',
    },
  )

/** `PT1H`, `PT1H30M`: hours and minutes and seconds, none of them nought. */
export function formatSessionDuration(length: Duration): string {
  const whole = Math.floor(length / 1000)
  const [hour, minute, second] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60]
  return `PT${hour > 0 ? `${hour}H` : ''}${minute > 0 ? `${minute}M` : ''}${second > 0 || whole === 0 ? `${second}S` : ''}`
}
