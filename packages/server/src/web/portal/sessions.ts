/** My sessions, and the clients that were let in from each. */

import type { SessionId, TokenFamilyId } from '@mayfly/identity-center/identifiers'
import type { TokenFamily } from '@mayfly/identity-center/oauth/access-token'
import { Refusal } from '@mayfly/identity-center/refusal'
import { endSession } from '../../caller/session-end.ts'
import { createPersonalEvent } from '../../sign-in/sign-in-events.ts'
import type { PortalCall } from './portal-call.ts'

/** GET /portal/sessions */
export async function listSessions({ caller, store, clock }: PortalCall): Promise<object> {
  const { user, session: current } = caller
  const now = clock.now()
  const [sessions, families] = await Promise.all([
    store.sessions.listOfUser(user.id, now),
    store.tokenFamilies.listOfUser(user.id),
  ])
  const alive = families.filter(({ revokedAt, expiresAt }) => revokedAt === undefined && now < expiresAt)
  return {
    sessions: sessions.map(({ id, createdAt, expiresAt, requester, mfa }) => ({
      id,
      current: id === current.id,
      createdAt,
      expiresAt,
      address: requester.address,
      userAgent: requester.userAgent,
      mfa,
      clients: alive.filter(({ sessionId }) => sessionId === id).map(describeClient),
    })),
  }
}

const describeClient = (family: TokenFamily) => ({
  id: family.id,
  clientName: family.clientName,
  grant: family.grant,
  scopes: family.scopes,
  createdAt: family.createdAt,
  lastUsedAt: family.lastUsedAt,
  expiresAt: family.expiresAt,
  address: family.requester.address,
  userAgent: family.requester.userAgent,
})

/** DELETE /portal/sessions/:id ends it, its clients' tokens and its role credentials. */
export async function endOneSession(call: PortalCall): Promise<undefined> {
  const { id, caller, store } = call
  const session = await store.sessions.find(id as SessionId)
  // Whose session it is, nobody else learns.
  if (!session || session.userId !== caller.user.id) throw new Refusal('not-found', 'There is no such session.')
  await record('BatchDeleteSession', { sessionId: session.id }, call)
  await endSession(session.id, { roleCredentials: 'end' }, call)
}

/** DELETE /portal/clients/:id ends one client's tokens. */
export async function endClient(call: PortalCall): Promise<undefined> {
  const { id, caller, store, clock } = call
  const family = await store.tokenFamilies.find(id as TokenFamilyId)
  if (!family || family.userId !== caller.user.id) throw new Refusal('not-found', 'There is no such client.')
  await record('RevokeClient', { clientName: family.clientName, sessionId: family.sessionId }, call)
  await store.tokenFamilies.revoke(family.id, clock.now())
}

async function record(eventName: string, requestParameters: Record<string, unknown>, call: PortalCall): Promise<void> {
  const { user, session } = call.caller
  const about = { eventName, requestParameters, userId: user.id, sessionId: session.id }
  await call.store.auditEvents.insert(await createPersonalEvent(about, call))
}
