/** Why the sealed store cannot be opened. */

import { Refusal } from '@mayfly/identity-center/refusal'
import type { Machine } from '../machine/machine.ts'
import { DataKeyRefusal, type KeyLoss } from '../sealed/key-loss.ts'
import { type CauseName, type Finding, fault } from './causes.ts'
import { shorten } from './config-text.ts'

const CAUSE_OF: Readonly<Record<KeyLoss, CauseName>> = {
  gone: 'keychain-entry-lost',
  'out-of-reach': 'keychain-out-of-reach',
  'passphrase-needed': 'passphrase-needed',
}

const NEXT_OF: Readonly<Record<KeyLoss, string>> = {
  gone: 'mayfly sso login',
  'out-of-reach': 'mayfly storage',
  'passphrase-needed': 'mayfly storage unlock',
}

/** Throws what is no failure of the store. */
export function describeSealedFailure(machine: Machine, error: unknown): Finding {
  if (error instanceof DataKeyRefusal) {
    const evidence = error.hint === undefined ? [] : [error.hint]
    return fault(CAUSE_OF[error.loss], error.message, evidence, NEXT_OF[error.loss])
  }
  if (error instanceof Refusal && error.message.includes('storage.json'))
    return fault('storage-unreadable', shorten(machine, error.message), [], 'mayfly storage')
  if (error instanceof Error && error.name === 'DamagedRecord')
    return fault('cache-damaged', error.message, [], 'mayfly sso login')
  throw error
}
