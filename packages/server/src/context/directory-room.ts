/** How many more users and groups there may be: counted now and then, because to count a hundred thousand takes a while. */

import { Refusal } from '@mayfly/identity-center/refusal'
import type { Store } from '@mayfly/store'
import type { Config } from './settings.ts'

/** At most so many are let in between two counts: several nodes together go over the quota by no more. */
const MOST_BETWEEN_COUNTS = 1000

export class DirectoryRoom {
  readonly #store: Store
  readonly #config: Pick<Config, 'quotas'>
  readonly #left = { users: 0, groups: 0 }

  constructor(store: Store, config: Pick<Config, 'quotas'>) {
    this.#store = store
    this.#config = config
  }

  /** Throws `quota-exceeded` when there is no room for one more user. */
  takeUser(): Promise<void> {
    return this.#take('users')
  }

  /** Likewise for a group. */
  takeGroup(): Promise<void> {
    return this.#take('groups')
  }

  async #take(what: 'users' | 'groups'): Promise<void> {
    this.#left[what] -= 1
    if (this.#left[what] >= 0) return
    const quota = this.#config.quotas[what]
    const room = quota - (await this.#store[what].count())
    if (room <= 0) throw new Refusal('quota-exceeded', `There may be ${quota} ${what} in an identity store.`)
    // Half of it: what other nodes let in at the same time is seen by the next count.
    this.#left[what] = Math.min(MOST_BETWEEN_COUNTS, Math.ceil(room / 2)) - 1
  }
}
