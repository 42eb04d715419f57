/** Tokens in plain text that the sealed mode does not read: `aws sso login` of the AWS CLI leaves one. */

import type { Machine } from '../machine/machine.ts'
import { openSharedFolder } from '../sealed/cache-folder.ts'
import { readStorageMode } from '../sealed/storage-mode.ts'
import type { SsoConfiguration } from '../shared-config/profile.ts'
import { signInName, tokenFileName } from './token-cache.ts'

/** The sessions among these that have such a token, by what people call them; none in `shared`. */
export async function listUnsealedTokens(
  machine: Machine,
  sessions: readonly SsoConfiguration[],
): Promise<readonly string[]> {
  if ((await readStorageMode(machine)) === 'shared') return []
  const names = new Set(await openSharedFolder(machine, 'sso').list())
  return sessions.filter((sso) => names.has(tokenFileName(sso))).map(signInName)
}
