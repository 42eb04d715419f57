/** Sessions end: one, and with it every client's tokens that came from it, or everything of a user. */

import type { SessionId, UserId } from '@mayfly/identity-center/identifiers'
import { createRevocation, type Revocation } from '@mayfly/identity-center/revocation'
import type { Transaction } from '@mayfly/store'
import type { ServerContext } from '../context/context.ts'

export interface SessionEnd {
  /** Signing out leaves running jobs alone; ending a session that may be stolen does not (§2.10). */
  readonly roleCredentials: 'live-on' | 'end'
  /** What belongs into the same transaction: the record of who ended it. */
  readonly recorded?: (tx: Transaction) => Promise<void>
}

/** Ends the session at once; to end it a second time does nothing. */
export async function endSession(
  id: SessionId,
  { roleCredentials, recorded }: SessionEnd,
  { store, clock, revocations }: Pick<ServerContext, 'store' | 'clock' | 'revocations'>,
): Promise<void> {
  const revocation = await store.transaction(async (tx) => {
    await tx.sessions.end(id, clock.now())
    await tx.tokenFamilies.revokeOfSession(id, clock.now())
    await recorded?.(tx)
    if (roleCredentials === 'live-on') return undefined
    const made = revocations.create(`session:${id}`)
    await tx.revocations.insert(made)
    return made
  })
  if (revocation) revocations.note(revocation)
}

/**
 * Ends every session, token and role credential of a user, in the transaction that says why. A server that is running
 * notes the revocation that it made once that is committed.
 */
export async function endEverythingOf(
  userId: UserId,
  tx: Pick<Transaction, 'sessions' | 'tokenFamilies' | 'revocations'>,
  now: Date,
): Promise<Revocation> {
  const revocation = createRevocation(`user:${userId}`, now)
  await tx.sessions.endOfUser(userId, now)
  await tx.tokenFamilies.revokeOfUser(userId, now)
  await tx.revocations.insert(revocation)
  return revocation
}
