/** The secret of a long-term access key: sealed in the store, for checking a signature takes the secret itself. */

import type { Keys } from './keys.ts'

const aadOf = (accessKeyId: string): string => `iam-access-key:${accessKeyId}`

/** For the store. Another key's id does not open it. */
export const sealAccessKeySecret = (keys: Keys, accessKeyId: string, secretAccessKey: string): string =>
  keys.seal('sealing', aadOf(accessKeyId), Buffer.from(secretAccessKey))

/** What was sealed, or undefined when the key that sealed it is gone. */
export function openAccessKeySecret(keys: Keys, accessKeyId: string, sealedSecret: string): string | undefined {
  const bytes = keys.open('sealing', aadOf(accessKeyId), sealedSecret)
  return bytes && Buffer.from(bytes).toString()
}
