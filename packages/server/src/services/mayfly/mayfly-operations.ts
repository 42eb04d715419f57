/** The operations of the own service, typed: written by tools/write-references.ts from models/mayfly/mayfly.json. */

type Handles<Input, Output, Context> = (input: Input, context: Context) => Promise<Output> | Output

export type MayflyOperations<Context> = {
  DeleteUserMfaDevice: Handles<DeleteUserMfaDeviceRequest, DeleteUserMfaDeviceResponse, Context>
  DescribeUserAccess: Handles<DescribeUserAccessRequest, DescribeUserAccessResponse, Context>
  EndUserSession: Handles<UserSessionEndRequest, UserSessionEndResponse, Context>
  EndUserSessions: Handles<UserSessionsEndRequest, UserSessionsEndResponse, Context>
  GetAccessMatrix: Handles<GetAccessMatrixRequest, GetAccessMatrixResponse, Context>
  GetAuditChainStatus: Handles<GetAuditChainStatusRequest, GetAuditChainStatusResponse, Context>
  GetSettings: Handles<GetSettingsRequest, GetSettingsResponse, Context>
  InviteUser: Handles<InviteUserRequest, InviteUserResponse, Context>
  ListAuditEvents: Handles<ListAuditEventsRequest, ListAuditEventsResponse, Context>
  ListEffectiveAccessForAccount: Handles<
    ListEffectiveAccessForAccountRequest,
    ListEffectiveAccessForAccountResponse,
    Context
  >
  ListEffectiveAccessForUser: Handles<ListEffectiveAccessForUserRequest, ListEffectiveAccessForUserResponse, Context>
  ListUserSessions: Handles<ListUserSessionsRequest, ListUserSessionsResponse, Context>
  ResetUserMfa: Handles<ResetUserMfaRequest, ResetUserMfaResponse, Context>
  ResetUserPassword: Handles<ResetUserPasswordRequest, ResetUserPasswordResponse, Context>
  Search: Handles<SearchRequest, SearchResponse, Context>
  SetUserStatus: Handles<SetUserStatusRequest, SetUserStatusResponse, Context>
  UnlockUser: Handles<UnlockUserRequest, UnlockUserResponse, Context>
  UpdateSettings: Handles<UpdateSettingsRequest, UpdateSettingsResponse, Context>
}

