/** One line in the terminal that tells how far the reading has come. */

import type { EnumerationProgress } from '../../account-access/enumeration.ts'
import type { LimiterFigures } from '../../account-access/limiter.ts'
import type { Machine } from '../../machine/machine.ts'
import { plural } from './report.ts'

export interface Progress {
  show(progress: EnumerationProgress, figures: LimiterFigures): void
  /** Takes the line away. */
  clear(): void
}

/** Milliseconds between two changes of the line. */
const PAUSE = 100

/** A line on standard error where somebody watches it; elsewhere nothing. */
export function createProgress({ terminal, clock }: Machine): Progress {
  let [shown, shownAt] = [0, Number.NEGATIVE_INFINITY]
  const draw = (line: string): void => {
    if (line.length === 0 && shown === 0) return
    terminal.writeError(`\r${line.padEnd(shown)}${line === '' ? '\r' : ''}`)
    shown = line.length
  }
  return {
    show(progress, figures) {
      const now = clock.now().getTime()
      if (!terminal.watched || Math.abs(now - shownAt) < PAUSE) return
      shownAt = now
      draw(formatProgress(progress, figures).slice(0, terminal.size.columns - 1))
    },
    clear: () => draw(''),
  }
}

function formatProgress({ accounts, read, roles }: EnumerationProgress, figures: LimiterFigures): string {
  const left = Math.round((accounts - read) / figures.rate)
  const patience = figures.throttled === 0 ? '' : `, slower: ${plural(figures.throttled, 'call')} refused`
  return `${read} of ${plural(accounts, 'account')}, ${plural(roles, 'role')}${left > 1 ? `, ${left} s left` : ''}${patience}`
}
