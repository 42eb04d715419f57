/** Every table, typed: its columns are the members of the domain's type, and a few keys for finding. */

import type { Account } from '@mayfly/identity-center/account-access/account'
import type { AccountAssignment } from '@mayfly/identity-center/account-access/account-assignment'
import type { PermissionSet } from '@mayfly/identity-center/account-access/permission-set'
import type { ProvisionedPermissionSet } from '@mayfly/identity-center/account-access/provisioned-permission-set'
import type { AuditEvent } from '@mayfly/identity-center/audit-event'
import type { GroupMembership } from '@mayfly/identity-center/directory/group-membership'
import type { Instance } from '@mayfly/identity-center/instance'
import type { AccessToken, RefreshToken, TokenFamily } from '@mayfly/identity-center/oauth/access-token'
import type { AuthorizationCode } from '@mayfly/identity-center/oauth/authorization-code'
import type { DeviceAuthorization } from '@mayfly/identity-center/oauth/device-authorization'
import type { Revocation } from '@mayfly/identity-center/revocation'
import type { MfaDevice, RecoveryCode } from '@mayfly/identity-center/sign-in/mfa-device'
import type { OneTimeLink } from '@mayfly/identity-center/sign-in/one-time-link'
import type { PasswordRecord } from '@mayfly/identity-center/sign-in/password'
import type { Session } from '@mayfly/identity-center/sign-in/session'
import type { AttemptCount } from '@mayfly/identity-center/sign-in/sign-in-attempt'
import type { SigningKey } from '@mayfly/identity-center/signing-key'
import type { Generated } from 'kysely'
import type { RowOf } from './codec.ts'
import type { AccountAccessSchema } from './schema/account-access.ts'
import type { AdministrationSchema } from './schema/administration.ts'
import type { ApplicationsSchema } from './schema/applications.ts'
import type { DirectorySchema } from './schema/directory.ts'
import type { IamSchema } from './schema/iam.ts'
import type { OrganizationSchema } from './schema/organization.ts'
import type { PolicySchema } from './schema/policy.ts'

/** An assignment with its principal in two columns. */
export interface FlatAssignment extends Omit<AccountAssignment, 'principal'> {
  readonly principalType: 'USER' | 'GROUP'
  readonly principalId: string
}

/** A device authorization with its state in three columns. */
export interface FlatDeviceAuthorization extends Omit<DeviceAuthorization, 'state'> {
  readonly state: DeviceAuthorization['state']['is']
  readonly userId?: string
  readonly sessionId?: string
}

export interface Schema
  extends DirectorySchema,
    AccountAccessSchema,
    ApplicationsSchema,
    OrganizationSchema,
    IamSchema,
    PolicySchema,
    AdministrationSchema {
  migrations: { number: number; name: string; applied_at: string }
  instances: RowOf<Instance>
  signing_keys: RowOf<SigningKey>
  group_memberships: RowOf<GroupMembership>
  accounts: RowOf<Account> & { email_key: string | null }
  permission_sets: RowOf<PermissionSet>
  account_assignments: RowOf<FlatAssignment>
  provisioned_permission_sets: RowOf<ProvisionedPermissionSet>
  revocations: RowOf<Revocation>
  device_authorizations: RowOf<FlatDeviceAuthorization>
  authorization_codes: RowOf<AuthorizationCode>
  token_families: RowOf<TokenFamily>
  access_tokens: RowOf<AccessToken>
  refresh_tokens: RowOf<RefreshToken>
  passwords: RowOf<PasswordRecord>
  mfa_devices: RowOf<MfaDevice>
  recovery_codes: RowOf<RecoveryCode>
  sessions: RowOf<Session>
  one_time_links: RowOf<OneTimeLink>
  sign_in_attempts: RowOf<AttemptCount>
  /** `position` is given by the database, in the order of inserting. */
  audit_events: RowOf<AuditEvent> & { position: Generated<number>; user_id: string | null }
}
