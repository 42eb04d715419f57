/** Whether the person behind a session may have a token now: looked up in the store, decided in one place. */

import type { User } from '@mayfly/identity-center/directory/user'
import type { SessionId, UserId } from '@mayfly/identity-center/identifiers'
import type { TokenFamily } from '@mayfly/identity-center/oauth/access-token'
import { mayHaveToken, type WhyNoToken } from '@mayfly/identity-center/oauth/may-have-token'
import type { Session } from '@mayfly/identity-center/sign-in/session'
import type { Store } from '@mayfly/store'

export interface TokenClaim {
  readonly userId: UserId
  readonly sessionId: SessionId
  readonly family?: TokenFamily
  /** For what came by a device code: whether the instance lets devices in. */
  readonly deviceGrantEnabled?: boolean
}

export type TokenHolder =
  | { readonly may: true; readonly user: User; readonly session: Session }
  | { readonly may: false; readonly because: WhyNoToken }

/** Every grant, every refresh and every use of a token asks this. */
export async function findTokenHolder(
  claim: TokenClaim,
  store: Pick<Store, 'users' | 'sessions'>,
  now: Date,
): Promise<TokenHolder> {
  const { userId, sessionId, ...asked } = claim
  const [user, session] = await Promise.all([store.users.find(userId), store.sessions.find(sessionId)])
  const decision = mayHaveToken({ user, session, now, ...asked })
  if (!decision.may) return decision
  if (!user || !session) return { may: false, because: 'user-unknown' }
  return { may: true, user, session }
}
