/** Notes when, where and for what a long-term access key was last used: beside the request, about once a minute a key. */

import type { Clock } from '@mayfly/identity-center/clock'
import { before, minutes } from '@mayfly/identity-center/duration'
import type { AccessKeyUse, LongTermAccessKey } from '@mayfly/identity-center/iam/long-term-access-key'
import type { Store } from '@mayfly/store'
import { describeError, type Log } from './log.ts'

/** AWS itself is not more exact than a quarter of an hour. */
const NOTED_EVERY = minutes(1)

export class AccessKeyUses {
  readonly #store: Store
  readonly #clock: Clock
  readonly #log: Log
  /** By key id: what is being written. */
  readonly #writing = new Map<string, Promise<void>>()

  constructor({ store, clock, log }: { readonly store: Store; readonly clock: Clock; readonly log: Log }) {
    this.#store = store
    this.#clock = clock
    this.#log = log
  }

  /** Of a request whose signature was right, whatever becomes of it. Nobody waits, and no request fails of it. */
  note({ id, lastUsed }: LongTermAccessKey, use: Omit<AccessKeyUse, 'at'>): void {
    const at = this.#clock.now()
    const since = before(at, NOTED_EVERY)
    if ((lastUsed !== undefined && lastUsed.at >= since) || this.#writing.has(id)) return
    const writing = this.#write(id, { ...use, at }, since).finally(() => this.#writing.delete(id))
    this.#writing.set(id, writing)
  }

  /** Resolves when all that was noted is in the store. */
  async settled(): Promise<void> {
    await Promise.all(this.#writing.values())
  }

  async #write(id: string, use: AccessKeyUse, since: Date): Promise<void> {
    try {
      await this.#store.iamAccessKeys.touch(id, use, since)
    } catch (error) {
      this.#log.error('The use of an access key could not be noted.', { accessKeyId: id, ...describeError(error) })
    }
  }
}
