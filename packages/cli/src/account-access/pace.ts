/** When the next call may be sent to a service whose limit is not known: additive increase, multiplicative decrease. */

import { type Duration, milliseconds, minutes, seconds } from '@mayfly/identity-center/duration'

/** Calls a second, to begin with: the limit that AWS documents for its access portal. */
export const FIRST_RATE = 20
const LOWEST_RATE = 1

/**
 * A service counts calls as they arrive, in any second; two that were sent apart may arrive closer together. So what we
 * count by is a little longer than a second.
 */
const WINDOW = 1060

/** Answers after which the rate grows by one: back to where it was well, and beyond. */
const ANSWERS_BACK = 10
const ANSWERS_BEYOND = 40
const SLOWER = 0.75
/** How far below a refused rate it stays, and for how long that is remembered. */
const BELOW_REFUSED = 0.95
const REMEMBERED = minutes(1)

const FIRST_PAUSE = seconds(0.5)
const LONGEST_PAUSE = seconds(30)
/** What a service may ask for at most (Retry-After). */
const LONGEST_WISH = minutes(5)

export interface PaceOptions {
  /** Calls a second, to begin with. */
  readonly first?: number
  /** Calls a second that are never exceeded: where a service's limit is documented. */
  readonly most?: number
}

/** Times are milliseconds of one clock. */
export class Pace {
  #rate: number
  readonly #most: number
  /** When the last calls were sent, in order: as many as a window may hold. */
  #sent: number[] = []
  #due = Number.NEGATIVE_INFINITY
  #pausedUntil = Number.NEGATIVE_INFINITY
  #answers = 0
  /** The rate that was last refused, and when. */
  #refused: { readonly rate: number; readonly at: number } | undefined
  /** Refusals since an answer. */
  #streak = 0

  constructor({ first = FIRST_RATE, most = Number.POSITIVE_INFINITY }: PaceOptions = {}) {
    this.#most = most
    this.#rate = Math.min(first, most)
  }

  /** Calls a second. */
  get rate(): number {
    return this.#rate
  }

  /** How long the next call has to wait. */
  waitAt(now: number): Duration {
    const last = this.#sent.at(-1)
    // A clock that was set back: nothing that was noted tells anything.
    if (last !== undefined && last > now) this.#forget(now)
    const first = this.#sent.at(-Math.floor(this.#rate))
    const free = first === undefined ? now : first + WINDOW
    return milliseconds(Math.max(0, Math.max(this.#due, this.#pausedUntil, free) - now))
  }

  #forget(now: number): void {
    this.#sent = []
    this.#due = now + WINDOW
    this.#pausedUntil = now
  }

  /** A call is sent. Calls are spread over the second; one that a slow timer held up is caught up with. */
  send(now: number): void {
    const distance = WINDOW / this.#rate
    this.#due = Math.max(Math.max(this.#due, now - WINDOW) + distance, now + distance / 2)
    this.#sent.push(now)
    if (this.#sent.length > Math.ceil(this.#rate) * 2) this.#sent = this.#sent.slice(-Math.ceil(this.#rate))
  }

  /** An answer has come to a call. `isWaited`: more calls wait, so that the rate is what holds them up. */
  answer(sentAt: number, now: number, isWaited: boolean): void {
    if (!this.#refused || sentAt > this.#refused.at) this.#streak = 0
    if (!isWaited) return
    this.#answers += 1
    const ceiling =
      this.#refused && now - this.#refused.at < REMEMBERED ? this.#refused.rate * BELOW_REFUSED : undefined
    if (this.#answers < (ceiling === undefined ? ANSWERS_BEYOND : ANSWERS_BACK)) return
    this.#answers = 0
    this.#rate = Math.min(this.#rate + 1, ceiling ?? this.#most, this.#most)
  }

  /** The service has refused a call for its rate, and may have said how long to wait. */
  refuse(sentAt: number, now: number, wish: Duration | undefined): void {
    const asked = wish === undefined ? undefined : Math.min(wish, LONGEST_WISH)
    // Calls that were under way when the first was refused tell nothing new.
    if (this.#refused && sentAt <= this.#refused.at) {
      this.#pausedUntil = Math.max(this.#pausedUntil, now + (asked ?? 0))
      return
    }
    this.#streak += 1
    this.#answers = 0
    this.#refused = { rate: this.#rate, at: now }
    this.#rate = Math.max(LOWEST_RATE, this.#rate * SLOWER)
    const pause = asked ?? Math.min(FIRST_PAUSE * 2 ** (this.#streak - 1), LONGEST_PAUSE)
    this.#pausedUntil = Math.max(this.#pausedUntil, now + pause)
  }
}
