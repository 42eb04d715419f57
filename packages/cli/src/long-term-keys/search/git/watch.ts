/** Ends what runs in a repository of our own when its time is over, or somebody interrupts it. */

import { after, between, type Duration, milliseconds, seconds } from '@mayfly/identity-center/duration'
import type { Machine } from '../../../machine/machine.ts'
import type { OwnRepository } from './own-repository.ts'

export interface Watch {
  /** Why it is to end now. */
  over(): 'time' | 'interrupted' | undefined
  /** Gives so much time again, for what comes last. */
  renew(time: Duration): void
  end(): void
}

export interface WatchOptions {
  readonly time: Duration
  readonly signal?: AbortSignal | undefined
}

const AGAIN = seconds(0.1)

/** It must be ended. */
export function watchTime(
  { clock }: Pick<Machine, 'clock'>,
  repository: Pick<OwnRepository, 'stop'>,
  { time, signal }: WatchOptions,
): Watch {
  const ended = new AbortController()
  let last = after(clock.now(), time)
  const isOver = (): boolean => clock.now() >= last
  /** What was about to start when the time was over is stopped too. Timers may go off a little early. */
  async function wait(): Promise<void> {
    while (!ended.signal.aborted) {
      if (isOver()) repository.stop()
      const left = isOver() ? AGAIN : milliseconds(Math.max(1, between(clock.now(), last)))
      await clock.sleep(left, ended.signal).catch(() => undefined)
    }
  }
  const interrupt = (): void => repository.stop()
  signal?.addEventListener('abort', interrupt, { once: true })
  void wait()
  return {
    over: () => (signal?.aborted ? 'interrupted' : isOver() ? 'time' : undefined),
    renew(more) {
      last = after(clock.now(), more)
    },
    end() {
      signal?.removeEventListener('abort', interrupt)
      ended.abort()
    },
  }
}
