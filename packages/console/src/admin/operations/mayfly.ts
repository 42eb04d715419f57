/** What the console sends to the service `mayfly`, which answers what AWS publishes no operation for. */
import type { Nothing, Page, Paged } from './paging.ts'
import type { PrincipalType } from './sso-admin.ts'

export interface MfaDevice {
  MfaDeviceId: string
  Type: 'TOTP' | 'WEBAUTHN'
  Name: string
  /** Seconds since 1970, as all times here. */
  CreatedAt: number
  LastUsedAt?: number
}

export interface UserAccess {
  Status: 'ENABLED' | 'DISABLED'
  HasPassword: boolean
  PasswordChangedAt?: number
  LockedUntil?: number
  MfaDevices: MfaDevice[]
  RecoveryCodesLeft: number
  LastSignInAt?: number
  /** Until when the link that was made last still works. */
  LinkExpiresAt?: number
}

/** A link that works once. */
export interface OneTimeLink {
  Link: string
  ExpiresAt: number
  /** The address it was sent to, when it was. */
  SentTo?: string
}

export interface UserSession {
  SessionId: string
  CreatedAt: number
  ExpiresAt: number
  SourceAddress: string
  UserAgent: string
  Mfa: boolean
  Clients: { Name: string; GrantType: string; LastUsedAt: number }[]
}

/** A principal through whom somebody holds a permission set. */
export interface Through {
  PrincipalType: PrincipalType
  PrincipalId: string
  Name?: string
}

export interface AccessOfUser {
  AccountId: string
  AccountName: string
  PermissionSetArn: string
  PermissionSetName: string
  Through: Through[]
}

export interface AccessToAccount {
  UserId: string
  UserName: string
  PermissionSetArn: string
  PermissionSetName: string
  Through: Through[]
}

export interface AccessMatrix {
  Accounts: { Id: string; Name: string; OrganizationalUnitPath?: string }[]
  PermissionSets: { Arn: string; Name: string }[]
  Cells: { AccountIndex: number; PermissionSetIndex: number; Users: number; Groups: number }[]
}

export interface Found {
  Users: { UserId: string; UserName: string; DisplayName: string; Email?: string; Status: 'ENABLED' | 'DISABLED' }[]
  Groups: { GroupId: string; DisplayName: string }[]
  Accounts: { AccountId: string; Name: string; Email?: string }[]
  PermissionSets: { PermissionSetArn: string; Name: string }[]
  Applications: { ApplicationArn: string; Name: string }[]
}

export type FoundKind = 'USER' | 'GROUP' | 'ACCOUNT' | 'PERMISSION_SET' | 'APPLICATION'

export interface Settings {
  PortalName?: string
  StartUrlAliases?: string[]
  /** ISO 8601, such as `PT8H`. */
  SessionDuration?: string
  MfaPrompt?: 'ALWAYS_ON' | 'CONTEXT_AWARE' | 'DISABLED'
  MfaWithoutDevice?: 'REQUIRE_REGISTRATION' | 'REQUIRE_EMAIL_CODE' | 'ALLOW_SIGN_IN' | 'BLOCK_SIGN_IN'
  MfaTypes?: ('TOTP' | 'WEBAUTHN')[]
  MfaManagedBy?: 'USERS' | 'ADMINISTRATORS'
  PasswordMinimumLength?: number
  PasswordNeedsEveryClass?: boolean
  PasswordResetByEmail?: boolean
  EmailCodeForFirstSignIn?: boolean
  DeviceGrantEnabled?: boolean
}

export interface AuditFilter {
  StartTime?: number
  EndTime?: number
  EventName?: string
  EventSource?: string
  UserId?: string
  ErrorsOnly?: boolean
}

export interface AuditChainStatus {
  State: 'INTACT' | 'BROKEN' | 'EMPTY'
  Events: number
  LastEventAt?: number
  LastHash?: string
  BrokenAt?: string
}

/** The parts of an event, as CloudTrail writes it, that a list shows. */
export interface AuditEvent {
  eventID: string
  eventTime: string
  eventName: string
  eventSource: string
  errorCode?: string
  errorMessage?: string
  sourceIPAddress?: string
  readOnly?: boolean
  userIdentity?: { type?: string; arn?: string; userName?: string; onBehalfOf?: { userId?: string } }
}

interface Of {
  UserId: string
}

export interface Mayfly {
  DescribeUserAccess: [Of, UserAccess]
  InviteUser: [Of & { SendEmail?: boolean }, OneTimeLink]
  ResetUserPassword: [Of & { SendEmail?: boolean }, OneTimeLink]
  SetUserStatus: [Of & { Status: 'ENABLED' | 'DISABLED' }, Nothing]
  UnlockUser: [Of, Nothing]
  DeleteUserMfaDevice: [Of & { MfaDeviceId: string }, Nothing]
  ResetUserMfa: [Of, Nothing]
  ListUserSessions: [Of & Paged, Page<'Sessions', UserSession>]
  EndUserSession: [Of & { SessionId: string }, Nothing]
  EndUserSessions: [Of, Nothing]
  ListEffectiveAccessForUser: [Of & Paged, Page<'Access', AccessOfUser>]
  ListEffectiveAccessForAccount: [Paged & { AccountId: string }, Page<'Access', AccessToAccount>]
  GetAccessMatrix: [Nothing, AccessMatrix]
  Search: [{ Text: string; Kinds?: FoundKind[] }, Found]
  GetSettings: [Nothing, Settings]
  UpdateSettings: [Settings, Nothing]
  ListAuditEvents: [Paged & AuditFilter, Page<'Events', AuditEvent>]
  GetAuditChainStatus: [Nothing, AuditChainStatus]
}
