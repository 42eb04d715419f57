/** Passwords by argon2id, in a pool that cannot be flooded. */

import { Refusal } from '@mayfly/identity-center/refusal'
import { hash, verify } from '@node-rs/argon2'

/** OWASP's first choice: 19 MiB, two passes, one lane. Algorithm 2 is argon2id (the package's enum has no value here). */
const COST = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1, outputLen: 32 }

export interface PasswordHasherLimits {
  /** How many are computed at once; each takes a thread and 19 MiB. */
  readonly concurrency: number
  /** How many may wait. The next one is refused with `throttled` rather than kept waiting. */
  readonly waiting: number
}

const LIMITS: PasswordHasherLimits = { concurrency: 2, waiting: 100 }

export class PasswordHasher {
  readonly #limits: PasswordHasherLimits
  readonly #queue: (() => void)[] = []
  #running = 0
  #nobody: Promise<string> | undefined

  constructor(limits: PasswordHasherLimits = LIMITS) {
    this.#limits = limits
  }

  /** The hash of a new password, in PHC string format. Throws `throttled` when too many wait. */
  hash(password: string): Promise<string> {
    return this.#run(() => hash(password.normalize('NFC'), COST))
  }

  /**
   * Whether `password` belongs to `hashed`. Without a hash (no such user, or one without a password) the answer is no
   * and takes as long.
   */
  async verify(password: string, hashed: string | undefined): Promise<boolean> {
    const against = hashed ?? (await this.#hashOfNobody())
    const matches = await this.#run(() => verify(against, password.normalize('NFC')))
    return hashed !== undefined && matches
  }

  /** Computes what the first unknown user would otherwise wait for. */
  async prepare(): Promise<void> {
    await this.#hashOfNobody()
  }

  #hashOfNobody(): Promise<string> {
    // It is compared and never believed, so it needs no secret.
    this.#nobody ??= hash('nobody', COST)
    return this.#nobody
  }

  async #run<T>(compute: () => Promise<T>): Promise<T> {
    if (this.#running < this.#limits.concurrency) this.#running += 1
    else await this.#wait()
    try {
      return await compute()
    } finally {
      const next = this.#queue.shift()
      if (next) next()
      else this.#running -= 1
    }
  }

  #wait(): Promise<void> {
    if (this.#queue.length >= this.#limits.waiting) {
      throw new Refusal('throttled', 'Too many people are signing in at this moment.', { hint: 'Try again shortly.' })
    }
    return new Promise((resolve) => this.#queue.push(resolve))
  }
}
