/** The rules for a new password (hashing happens in the server, in a bounded pool). */

import type { UserId } from '../identifiers.ts'

/** A user's password, as it is kept. */
export interface PasswordRecord {
  readonly userId: UserId
  /** argon2id in PHC string format. */
  readonly hash: string
  /** The hashes of the passwords before it, newest first, at most two (§4.2: not one of the last three). */
  readonly previousHashes: readonly string[]
  readonly updatedAt: Date
}
