/** What to know beside the table of retirements: who could not be asked, and that nothing runs what is scheduled. */

import { before, days } from '@mayfly/identity-center/duration'
import { isLeftToClose, outlookOf } from '../../../long-term-keys/retirement/outlook.ts'
import { FINAL_STEPS, type Retirement } from '../../../long-term-keys/retirement/retirement.ts'
import { formatInstant } from '../../../sign-in/token-cache.ts'

/** A daily timer may miss one day: a laptop was closed. */
const LATE = days(2)

/** Lines; none where all goes its way. */
export const statusNotes = (shown: readonly Retirement[], now: Date): readonly string[] => [
  ...listUnasked(shown),
  ...listOverdue(shown, now),
]

/** One line a reason: a sign-in that has ended is the reason of many. */
function listUnasked(shown: readonly Retirement[]): readonly string[] {
  const unasked = shown.filter(
    (each) => !FINAL_STEPS.includes(each.step) && each.standing?.status === 'unknown' && !isLeftToClose(each),
  )
  const reasons = Map.groupBy(unasked, ({ standing }) => {
    const [first] = standing?.cannot ?? []
    return first ? `${first.what}: ${first.why}` : 'nobody could say'
  })
  const lines = [...reasons].map(([why, of]) => `! Not asked the last time (${formatKeys(of)}): ${why}`)
  return lines.length === 0 ? [] : [...lines, 'Once that is right: mayfly keys status --ask']
}

function listOverdue(shown: readonly Retirement[], now: Date): readonly string[] {
  const limit = before(now, LATE)
  const overdue = shown.flatMap((retirement) => {
    const { at, isScheduled } = outlookOf(retirement, now)
    const isAsked = retirement.standing !== undefined && retirement.standing.at >= limit
    return isScheduled && at !== undefined && at < limit && !isAsked ? [{ retirement, at }] : []
  })
  const [first] = overdue.sort((one, other) => one.at.getTime() - other.at.getTime())
  if (!first) return []
  const whose = formatKeys(overdue.map(({ retirement }) => retirement))
  return [
    `! Due since ${formatInstant(first.at).slice(0, 10)} (${whose}), and nothing has run it: mayfly keys retire --due`,
    'Lines that run it every day: mayfly keys retire --timer crontab (or systemd, launchd, schtasks)',
  ]
}

const formatKeys = (of: readonly Retirement[]): string =>
  of.length === 1 ? (of[0]?.accessKeyId ?? '') : `${of.length} keys`
