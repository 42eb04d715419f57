/** How far an audit has come: a line that changes where somebody watches, and one now and then where nobody does. */

import { seconds } from '@mayfly/identity-center/duration'
import type { LimiterFigures } from '../../../account-access/limiter.ts'
import type { AuditProgress } from '../../../long-term-keys/organization/read-accounts.ts'
import type { Machine } from '../../../machine/machine.ts'

export interface ProgressLine {
  show(progress: AuditProgress, figures: LimiterFigures): void
  /** Takes the line away. */
  clear(): void
}

const PAUSE = seconds(0.1)
/** In the log of a pipeline. */
const PAUSE_UNWATCHED = seconds(30)

export function createAuditProgress({ terminal, clock }: Machine): ProgressLine {
  const startedAt = clock.now().getTime()
  let [shown, shownAt] = [0, terminal.watched ? Number.NEGATIVE_INFINITY : startedAt]
  let readBefore: number | undefined
  const draw = (line: string): void => {
    if (line.length === 0 && shown === 0) return
    terminal.writeError(`\r${line.padEnd(shown)}${line === '' ? '\r' : ''}`)
    shown = line.length
  }
  return {
    show(progress, { throttled }) {
      const now = clock.now().getTime()
      readBefore ??= progress.read
      if (Math.abs(now - shownAt) < (terminal.watched ? PAUSE : PAUSE_UNWATCHED)) return
      shownAt = now
      const left = timeLeft(progress, progress.read - readBefore, now - startedAt)
      const { accounts, read, users, keys } = progress
      const slower = throttled === 0 ? '' : `, slower: ${throttled} calls refused`
      const line = `${read} of ${accounts} accounts, ${users} users, ${keys} keys${left}${slower}`
      if (terminal.watched) draw(line.slice(0, terminal.size.columns - 1))
      else terminal.writeError(`${line}\n`)
    },
    clear: () => draw(''),
  }
}

/** By the pace of this run. */
function timeLeft({ accounts, read }: AuditProgress, done: number, milliseconds: number): string {
  if (done < 3) return ''
  const left = Math.round(((accounts - read) * (milliseconds / done)) / 1000)
  if (left < 2) return ''
  return left < 120 ? `, ${left} s left` : `, ${Math.round(left / 60)} min left`
}
