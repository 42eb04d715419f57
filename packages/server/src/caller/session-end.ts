/** A session ends, and with it every client's tokens that came from it. */

import type { SessionId } from '@mayfly/identity-center/identifiers'
import type { ServerContext } from '../context/context.ts'

export interface SessionEnd {
  /** Signing out leaves running jobs alone; ending a session that may be stolen does not (§2.10). */
  readonly roleCredentials: 'live-on' | 'end'
}

/** Ends the session at once; to end it a second time does nothing. */
export async function endSession(
  id: SessionId,
  { roleCredentials }: SessionEnd,
  { store, clock, revocations }: Pick<ServerContext, 'store' | 'clock' | 'revocations'>,
): Promise<void> {
  const revocation = await store.transaction(async (tx) => {
    await tx.sessions.end(id, clock.now())
    await tx.tokenFamilies.revokeOfSession(id, clock.now())
    if (roleCredentials === 'live-on') return undefined
    const made = revocations.create(`session:${id}`)
    await tx.revocations.insert(made)
    return made
  })
  if (revocation) revocations.note(revocation)
}
