/** The end of a session: its clients' tokens go with it, and its role credentials when that is asked for. */

import type { SessionId, UserId } from '@mayfly/identity-center/identifiers'
import type { Session } from '@mayfly/identity-center/sign-in/session'
import type { Context } from '../context/context.ts'
import { createPersonalEvent } from './sign-in-events.ts'

export interface SessionEnd {
  /** `Logout`, or `BatchDeleteSession` when it is ended from elsewhere. */
  readonly eventName: 'Logout' | 'BatchDeleteSession'
  /** Also withdraws the role credentials that came from it: signing out leaves them, as AWS does (§2.10). */
  readonly withRoleCredentials?: boolean
  /** Who ends it and from which session, when it is not the session itself. */
  readonly by?: { readonly userId: UserId; readonly sessionId: SessionId }
}

/** Ends a session at once, on every node. */
export async function endSession(session: Session, end: SessionEnd, context: Context): Promise<void> {
  const { store, clock, revocations } = context
  const now = clock.now()
  const revocation = end.withRoleCredentials === true ? revocations.create(`session:${session.id}`) : undefined
  const event = await createPersonalEvent(
    {
      eventName: end.eventName,
      userId: end.by?.userId ?? session.userId,
      sessionId: end.by?.sessionId ?? session.id,
      requestParameters: { sessionId: session.id },
    },
    context,
  )
  await store.transaction(async (tx) => {
    await tx.sessions.end(session.id, now)
    await tx.tokenFamilies.revokeOfSession(session.id, now)
    if (revocation) await tx.revocations.insert(revocation)
    await tx.auditEvents.insert(event)
  })
  if (revocation) revocations.note(revocation)
}
