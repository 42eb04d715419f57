/** Whatever can issue role credentials. */

import type {
  AccountId,
  GroupId,
  InstanceArn,
  PermissionSetArn,
  SessionId,
  UserId,
} from '@mayfly/identity-center/identifiers'

/** How a person came to a reserved role: an assignment of a permission set in an account, by one or more principals. */
export interface HeldAssignment {
  readonly accountId: AccountId
  readonly permissionSetArn: PermissionSetArn
  /** The user and the groups whose assignment it was, the user first. The session lasts while one of them keeps it. */
  readonly through: readonly (UserId | GroupId)[]
}

/** Who stands behind a role session when it is no person of ours: what a token of an outside issuer said. */
export interface WebIdentity {
  /** Host and path of the issuer, without `https://`. */
  readonly provider: string
  readonly audience: string
  readonly subject: string
}

/** A role that the caller held while assuming this one: when it is withdrawn, so is what was assumed with it. */
export interface EarlierRole {
  readonly accountId: AccountId
  readonly roleId: string
  readonly issuedAt: Date
}

/** What a session was narrowed to when it was issued: it may do what its role and all of these allow. */
export interface SessionPolicies {
  /** A policy document as JSON text. */
  readonly inline?: string
  /** Managed policies, of AWS or of the role's account. */
  readonly arns: readonly string[]
}

/** A role session that somebody has asked for and may have. */
export interface RoleSession {
  readonly instanceArn: InstanceArn
  readonly accountId: AccountId
  /** Of a reserved role: its permission set. */
  readonly permissionSetArn?: PermissionSetArn
  readonly roleName: string
  /** Absent for a reserved role, whose path follows from the instance's region. */
  readonly rolePath?: string
  readonly roleId: string
  readonly sessionName: string
  readonly sourceIdentity?: string
  /** The person behind it and the sign-in; absent for a web identity. */
  readonly userId?: UserId
  readonly sessionId?: SessionId
  /** By which the person holds the first role of the chain; absent for a web identity. */
  readonly assignment?: HeldAssignment
  readonly webIdentity?: WebIdentity
  /** Of a session whose first role was taken with a long-term access key: its id. */
  readonly longTermKeyId?: string
  readonly tags?: Readonly<Record<string, string>>
  readonly transitiveTagKeys?: readonly string[]
  readonly sessionPolicies?: SessionPolicies
  /** The roles that led here, the first one first; absent unless this session was assumed from another. */
  readonly chain?: readonly EarlierRole[]
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