type AccessPath = { PrincipalType: 'USER' | 'GROUP'; PrincipalId: string; Name?: string | undefined }
type AccountAccess = {
  UserId: string
  UserName: string
  PermissionSetArn: string
  PermissionSetName: string
  Through: readonly AccessPath[]
}
type DeleteUserMfaDeviceRequest = { UserId: string; MfaDeviceId: string }
type DeleteUserMfaDeviceResponse = Record<never, never>
type DescribeUserAccessRequest = { UserId: string }
type DescribeUserAccessResponse = {
  UserId: string
  Status: 'ENABLED' | 'DISABLED'
  HasPassword: boolean
  PasswordChangedAt?: Date | undefined
  LockedUntil?: Date | undefined
  MfaDevices: readonly MfaDevice[]
  RecoveryCodesLeft: number
  LastSignInAt?: Date | undefined
  LinkExpiresAt?: Date | undefined
}
type UserSessionEndRequest = { UserId: string; SessionId: string }
type UserSessionEndResponse = Record<never, never>
type UserSessionsEndRequest = { UserId: string }
type UserSessionsEndResponse = Record<never, never>
type FoundAccount = { AccountId: string; Name: string; Email?: string | undefined }
type FoundApplication = { ApplicationArn: string; Name: string }
type FoundGroup = { GroupId: string; DisplayName: string }
type FoundPermissionSet = { PermissionSetArn: string; Name: string }
type FoundUser = {
  UserId: string
  UserName: string
  DisplayName: string
  Email?: string | undefined
  Status: 'ENABLED' | 'DISABLED'
}
type GetAccessMatrixRequest = Record<never, never>
type GetAccessMatrixResponse = {
  Accounts: readonly MatrixAccount[]
  PermissionSets: readonly MatrixPermissionSet[]
  Cells: readonly MatrixCell[]
}
type GetAuditChainStatusRequest = Record<never, never>
type GetAuditChainStatusResponse = {
  State: 'INTACT' | 'BROKEN' | 'EMPTY'
  Events: number
  LastEventAt?: Date | undefined
  LastHash?: string | undefined
  BrokenAt?: string | undefined
}
type GetSettingsRequest = Record<never, never>
type GetSettingsResponse = {
  PortalName?: string | undefined
  StartUrlAliases?: readonly string[] | undefined
  SessionDuration?: string | undefined
  MfaPrompt?: 'ALWAYS_ON' | 'CONTEXT_AWARE' | 'DISABLED' | undefined
  MfaWithoutDevice?: 'REQUIRE_REGISTRATION' | 'REQUIRE_EMAIL_CODE' | 'ALLOW_SIGN_IN' | 'BLOCK_SIGN_IN' | undefined
  MfaTypes?: readonly ('TOTP' | 'WEBAUTHN')[] | undefined
  MfaManagedBy?: 'USERS' | 'ADMINISTRATORS' | undefined
  PasswordMinimumLength?: number | undefined
  PasswordNeedsEveryClass?: boolean | undefined
  PasswordResetByEmail?: boolean | undefined
  EmailCodeForFirstSignIn?: boolean | undefined
  DeviceGrantEnabled?: boolean | undefined
}
type InviteUserRequest = { UserId: string; SendEmail?: boolean | undefined }
type InviteUserResponse = { Link: string; ExpiresAt: Date; SentTo?: string | undefined }
type ListAuditEventsRequest = {
  StartTime?: Date | undefined
  EndTime?: Date | undefined
  EventName?: string | undefined
  EventSource?: string | undefined
  UserId?: string | undefined
  ErrorsOnly?: boolean | undefined
  MaxResults?: number | undefined
  NextToken?: string | undefined
}
type ListAuditEventsResponse = { Events: readonly Readonly<Record<string, unknown>>[]; NextToken?: string | undefined }
type ListEffectiveAccessForAccountRequest = {
  AccountId: string
  MaxResults?: number | undefined
  NextToken?: string | undefined
}
type ListEffectiveAccessForAccountResponse = { Access: readonly AccountAccess[]; NextToken?: string | undefined }
type ListEffectiveAccessForUserRequest = {
  UserId: string
  MaxResults?: number | undefined
  NextToken?: string | undefined
}
type ListEffectiveAccessForUserResponse = { Access: readonly UserAccess[]; NextToken?: string | undefined }
type ListUserSessionsRequest = { UserId: string; MaxResults?: number | undefined; NextToken?: string | undefined }
type ListUserSessionsResponse = { Sessions: readonly UserSession[]; NextToken?: string | undefined }
type MatrixAccount = { Id: string; Name: string; OrganizationalUnitPath?: string | undefined }
type MatrixCell = { AccountIndex: number; PermissionSetIndex: number; Users: number; Groups: number }
type MatrixPermissionSet = { Arn: string; Name: string }
type MfaDevice = {
  MfaDeviceId: string
  Type: 'TOTP' | 'WEBAUTHN'
  Name: string
  CreatedAt: Date
  LastUsedAt?: Date | undefined
}
type ResetUserMfaRequest = { UserId: string }
type ResetUserMfaResponse = Record<never, never>
type ResetUserPasswordRequest = { UserId: string; SendEmail?: boolean | undefined }
type ResetUserPasswordResponse = { Link: string; ExpiresAt: Date; SentTo?: string | undefined }
type SearchRequest = {
  Text: string
  Kinds?: readonly ('USER' | 'GROUP' | 'ACCOUNT' | 'PERMISSION_SET' | 'APPLICATION')[] | undefined
}
type SearchResponse = {
  Users: readonly FoundUser[]
  Groups: readonly FoundGroup[]
  Accounts: readonly FoundAccount[]
  PermissionSets: readonly FoundPermissionSet[]
  Applications: readonly FoundApplication[]
}
type SessionClient = { Name: string; GrantType: string; LastUsedAt: Date }
type SetUserStatusRequest = { UserId: string; Status: 'ENABLED' | 'DISABLED' }
type SetUserStatusResponse = Record<never, never>
type UnlockUserRequest = { UserId: string }
type UnlockUserResponse = Record<never, never>
type UpdateSettingsRequest = {
  PortalName?: string | undefined
  StartUrlAliases?: readonly string[] | undefined
  SessionDuration?: string | undefined
  MfaPrompt?: 'ALWAYS_ON' | 'CONTEXT_AWARE' | 'DISABLED' | undefined
  MfaWithoutDevice?: 'REQUIRE_REGISTRATION' | 'REQUIRE_EMAIL_CODE' | 'ALLOW_SIGN_IN' | 'BLOCK_SIGN_IN' | undefined
  MfaTypes?: readonly ('TOTP' | 'WEBAUTHN')[] | undefined
  MfaManagedBy?: 'USERS' | 'ADMINISTRATORS' | undefined
  PasswordMinimumLength?: number | undefined
  PasswordNeedsEveryClass?: boolean | undefined
  PasswordResetByEmail?: boolean | undefined
  EmailCodeForFirstSignIn?: boolean | undefined
  DeviceGrantEnabled?: boolean | undefined
}
type UpdateSettingsResponse = Record<never, never>
type UserAccess = {
  AccountId: string
  AccountName: string
  PermissionSetArn: string
  PermissionSetName: string
  Through: readonly AccessPath[]
}
type UserSession = {
  SessionId: string
  CreatedAt: Date
  ExpiresAt: Date
  SourceAddress: string
  UserAgent: string
  Mfa: boolean
  Clients: readonly SessionClient[]
}
