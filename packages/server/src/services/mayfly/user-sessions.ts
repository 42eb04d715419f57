/** The sessions of a user: what is signed in, and the end of it (§2.10). */

import type { SessionId } from '@mayfly/identity-center/identifiers'
import { Refusal } from '@mayfly/identity-center/refusal'
import type { Session } from '@mayfly/identity-center/sign-in/session'
import { endEverythingOf, endSession } from '../../caller/session-end.ts'
import { listPage, pageByKey } from '../../operation/list-page.ts'
import type { Mayfly } from './mayfly-handlers.ts'
import { getUserOf } from './user-of.ts'

/** By age. */
const placeOf = ({ id, createdAt }: Session): string => `${createdAt.toISOString()} ${id}`

export const userSessions = {
  /** Those that are alive, oldest first, each with the clients that were let in from it. */
  async ListUserSessions(input, context) {
    const { store, clock } = context
    const { id } = await getUserOf(input, store)
    const now = clock.now()
    const [sessions, families] = await Promise.all([
      store.sessions.listOfUser(id, now),
      store.tokenFamilies.listOfUser(id),
    ])
    const alive = families.filter((family) => family.revokedAt === undefined && now < family.expiresAt)
    const listing = { operation: 'ListUserSessions', input, filters: [id] }
    const { items, next } = await listPage(listing, context, async (page) => pageByKey(sessions, placeOf, page))
    return {
      Sessions: items.map((session) => ({
        SessionId: session.id,
        CreatedAt: session.createdAt,
        ExpiresAt: session.expiresAt,
        SourceAddress: session.requester.address,
        UserAgent: session.requester.userAgent,
        Mfa: session.mfa,
        Clients: alive
          .filter(({ sessionId }) => sessionId === session.id)
          .map(({ clientName, grant, lastUsedAt }) => ({ Name: clientName, GrantType: grant, LastUsedAt: lastUsedAt })),
      })),
      ...next,
    }
  },

  /** With every client's tokens and every role credential that came from it. */
  async EndUserSession(input, context) {
    const { id } = await getUserOf(input, context.store)
    const session = await context.store.sessions.find(input.SessionId as SessionId)
    if (session?.userId !== id) {
      const about = { resourceType: 'SESSION', resourceId: input.SessionId }
      throw new Refusal('not-found', 'SESSION not found.', about)
    }
    const recorded = (tx: Parameters<typeof context.record>[0]) => context.record(tx, {})
    await endSession(session.id, { roleCredentials: 'end', recorded }, context)
    return {}
  },

  async EndUserSessions(input, context) {
    const revocation = await context.store.transaction(async (tx) => {
      const { id } = await getUserOf(input, tx)
      await context.record(tx, {})
      return await endEverythingOf(id, tx, context.clock.now())
    })
    context.revocations.note(revocation)
    return {}
  },
} satisfies Partial<Mayfly>
