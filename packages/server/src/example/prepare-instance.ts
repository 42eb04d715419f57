/** The first start: an empty database gets its instance, once, however many nodes start together. */

import { createHmac } from 'node:crypto'
import type { Clock } from '@mayfly/identity-center/clock'
import type { Random } from '@mayfly/identity-center/random'
import { Refusal } from '@mayfly/identity-center/refusal'
import type { Store } from '@mayfly/store'
import type { Config } from '../context/settings.ts'
import { readAcme } from './acme.ts'
import { createFreshOrganization } from './fresh-organization.ts'
import { loadOrganization } from './load-organization.ts'

interface FirstStart {
  readonly config: Pick<Config, 'example' | 'region' | 'managementAccount'>
  readonly store: Store
  readonly clock: Clock
  readonly rootKey: Uint8Array
  readonly hash: (password: string) => Promise<string>
}

/** True for the one node that made the instance. */
export async function prepareInstance({ config, store, clock, rootKey, hash }: FirstStart): Promise<boolean> {
  if (await store.instances.find()) return false
  const organization = config.example ? await readAcme() : createFreshOrganization(config, randomOf(rootKey))
  try {
    return await loadOrganization(organization, { store, now: clock.now(), hash })
  } catch (error) {
    const isSecond = error instanceof Refusal && error.code === 'conflict' && (await store.instances.find())
    if (!isSecond) throw error
    return false
  }
}

/**
 * Chance that follows from the server key, which all nodes of one database share: those that start together make up
 * the same ids, so the database lets one of them in.
 */
function randomOf(rootKey: Uint8Array): Random {
  let block = 0
  return {
    bytes(count) {
      const blocks: Buffer[] = []
      for (let made = 0; made < count; made += 32) {
        blocks.push(createHmac('sha256', rootKey).update(`instance:${block++}`).digest())
      }
      return Buffer.concat(blocks).subarray(0, count)
    },
  }
}
