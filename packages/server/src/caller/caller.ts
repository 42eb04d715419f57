/** Who asks. */

import type { User } from '@mayfly/identity-center/directory/user'
import type { AccountId, SessionId, UserId } from '@mayfly/identity-center/identifiers'
import type { TokenFamily } from '@mayfly/identity-center/oauth/access-token'
import type { Session } from '@mayfly/identity-center/sign-in/session'

export interface UserCaller {
  readonly type: 'user'
  readonly by: 'access-token' | 'cookie'
  readonly user: User
  readonly session: Session
  /** The client's tokens; absent when a signed-in browser asks. */
  readonly family?: TokenFamily
}

export interface RoleCaller {
  readonly type: 'role'
  readonly accountId: AccountId
  readonly roleName: string
  readonly roleId: string
  readonly sessionName: string
  /** `arn:aws:sts::<account>:assumed-role/<role name>/<session name>` */
  readonly arn: string
  readonly userId: UserId
  readonly sessionId: SessionId
  readonly accessKeyId: string
  readonly issuedAt: Date
}

export type Caller = { readonly type: 'anonymous' } | UserCaller | RoleCaller

export const ANONYMOUS: Caller = { type: 'anonymous' }
