/** How often something that fails is tried again: at once no more, and more rarely each time. */

import { after, type Duration, minutes } from '@mayfly/identity-center/duration'
import type { Machine } from '../machine/machine.ts'

export interface Pauses {
  mayTry(name: string): boolean
  /** Runs the task, and remembers how it went. Never rejects. */
  attempt(name: string, task: () => Promise<unknown>): Promise<void>
  /** What was wrong the last time; undefined when nothing was. */
  problemOf(name: string): string | undefined
}

const LONGEST: Duration = minutes(10)

export function createPauses(machine: Machine): Pauses {
  const failed = new Map<string, { readonly again: Date; readonly pause: Duration; readonly problem: string }>()
  return {
    mayTry(name) {
      const failure = failed.get(name)
      const now = machine.clock.now()
      // A clock that was set back must not leave the next attempt in a far future.
      return !failure || failure.again <= now || failure.again > after(now, LONGEST)
    },
    async attempt(name, task) {
      try {
        await task()
        failed.delete(name)
      } catch (error) {
        const pause = Math.min(LONGEST, 2 * (failed.get(name)?.pause ?? minutes(0.5))) as Duration
        // A server's words, shown by `agent status`.
        const problem = (error instanceof Error ? error.message : String(error)).replace(/\p{Cc}+/gu, ' ')
        failed.set(name, { again: after(machine.clock.now(), pause), pause, problem })
      }
    },
    problemOf: (name) => failed.get(name)?.problem,
  }
}
