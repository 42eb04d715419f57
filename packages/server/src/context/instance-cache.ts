/** The instance's settings, read at most once a second. */

import type { Clock } from '@mayfly/identity-center/clock'
import { after, seconds } from '@mayfly/identity-center/duration'
import type { Instance } from '@mayfly/identity-center/instance'
import type { Store } from '@mayfly/store'

const FRESH = seconds(1)

/** A reader of the instance that another node's change reaches within a second. */
export function createInstanceCache(store: Store, clock: Clock): () => Promise<Instance> {
  let instance: Promise<Instance> | undefined
  let staleAt = clock.now()
  return () => {
    const now = clock.now()
    if (!instance || now >= staleAt) {
      staleAt = after(now, FRESH)
      instance = store.instances.get()
      instance.catch(() => {
        instance = undefined
      })
    }
    return instance
  }
}
