/** What the console sends to the service `mayfly`, which answers what AWS publishes no operation for. */
import type { Nothing, Page, Paged } from './paging.ts'
import type { PrincipalType } from './sso-admin.ts'

export interface MfaDevice {
  MfaDeviceId: string
  Name?: string
  Type?: string
  CreatedAt?: number
  LastUsedAt?: number
}

export interface UserAccess {
  HasPassword: boolean
  Status: 'ENABLED' | 'DISABLED'
  /** Seconds since 1970, as all times here. */
  LockedUntil?: number
  MfaDevices: MfaDevice[]
  RecoveryCodesLeft?: number
  LastSignInAt?: number
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
  CreatedAt?: number
  ExpiresAt?: number
  Address?: string
  UserAgent?: string
}

/** A principal through whom somebody holds a permission set. */
export interface Through {
  PrincipalType: PrincipalType
  PrincipalId: string
  Name?: string
}

export interface AccessOfUser {
  AccountId: string
  AccountName?: string
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
  Accounts: { Id: string; Name?: string; OrganizationalUnitPath?: string }[]
  PermissionSets: { Arn: string; Name: string }[]
  Cells: { AccountIndex: number; PermissionSetIndex: number; Users: number; Groups: number }[]
}

export interface Found {
  Users?: { UserId: string; UserName: string; DisplayName?: string }[]
  Groups?: { GroupId: string; DisplayName: string }[]
  Accounts?: { AccountId: string; Name?: string }[]
  PermissionSets?: { PermissionSetArn: string; Name: string }[]
  Applications?: { ApplicationArn: string; Name: string }[]
}

export interface Settings {
  InstanceName?: string
  StartUrlAliases?: string[]
  SessionDuration?: string
  MfaPrompt?: 'always-on' | 'context-aware' | 'disabled'
  MfaWithoutDevice?: 'require-registration' | 'require-email-code' | 'allow-sign-in' | 'block-sign-in'
  MfaTypes?: ('TOTP' | 'WEBAUTHN')[]
  MfaManagedBy?: 'users' | 'administrators'
  PasswordMinimumLength?: number
  PasswordNeedsEveryClass?: boolean
  EmailCodeForFirstSignIn?: boolean
  PasswordResetByEmail?: boolean
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
  Status?: string
  Events?: number
  [more: string]: unknown
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
  Search: [{ Text: string; Kinds?: string[] }, Found]
  GetSettings: [Nothing, Settings]
  UpdateSettings: [Settings, Settings]
  ListAuditEvents: [Paged & AuditFilter, Page<'Events', unknown>]
  GetAuditChainStatus: [Nothing, AuditChainStatus]
}
