/** Whatever can issue role credentials. */

import type { AccountId, InstanceArn, PermissionSetArn, SessionId, UserId } from '@mayfly/identity-center/identifiers'

/** A role session that somebody has asked for and may have. */
export interface RoleSession {
  readonly instanceArn: InstanceArn
  readonly accountId: AccountId
  readonly permissionSetArn: PermissionSetArn
  readonly roleName: string
  readonly roleId: string
  readonly sessionName: string
  /** The user id, where the session name does not say the user name in full. */
  readonly sourceIdentity?: UserId
  readonly userId: UserId
  readonly sessionId: SessionId
  readonly issuedAt: Date
  readonly expiresAt: Date
}

export interface RoleCredentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken: string
  readonly expiresAt: Date
}

/** What credentials that were shown turn out to be. */
export type KnownCredentials =
  | { readonly are: 'valid'; readonly session: RoleSession; readonly secretAccessKey: string }
  | { readonly are: 'expired' }
  | { readonly are: 'revoked' }
  | { readonly are: 'unknown' }

export interface RoleCredentialsIssuer {
  issue(session: RoleSession): RoleCredentials | Promise<RoleCredentials>
  /** Looks at credentials of its own by their key id and session token; reads no table. */
  find(accessKeyId: string, sessionToken: string, now: Date): KnownCredentials
}
