/** A line on the terminal that says how far a search has come; nothing where nobody watches. */

import type { SearchProgress } from '../../../long-term-keys/search/key-search.ts'
import type { Machine } from '../../../machine/machine.ts'
import { shortenHome } from './place-words.ts'

export interface ProgressLine {
  readonly show: SearchProgress
  clear(): void
}

/** Milliseconds for which a line stands still: faster, nobody reads it. */
const STILL = 100
/** Columns of the `^C` that a terminal shows behind the line. */
const TYPED = 2

export function createProgressLine({ terminal, clock, home }: Machine): ProgressLine {
  let [drawn, last] = [0, 0]
  const draw = (line: string): void => {
    terminal.writeError(`\r${line.padEnd(drawn + TYPED)}${line === '' ? '\r' : ''}`)
    drawn = line.length
  }
  return {
    show({ files, found, folder }) {
      const now = clock.now().getTime()
      if (!terminal.watched || now - last < STILL) return
      last = now
      const counts = `${files.toLocaleString('en')} files, ${found} ${found === 1 ? 'key' : 'keys'} found`
      draw(fit(`${counts}  ${shortenHome(folder, home).replace(/\p{C}/gu, '?')}`, terminal.size.columns - 1 - TYPED))
    },
    clear: () => {
      if (drawn > 0) draw('')
    },
  }
}

const fit = (line: string, columns: number): string =>
  line.length > columns ? `${line.slice(0, Math.max(0, columns - 1))}…` : line
