/** The server's keys, for commands that seal or verify. */

import type { Store } from '@mayfly/store'
import { Keys } from '../keys/keys.ts'
import { readPreviousRootKey, readRootKey } from '../keys/root-key.ts'
import type { CommandContext } from './command.ts'

/** Opens the keys of a database with the server key of the data folder. Throws `not-found` or `invalid`. */
export async function openKeys(store: Store, { config, clock, random }: CommandContext): Promise<Keys> {
  const root = await readRootKey(config, { random, isNew: false })
  const previousRoot = readPreviousRootKey(config)
  return await Keys.open(root, { store, clock, random, ...(previousRoot === undefined ? {} : { previousRoot }) })
}
