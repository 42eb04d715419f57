/** The data key: in this process's memory, with the agent, in the keychain, or behind the passphrase. */

import { KeychainError } from '../machine/keychain.ts'
import type { Machine } from '../machine/machine.ts'
import { openKeyFile } from './key-file.ts'
import { goneKey, keychainRefusal } from './key-loss.ts'
import { keychainAccount } from './keychain-account.ts'
import { DATA_KEY_BYTES, fingerprint } from './record.ts'
import type { DataKeyRecord } from './storage-mode.ts'

/** Under which name a data key lies in this process's memory. */
export const memoryName = (keyId: string): string => `data-key ${keyId}`

/** The data key of a sealed home, asked for once in the life of a process. Rejects with DataKeyRefusal. */
export const getDataKey = (machine: Machine, record: DataKeyRecord): Promise<Buffer> =>
  machine.secrets.obtain(memoryName(record.id), () => findElsewhere(machine, record))

async function findElsewhere(machine: Machine, record: DataKeyRecord): Promise<Buffer> {
  if (record.keptIn === 'keychain') return readKeychain(machine, record)
  return (await askAgentForKey(machine, record)) ?? openKeyFile(machine, record)
}

/** A running agent keeps the key that `storage unlock` gave it. */
export async function askAgentForKey(machine: Machine, { id }: DataKeyRecord): Promise<Buffer | undefined> {
  if (machine.env['MAYFLY_AGENT'] === 'never') return undefined
  const answer = await machine.agent.ask(['data-key'])
  const key = answer?.answer === 'ok' ? Buffer.from(answer.text, 'base64') : undefined
  return key?.length === DATA_KEY_BYTES && fingerprint(key) === id ? key : undefined
}

async function readKeychain(machine: Machine, { id }: DataKeyRecord): Promise<Buffer> {
  const key = await machine.keychain.get(keychainAccount(machine, id)).catch((error: unknown) => {
    if (error instanceof KeychainError) throw keychainRefusal(error)
    throw error
  })
  if (key?.length === DATA_KEY_BYTES && fingerprint(key) === id) return key
  throw goneKey('The keychain')
}
