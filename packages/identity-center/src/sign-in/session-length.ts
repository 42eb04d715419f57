/** How long a browser stays signed in, as ISO 8601 has it: 15 minutes to 90 days. */

import { formatSessionDuration, parseDuration } from '../account-access/session-duration.ts'
import { type Duration, days, minutes } from '../duration.ts'
import { Refusal } from '../refusal.ts'

const SHORTEST = minutes(15)
const LONGEST = days(90)

/** Reads `PT8H` or `P7D`. Refuses with `invalid`. */
export function parseSessionLength(text: string): Duration {
  const length = parseDuration(text)
  if (length !== undefined && length >= SHORTEST && length <= LONGEST) return length
  throw new Refusal('invalid', 'A session lasts 15 minutes to 90 days, in ISO 8601.', {
    hint: 'Write PT8H or P7D.',
  })
}

export const formatSessionLength = (length: Duration): string => formatSessionDuration(length)
