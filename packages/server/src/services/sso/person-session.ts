/** The session of one of the caller's roles, as the store allows it now. */

import type { AccountId } from '@mayfly/identity-center/identifiers'
import type { UserCaller } from '../../caller/caller.ts'
import { findTokenHolder } from '../../caller/token-holder.ts'
import type { ServerContext } from '../../context/context.ts'
import type { RoleSession } from '../../role-credentials/issuer.ts'
import { createPersonSession } from '../../role-credentials/person-session.ts'
import { findSessionTags } from '../../role-credentials/session-tags.ts'
import { noAccess } from './no-access.ts'

export interface WantedRole {
  readonly accountId: AccountId
  /** The permission set's name. */
  readonly roleName: string
}

/** Throws `No access` unless the caller holds the role. */
export async function findPersonSession(
  wanted: WantedRole,
  caller: UserCaller,
  context: ServerContext,
): Promise<RoleSession> {
  const session = await createSession(wanted, caller, context)
  return context.revocations.covers(session) ? await createSessionAnew(wanted, caller, context) : session
}

async function createSession(
  { accountId, roleName }: WantedRole,
  { user, session, asOf }: UserCaller,
  context: ServerContext,
): Promise<RoleSession> {
  const [role, instance, tags] = await Promise.all([
    context.store.effectiveAccess.findRole(user.id, accountId, roleName),
    context.instance(),
    findSessionTags(user, context),
  ])
  if (!role) throw noAccess()
  return createPersonSession({ user, session, role, instance, tags }, asOf)
}

/**
 * Something of this session was withdrawn a moment ago, perhaps after the store was asked. Whoever has it still, or again,
 * has it in full knowledge of that withdrawal, which then does not void what is issued now.
 */
async function createSessionAnew(wanted: WantedRole, caller: UserCaller, context: ServerContext): Promise<RoleSession> {
  const { user, session, family } = caller
  const claim = { userId: user.id, sessionId: session.id, ...(family ? { family } : {}) }
  const holder = await findTokenHolder(claim, context.store, context.clock.now())
  if (!holder.may) throw noAccess()
  const again = await createSession(wanted, { ...caller, user: holder.user, session: holder.session }, context)
  return { ...again, issuedAt: context.revocations.firstMomentFor(again) }
}
