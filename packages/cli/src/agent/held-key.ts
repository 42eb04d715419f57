/** The data key that an agent was handed: in its memory, under the name by which the sealed store finds it. */

import type { AgentAnswer } from '../hot/agent-call.ts'
import type { Machine } from '../machine/machine.ts'
import { memoryName } from '../sealed/data-key.ts'
import { DATA_KEY_BYTES, fingerprint } from '../sealed/record.ts'
import { readStorage } from '../sealed/storage-mode.ts'
import { no, ok } from './answers.ts'

export interface HeldKey {
  /** Whether one was handed over. */
  isHeld(): boolean
  /** Takes the key (base64), when it is the one of this home. */
  take(text: string): Promise<AgentAnswer>
  /** The key (base64) for another process of this person. */
  give(): AgentAnswer
  /** Overwrites the key that was handed over, and one that came out of the keychain. */
  forget(): Promise<void>
}

export function createHeldKey(machine: Machine): HeldKey {
  let id: string | undefined
  return {
    isHeld: () => id !== undefined,
    async take(text) {
      const key = Buffer.from(text, 'base64')
      const storage = await readStorage(machine)
      const isWanted = storage.mode === 'sealed' && key.length === DATA_KEY_BYTES && fingerprint(key) === storage.key.id
      if (!isWanted) return no('not-the-key')
      id = storage.key.id
      machine.secrets.keep(memoryName(id), key)
      return ok('')
    },
    give() {
      const key = id === undefined ? undefined : machine.secrets.find(memoryName(id))
      return key ? ok(key.toString('base64')) : no('locked')
    },
    async forget() {
      if (id !== undefined) machine.secrets.forget(memoryName(id))
      id = undefined
      const storage = await readStorage(machine).catch(() => undefined)
      if (storage?.mode === 'sealed') machine.secrets.forget(memoryName(storage.key.id))
    },
  }
}
