/** storage unlock, storage lock: the agent keeps the data key that a passphrase opens, or forgets it. */

import { Refusal } from '@mayfly/identity-center/refusal'
import { forgetDataKey, giveDataKey } from '../../agent/client.ts'
import type { Machine } from '../../machine/machine.ts'
import { askAgentForKey, getDataKey, memoryName } from '../../sealed/data-key.ts'
import { type DataKeyRecord, readStorage } from '../../sealed/storage-mode.ts'
import type { Command } from '../command.ts'

/** Whether the agent was given this data key. */
export const agentHoldsKey = async (machine: Machine, key: DataKeyRecord): Promise<boolean> =>
  (await askAgentForKey(machine, key)) !== undefined

export const storageUnlock: Command = {
  words: 'storage unlock',
  summary: 'say the passphrase once: the agent keeps the key until it stops or is told to forget it',
  options: [],
  example: 'mayfly storage unlock',
  async run(_, machine) {
    const key = await findPassphraseKey(machine)
    if (key === undefined) return 0
    if (await agentHoldsKey(machine, key)) {
      machine.terminal.write('The sealed store is unlocked already.\n')
      return 0
    }
    const dataKey = await getDataKey(machine, key)
    if (!(await giveDataKey(machine, dataKey))) {
      throw new Refusal('invalid', 'There is no agent that could keep the key.', {
        hint:
          machine.env['MAYFLY_AGENT'] === 'never'
            ? 'MAYFLY_AGENT=never switches it off. Unset it, and run: mayfly storage unlock'
            : 'See why: mayfly agent run',
      })
    }
    machine.terminal.write('Unlocked. The agent keeps the key in its memory until: mayfly storage lock\n')
    return 0
  },
}

export const storageLock: Command = {
  words: 'storage lock',
  summary: 'let the agent forget the key of the sealed store',
  options: [],
  example: 'mayfly storage lock',
  async run(_, machine) {
    const key = await findPassphraseKey(machine)
    if (key === undefined) return 0
    await forgetDataKey(machine)
    machine.secrets.forget(memoryName(key.id))
    machine.terminal.write('Locked. To use the sealed store again: mayfly storage unlock\n')
    return 0
  },
}

/** The key behind a passphrase; where there is none, says what there is instead. */
async function findPassphraseKey(machine: Machine): Promise<DataKeyRecord | undefined> {
  const storage = await readStorage(machine)
  if (storage.mode === 'sealed' && storage.key.keptIn === 'passphrase') return storage.key
  machine.terminal.write(
    storage.mode === 'shared'
      ? 'Nothing is sealed here: the storage is shared with the tools of AWS.\n'
      : 'The keychain keeps the key of the sealed store: it locks and unlocks it.\n',
  )
  return undefined
}
