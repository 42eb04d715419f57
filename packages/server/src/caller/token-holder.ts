/** Whether the person behind a session may have a token now: looked up in the store, decided in one place. */

import { DEFAULT_APPLICATION_SCOPES, isApplicationArn } from '@mayfly/identity-center/applications/application'
import type { User } from '@mayfly/identity-center/directory/user'
import type { ApplicationArn, SessionId, UserId } from '@mayfly/identity-center/identifiers'
import type { TokenFamily } from '@mayfly/identity-center/oauth/access-token'
import { type ApplicationUse, mayHaveToken, type WhyNoToken } from '@mayfly/identity-center/oauth/may-have-token'
import type { Session } from '@mayfly/identity-center/sign-in/session'
import type { Store } from '@mayfly/store'

export interface TokenClaim {
  readonly userId: UserId
  readonly sessionId: SessionId
  readonly family?: TokenFamily
  /** For what came by a device code: whether the instance lets devices in. */
  readonly deviceGrantEnabled?: boolean
  /** For a first token of an application. What a family says of its application is asked anyway. */
  readonly application?: { readonly arn: ApplicationArn; readonly scopes: readonly string[] }
}

export type TokenHolder =
  | { readonly may: true; readonly user: User; readonly session: Session }
  | { readonly may: false; readonly because: WhyNoToken }

type Tables = Pick<Store, 'users' | 'sessions' | 'applications' | 'applicationAssignments' | 'applicationAccess'>

/** Every grant, every refresh and every use of a token asks this. */
export async function findTokenHolder(claim: TokenClaim, store: Tables, now: Date): Promise<TokenHolder> {
  const { userId, sessionId, family, deviceGrantEnabled } = claim
  const [user, session] = await Promise.all([store.users.find(userId), store.sessions.find(sessionId)])
  const application = await findApplicationUse(claim, store)
  const decision = mayHaveToken({
    user,
    session,
    now,
    family,
    application,
    ...(deviceGrantEnabled === undefined ? {} : { deviceGrantEnabled }),
  })
  if (!decision.may) return decision
  if (!user || !session) return { may: false, because: 'user-unknown' }
  return { may: true, user, session }
}

/** Undefined for the tokens of registered clients. */
async function findApplicationUse(
  { userId, family, application }: TokenClaim,
  store: Tables,
): Promise<ApplicationUse | undefined> {
  const arn: string | undefined = application?.arn ?? family?.clientId
  if (arn === undefined || !isApplicationArn(arn)) return undefined
  const found = await store.applications.find(arn)
  if (found === undefined) return { application: undefined, isAssigned: false, hasScopes: false }
  const isAssigned = !found.assignmentRequired || (await store.applicationAssignments.isAssigned(arn, userId))
  const scopes = (application ?? family)?.scopes ?? []
  return { application: found, isAssigned, hasScopes: await hasScopes(arn, scopes, store) }
}

async function hasScopes(arn: ApplicationArn, scopes: readonly string[], store: Tables): Promise<boolean> {
  const configured = scopes.filter((scope) => !DEFAULT_APPLICATION_SCOPES.includes(scope))
  if (configured.length === 0) return true
  const available = new Set((await store.applicationAccess.scopesOf(arn)).map(({ scope }) => scope))
  return configured.every((scope) => available.has(scope))
}
