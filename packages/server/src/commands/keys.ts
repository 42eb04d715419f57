/** `keys list`, `keys rotate`, `keys rotate-root`: the keys that seal and sign, and the one that seals them. */

import type { Store } from '@mayfly/store'
import { Keys } from '../keys/keys.ts'
import { installRootKey, readRootKey, writeNextRootKey } from '../keys/root-key.ts'
import { resealKeys, rotateKeys } from '../keys/rotation.ts'
import type { Command, CommandContext } from './command.ts'
import { openKeys } from './open-keys.ts'
import { createOperatorEvent } from './operator-event.ts'
import { withStore } from './users.ts'

export const listKeys: Command = {
  words: ['keys', 'list'],
  example: 'keys list --data /var/lib/mayfly',
  summary: "print the server's keys: what each is for, since when, and whether it is retired; no secret",
  run: (context) =>
    withStore(context, async (store) => {
      for (const { id, purpose, createdAt, retiredAt } of await store.signingKeys.list()) {
        const state = retiredAt === undefined ? 'in use' : `retired ${retiredAt.toISOString()}`
        context.print(`${id}\t${purpose}\t${createdAt.toISOString()}\t${state}`)
      }
    }),
}

export const rotate: Command = {
  words: ['keys', 'rotate'],
  example: 'keys rotate --data /var/lib/mayfly',
  summary:
    'make a new key for each purpose; it takes over on every running server within a second, and nobody is signed out',
  run: (context) =>
    withStore(context, async (store) => {
      const { clock } = context
      const created = await rotateKeys({ store, clock, keys: await openKeys(store, context) })
      const keyIds = created.map(({ id }) => id)
      await store.auditEvents.insert(createOperatorEvent('RotateKeys', { keyIds }, context))
      context.print(`${created.length} new keys are in use. The old ones go when nothing they made is valid any more.`)
    }),
}

export const rotateRoot: Command = {
  words: ['keys', 'rotate-root'],
  example: 'keys rotate-root --data /var/lib/mayfly',
  summary: 'seal the keys by a new server key: one that is made and put into DIR/server.key, or MAYFLY_SERVER_KEY',
  run: (context) =>
    withStore(context, async (store) => {
      const { config, print } = context
      const inFile = config.serverKey === undefined
      const keys = inFile ? await openWithNextRoot(store, context) : await openKeys(store, context)
      const count = await resealKeys(keys, store)
      if (inFile) await installRootKey(config.dataFolder)
      await store.auditEvents.insert(createOperatorEvent('RotateRootKey', { keys: count }, context))
      print(`${count} keys are sealed by the new server key.`)
      if (inFile) print('Restart the server, keep a copy of the new server.key, and delete server.key.previous then.')
      else print('Start every server without MAYFLY_PREVIOUS_SERVER_KEY from now on.')
    }),
}

async function openWithNextRoot(store: Store, { config, clock, random }: CommandContext): Promise<Keys> {
  const previousRoot = await readRootKey(config, { random, isNew: false })
  const root = await writeNextRootKey(config.dataFolder, random)
  return await Keys.open(root, { store, clock, random, previousRoot })
}
