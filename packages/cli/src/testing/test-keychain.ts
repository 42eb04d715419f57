/** Keychains made of memory. */

import { type Keychain, KeychainError } from '../machine/keychain.ts'

const unreachable = (): Promise<never> => Promise.reject(new KeychainError('unreachable', 'no keychain in this test'))

export const noKeychain: Keychain = { get: unreachable, set: unreachable, delete: unreachable }

/** A keychain made of memory. */
export function createTestKeychain(
  entries = new Map<string, Buffer>(),
): Keychain & { readonly entries: typeof entries } {
  return {
    entries,
    get: async (account) => {
      const held = entries.get(account)
      return held && Buffer.from(held)
    },
    set: async (account, secret) => void entries.set(account, Buffer.from(secret)),
    delete: async (account) => entries.delete(account),
  }
}
