/** How often one address, or one person, may ask for something: a bucket that fills with time. */

import type { Clock } from '@mayfly/identity-center/clock'
import { between, minutes } from '@mayfly/identity-center/duration'
import { placeOf } from '@mayfly/identity-center/network'

interface Bucket {
  readonly tokens: number
  readonly filledAt: Date
}

/** Buckets beyond this many are forgotten, oldest first: a flood of addresses must not fill the memory. */
const MOST_BUCKETS = 10_000

export class RateLimit {
  readonly #perMinute: number
  readonly #clock: Clock
  readonly #buckets = new Map<string, Bucket>()

  constructor(perMinute: number, clock: Clock) {
    this.#perMinute = perMinute
    this.#clock = clock
  }

  /**
   * Takes one of what the place of `address` has left, or of what `person` has; false when nothing is. The machine itself
   * is never limited: behind a proxy that `--trust-proxy` names, an address is the client's own.
   */
  take(address: string, person?: string): boolean {
    const place = placeOf(address)
    if (place === '::1' || place.startsWith('127.')) return true
    return this.#takeOf(person ?? place)
  }

  #takeOf(owner: string): boolean {
    const now = this.#clock.now()
    const bucket = this.#buckets.get(owner)
    const filled = bucket
      ? bucket.tokens + (between(bucket.filledAt, now) / minutes(1)) * this.#perMinute
      : this.#perMinute
    const tokens = Math.min(this.#perMinute, Math.max(0, filled))
    // Deleted first, so that the map keeps the order of use.
    this.#buckets.delete(owner)
    this.#buckets.set(owner, { tokens: tokens >= 1 ? tokens - 1 : tokens, filledAt: now })
    if (this.#buckets.size > MOST_BUCKETS) this.#forgetOldest()
    return tokens >= 1
  }

  #forgetOldest(): void {
    for (const owner of this.#buckets.keys()) {
      this.#buckets.delete(owner)
      return
    }
  }
}
