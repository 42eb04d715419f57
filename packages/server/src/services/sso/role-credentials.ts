/** GetRoleCredentials: a portal token becomes the short-lived keys of one role. */

import type { AccountId } from '@mayfly/identity-center/identifiers'
import type { Operations } from '@mayfly/wire/model/operations'
import type { UserCaller } from '../../caller/caller.ts'
import { findTokenHolder } from '../../caller/token-holder.ts'
import { getUserCaller, type OperationContext } from '../../operation/operation-context.ts'
import type { RoleSession } from '../../role-credentials/issuer.ts'
import { createPersonSession } from '../../role-credentials/person-session.ts'
import { findSessionTags } from '../../role-credentials/session-tags.ts'
import { noAccess } from './no-access.ts'

type Sso = Operations<typeof import('@aws-sdk/client-sso'), OperationContext>

interface WantedRole {
  readonly accountId: AccountId
  readonly roleName: string
}

export const roleCredentials = {
  async GetRoleCredentials({ accountId, roleName }, context) {
    const wanted = { accountId: accountId as AccountId, roleName }
    const caller = getUserCaller(context)
    let session = await createSession(wanted, caller, context)
    if (context.revocations.covers(session)) session = await createSessionAnew(wanted, caller, context)
    const { accessKeyId, secretAccessKey, sessionToken, expiresAt } = await context.issuer.issue(session)
    return { roleCredentials: { accessKeyId, secretAccessKey, sessionToken, expiration: expiresAt.getTime() } }
  },
} satisfies Partial<Sso>

async function createSession(
  { accountId, roleName }: WantedRole,
  { user, session, asOf }: UserCaller,
  context: OperationContext,
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
async function createSessionAnew(
  wanted: WantedRole,
  caller: UserCaller,
  context: OperationContext,
): Promise<RoleSession> {
  const { user, session, family } = caller
  const claim = { userId: user.id, sessionId: session.id, ...(family ? { family } : {}) }
  const holder = await findTokenHolder(claim, context.store, context.clock.now())
  if (!holder.may) throw noAccess()
  const again = await createSession(wanted, { ...caller, user: holder.user, session: holder.session }, context)
  return { ...again, issuedAt: context.revocations.firstMomentFor(again) }
}
