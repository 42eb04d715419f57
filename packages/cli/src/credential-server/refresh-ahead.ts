/** Refreshes what clients use before they ask for it. */

import { between, hours, minutes } from '@mayfly/identity-center/duration'
import type { Machine } from '../machine/machine.ts'

/** Something to be refreshed: asking it is enough, it caches by itself. */
export interface Refreshed {
  /** When a client last had credentials of it; nothing before the first time. */
  readonly askedAt: () => Date | undefined
  refresh(): Promise<unknown>
}

/** How often is looked; a computer that slept is late by no more than this. */
const GLANCE = minutes(1)
/** What nobody asked for so long waits until somebody does. */
const IDLE = hours(2)

/** Looks after each until the signal is given. Failures are told where clients meet them. */
export async function refreshAhead(
  { clock }: Pick<Machine, 'clock'>,
  all: readonly Refreshed[],
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    await clock.sleep(GLANCE, signal).catch(() => undefined)
    if (signal.aborted) return
    const now = clock.now()
    const inUse = all.filter(({ askedAt }) => {
      const at = askedAt()
      return at !== undefined && between(at, now) < IDLE
    })
    await Promise.allSettled(inUse.map(({ refresh }) => refresh()))
  }
}
