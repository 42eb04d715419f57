/** The first start: an empty database gets its instance, once, however many nodes start together. */

import { createHmac } from 'node:crypto'
import type { Clock } from '@mayfly/identity-center/clock'
import type { Instance } from '@mayfly/identity-center/instance'
import type { Random } from '@mayfly/identity-center/random'
import { Refusal } from '@mayfly/identity-center/refusal'
import type { Store } from '@mayfly/store'
import type { Config } from '../context/settings.ts'
import { ACME_INSTANCE, readExample } from './acme.ts'
import { createFreshOrganization } from './fresh-organization.ts'
import { loadOrganization } from './load-organization.ts'
import type { Organization } from './organization.ts'

interface FirstStart {
  readonly config: Pick<Config, 'example' | 'exampleFile' | 'region' | 'managementAccount'>
  readonly store: Store
  readonly clock: Clock
  readonly rootKey: Uint8Array
  readonly hash: (password: string) => Promise<string>
}

/** True for the one node that made the instance. Throws `conflict` when an example meets what is none. */
export async function prepareInstance({ config, store, clock, rootKey, hash }: FirstStart): Promise<boolean> {
  const example = config.example ? await readExample(config.exampleFile) : undefined
  const found = await store.instances.find()
  if (found) {
    checkSame(found, example)
    return false
  }
  const organization = example ?? createFreshOrganization(config, randomOf(rootKey))
  try {
    return await loadOrganization(organization, { store, now: clock.now(), hash })
  } catch (error) {
    const isSecond = error instanceof Refusal && error.code === 'conflict' && (await store.instances.find())
    if (!isSecond) throw error
    return false
  }
}

/** An example is never served in place of what is there, and Acme, whose passwords everybody knows, never in earnest. */
function checkSame({ arn }: Instance, example: Organization | undefined): void {
  const isAcme = arn.endsWith(`/ssoins-${ACME_INSTANCE}`)
  if (example === undefined) {
    if (!isAcme) return
    throw new Refusal('conflict', 'This data folder holds the example organization: everybody knows its passwords.', {
      hint: 'Name a new folder with --data, or add --example.',
    })
  }
  if (arn.endsWith(`/ssoins-${example.instance.id}`)) return
  throw new Refusal('conflict', 'This data folder holds another organization than the example.', {
    hint: 'Leave out --example to serve it, or name a new folder with --data.',
  })
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
