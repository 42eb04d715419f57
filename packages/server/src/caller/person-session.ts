/** The session of one of a person's roles, as the store allows it now. */

import { isApplicationArn } from '@mayfly/identity-center/applications/application'
import type { AccountId } from '@mayfly/identity-center/identifiers'
import type { ServerContext } from '../context/context.ts'
import type { RoleSession } from '../role-credentials/issuer.ts'
import { createPersonSession } from '../role-credentials/person-session.ts'
import { findSessionTags } from '../role-credentials/session-tags.ts'
import type { UserCaller } from './caller.ts'
import { findTokenHolder } from './token-holder.ts'

interface WantedRole {
  readonly accountId: AccountId
  /** The permission set's name. */
  readonly roleName: string
}

/** To be issued: undefined unless the person holds the role. */
export async function findIssuableSession(
  wanted: WantedRole,
  caller: UserCaller,
  context: ServerContext,
): Promise<RoleSession | undefined> {
  const session = await findPersonSession(wanted, caller, context)
  return session && context.revocations.covers(session) ? await findAnew(wanted, caller, context) : session
}

/** For this one request. */
export async function findPersonSession(
  { accountId, roleName }: WantedRole,
  { user, session, asOf, family }: UserCaller,
  context: ServerContext,
): Promise<RoleSession | undefined> {
  const { ownerAccountId } = await context.instance()
  if (accountId === ownerAccountId && family && isOfOtherAccount(family.clientId, ownerAccountId)) return undefined
  const [role, instance, tags] = await Promise.all([
    context.store.effectiveAccess.findRole(user.id, accountId, roleName),
    context.instance(),
    findSessionTags(user, context),
  ])
  return role && createPersonSession({ user, session, role, instance, tags }, asOf)
}

/**
 * Whoever makes an application says whose assertions it takes, and so who anybody is. Outside of the management account
 * that is a delegated administrator, who must not get in there by it.
 */
const isOfOtherAccount = (clientId: string, accountId: AccountId): boolean =>
  isApplicationArn(clientId) && clientId.split(':')[4] !== accountId

/**
 * Something of this session was withdrawn a moment ago, perhaps after the store was asked. Whoever has it still, or again,
 * has it in full knowledge of that withdrawal, which then does not void what is issued now.
 */
async function findAnew(
  wanted: WantedRole,
  caller: UserCaller,
  context: ServerContext,
): Promise<RoleSession | undefined> {
  const { user, session, family } = caller
  const claim = { userId: user.id, sessionId: session.id, ...(family ? { family } : {}) }
  const holder = await findTokenHolder(claim, context.store, context.clock.now())
  if (!holder.may) return undefined
  const again = await findPersonSession(wanted, { ...caller, user: holder.user, session: holder.session }, context)
  return again && { ...again, issuedAt: context.revocations.firstMomentFor(again) }
}
