/** Asks several things, and notes what was refused: the rest goes on. */

import type { Unanswered } from './key-facts.ts'
import { describeRefusal } from './key-state.ts'

export interface Attempts {
  readonly cannot: readonly Unanswered[]
  /** The answer; nothing when it was refused, which is noted under `what`. */
  attempt<Value>(what: string, ask: () => Promise<Value>): Promise<Value | undefined>
}

export function createAttempts(): Attempts {
  const cannot: Unanswered[] = []
  return {
    cannot,
    async attempt(what, ask) {
      try {
        return await ask()
      } catch (error) {
        cannot.push({ what, why: describeRefusal(error) })
        return undefined
      }
    },
  }
}
