/** A clock that stands still until a test moves it, and wakes sleepers in order. */

import type { Clock } from '../clock.ts'
import type { Duration } from '../duration.ts'

interface Sleeper {
  readonly wakesAt: number
  readonly wake: () => void
}

export class TestClock implements Clock {
  #now: number
  #sleepers: Sleeper[] = []

  constructor(start: string | Date = '2030-01-01T00:00:00Z') {
    this.#now = new Date(start).getTime()
  }

  now(): Date {
    return new Date(this.#now)
  }

  sleep(length: Duration, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason)
      const sleeper: Sleeper = { wakesAt: this.#now + length, wake: resolve }
      this.#sleepers.push(sleeper)
      signal?.addEventListener(
        'abort',
        () => {
          this.#sleepers = this.#sleepers.filter((other) => other !== sleeper)
          reject(signal.reason)
        },
        { once: true },
      )
    })
  }

  /** Moves time forward, waking each sleeper at its moment. */
  async advance(length: Duration): Promise<void> {
    const end = this.#now + length
    for (;;) {
      await settle()
      const next = this.#sleepers.filter(({ wakesAt }) => wakesAt <= end).sort((a, b) => a.wakesAt - b.wakesAt)[0]
      if (!next) break
      this.#now = Math.max(this.#now, next.wakesAt)
      this.#sleepers = this.#sleepers.filter((other) => other !== next)
      next.wake()
    }
    this.#now = end
    await settle()
  }

  /** Sets the clock without waking anyone: a clock that was corrected. */
  jump(to: string | Date): void {
    this.#now = new Date(to).getTime()
  }

  /** How many are asleep now. */
  get sleepers(): number {
    return this.#sleepers.length
  }
}

/** Lets whatever is ready run before time goes on. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
