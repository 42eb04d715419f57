/** Who asks. */

import type { User } from '@mayfly/identity-center/directory/user'
import type { AccountId, PermissionSetArn, SessionId, UserId } from '@mayfly/identity-center/identifiers'
import type { TokenFamily } from '@mayfly/identity-center/oauth/access-token'
import type { Session } from '@mayfly/identity-center/sign-in/session'
import type { RoleSession, SessionPolicies, WebIdentity } from '../role-credentials/issuer.ts'

export interface UserCaller {
  readonly type: 'user'
  readonly by: 'access-token' | 'cookie'
  readonly user: User
  readonly session: Session
  /** A moment before the store was asked about them: what is withdrawn later withdraws what they were given. */
  readonly asOf: Date
  /** The client's tokens; absent when a signed-in browser asks. */
  readonly family?: TokenFamily
}

export interface RoleCaller {
  readonly type: 'role'
  /** How it was shown: signed with role credentials, or a signed-in browser that acts as one of its person's roles. */
  readonly by: 'signature' | 'cookie'
  readonly accountId: AccountId
  readonly roleName: string
  /** `/`, or with a slash at either end. */
  readonly rolePath: string
  readonly roleId: string
  readonly sessionName: string
  /** `arn:aws:sts::<account>:assumed-role/<role name>/<session name>` */
  readonly arn: string
  /** Of a reserved role: the permission set that it is in this account. */
  readonly permissionSetArn?: PermissionSetArn
  /** The person behind it, however many roles lie between; absent for a web identity. */
  readonly userId?: UserId
  readonly sessionId?: SessionId
  readonly sourceIdentity?: string
  /** Of a session whose first role was taken with a token of an outside issuer. */
  readonly webIdentity?: WebIdentity
  /** The session's tags: `aws:PrincipalTag/<key>`. The role's own tags count where these have no such key. */
  readonly tags: Readonly<Record<string, string>>
  /** The keys of those tags that a session assumed from this one has too. */
  readonly transitiveTagKeys: readonly string[]
  readonly sessionPolicies?: SessionPolicies
  /** Assumed from another role session. */
  readonly chained: boolean
  /** Empty for a browser, which shows none. */
  readonly accessKeyId: string
  readonly issuedAt: Date
  readonly expiresAt: Date
  /** What it was issued as: whatever is assumed with it hangs on the same. */
  readonly session?: RoleSession
}

/** An IAM user of a local account, who signed with a long-term access key. It opens sts and iam, and nothing else. */
export interface IamUserCaller {
  readonly type: 'iam-user'
  readonly accountId: AccountId
  readonly userName: string
  /** `/`, or with a slash at either end. */
  readonly userPath: string
  /** `AIDA…` */
  readonly iamUserId: string
  /** `arn:aws:iam::<account>:user<path><name>` */
  readonly arn: string
  /** The user's tags: `aws:PrincipalTag/<key>`. */
  readonly tags: Readonly<Record<string, string>>
  /** `AKIA…` */
  readonly accessKeyId: string
}

/** Whoever asks in the name of an account. */
export type AccountCaller = RoleCaller | IamUserCaller

export type Caller = { readonly type: 'anonymous' } | UserCaller | AccountCaller

export const isAccountCaller = (caller: Caller): caller is AccountCaller =>
  caller.type === 'role' || caller.type === 'iam-user'

export const ANONYMOUS: Caller = { type: 'anonymous' }
