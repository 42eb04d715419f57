/** The one door through which time enters. */

import type { Duration } from './duration.ts'

export interface Clock {
  /** This moment. */
  now(): Date
  /** Resolves after `length`; rejects with the signal's reason when it is aborted first. */
  sleep(length: Duration, signal?: AbortSignal): Promise<void>
}

/** The machine's own clock. */
export const systemClock: Clock = {
  now: () => new Date(),
  sleep: (length, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason)
      const abort = (): void => {
        clearTimeout(timer)
        reject(signal?.reason)
      }
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', abort)
        resolve()
      }, length)
      signal?.addEventListener('abort', abort, { once: true })
    }),
}
