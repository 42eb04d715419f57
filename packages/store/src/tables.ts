/** One member a table: the same outside a transaction and inside one. */

import type { Random } from '@mayfly/identity-center/random'
import { AccessControlAttributes } from './account-access/access-control-attributes.ts'
import { AccessOverview } from './account-access/access-overview.ts'
import { AccountAssignmentRequests } from './account-access/account-assignment-requests.ts'
import { AccountAssignments } from './account-access/account-assignments.ts'
import { Accounts } from './account-access/accounts.ts'
import { EffectiveAccess } from './account-access/effective-access.ts'
import { PermissionSetVersions } from './account-access/permission-set-versions.ts'
import { PermissionSets } from './account-access/permission-sets.ts'
import { ProvisionedPermissionSets } from './account-access/provisioned-permission-sets.ts'
import { ProvisioningRequests } from './account-access/provisioning-requests.ts'
import { Revocations } from './account-access/revocations.ts'
import { ApplicationAccess } from './applications/application-access.ts'
import { ApplicationAssignments } from './applications/application-assignments.ts'
import { Applications } from './applications/applications.ts'
import { SpentAssertions } from './applications/spent-assertions.ts'
import { TrustedTokenIssuers } from './applications/trusted-token-issuers.ts'
import { AuditEvents } from './audit-events.ts'
import { AuditSeals } from './audit-seals.ts'
import { ClientTokens } from './client-tokens.ts'
import type { Connection } from './database/connection.ts'
import { GroupMemberships } from './directory/group-memberships.ts'
import { Groups } from './directory/groups.ts'
import { Users } from './directory/users.ts'
import { IamAccessKeys } from './iam/iam-access-keys.ts'
import { IamPolicies } from './iam/iam-policies.ts'
import { IamUserPolicies } from './iam/iam-user-policies.ts'
import { IamUsers } from './iam/iam-users.ts'
import { ReservedRoles } from './iam/reserved-roles.ts'
import { RolePolicies } from './iam/role-policies.ts'
import { Roles } from './iam/roles.ts'
import { Instances } from './instances.ts'
import { Leases } from './leases.ts'
import { AccessTokens } from './oauth/access-tokens.ts'
import { AuthorizationCodes } from './oauth/authorization-codes.ts'
import { DeviceAuthorizations } from './oauth/device-authorizations.ts'
import { RefreshTokens } from './oauth/refresh-tokens.ts'
import { TokenFamilies } from './oauth/token-families.ts'
import { CreateAccountRequests } from './organization/create-account-requests.ts'
import { DelegatedAdministrators } from './organization/delegated-administrators.ts'
import { Handshakes } from './organization/handshakes.ts'
import { OrganizationPolicies } from './organization/organization-policies.ts'
import { OrganizationalUnits } from './organization/organizational-units.ts'
import { Organizations } from './organization/organizations.ts'
import { ServiceAccessTable } from './organization/service-access.ts'
import { Outbox } from './outbox.ts'
import { ManagedPolicies } from './policy/managed-policies.ts'
import { PolicyChanges } from './policy/policy-changes.ts'
import { Search } from './search.ts'
import { EmailCodes } from './sign-in/email-codes.ts'
import { MfaDevices } from './sign-in/mfa-devices.ts'
import { OneTimeLinks } from './sign-in/one-time-links.ts'
import { Passwords } from './sign-in/passwords.ts'
import { RecoveryCodes } from './sign-in/recovery-codes.ts'
import { Sessions } from './sign-in/sessions.ts'
import { SignInAttempts } from './sign-in/sign-in-attempts.ts'
import { SigningKeys } from './signing-keys.ts'
import { Tags } from './tags.ts'

export class Tables {
  readonly instances: Instances
  readonly signingKeys: SigningKeys
  readonly users: Users
  readonly groups: Groups
  readonly groupMemberships: GroupMemberships
  readonly accounts: Accounts
  readonly permissionSets: PermissionSets
  readonly permissionSetVersions: PermissionSetVersions
  readonly accountAssignments: AccountAssignments
  readonly provisionedPermissionSets: ProvisionedPermissionSets
  readonly accountAssignmentRequests: AccountAssignmentRequests
  readonly provisioningRequests: ProvisioningRequests
  readonly accessControlAttributes: AccessControlAttributes
  readonly effectiveAccess: EffectiveAccess
  readonly accessOverview: AccessOverview
  readonly revocations: Revocations
  readonly tags: Tags
  readonly search: Search
  readonly applications: Applications
  readonly applicationAssignments: ApplicationAssignments
  readonly applicationAccess: ApplicationAccess
  readonly trustedTokenIssuers: TrustedTokenIssuers
  readonly spentAssertions: SpentAssertions
  readonly clientTokens: ClientTokens
  readonly deviceAuthorizations: DeviceAuthorizations
  readonly authorizationCodes: AuthorizationCodes
  readonly tokenFamilies: TokenFamilies
  readonly accessTokens: AccessTokens
  readonly refreshTokens: RefreshTokens
  readonly passwords: Passwords
  readonly mfaDevices: MfaDevices
  readonly recoveryCodes: RecoveryCodes
  readonly sessions: Sessions
  readonly oneTimeLinks: OneTimeLinks
  readonly signInAttempts: SignInAttempts
  readonly auditEvents: AuditEvents
  readonly auditSeals: AuditSeals
  readonly leases: Leases
  readonly outbox: Outbox
  readonly emailCodes: EmailCodes
  readonly managedPolicies: ManagedPolicies
  readonly policyChanges: PolicyChanges
  readonly createAccountRequests: CreateAccountRequests
  readonly delegatedAdministrators: DelegatedAdministrators
  readonly handshakes: Handshakes
  readonly organizationPolicies: OrganizationPolicies
  readonly organizationalUnits: OrganizationalUnits
  readonly organizations: Organizations
  readonly serviceAccess: ServiceAccessTable
  readonly iamAccessKeys: IamAccessKeys
  readonly iamPolicies: IamPolicies
  readonly iamUserPolicies: IamUserPolicies
  readonly iamUsers: IamUsers
  readonly reservedRoles: ReservedRoles
  readonly rolePolicies: RolePolicies
  readonly roles: Roles

  constructor(connection: Connection, random: Random) {
    this.instances = new Instances(connection)
    this.signingKeys = new SigningKeys(connection)
    this.users = new Users(connection)
    this.groups = new Groups(connection)
    this.groupMemberships = new GroupMemberships(connection)
    this.accounts = new Accounts(connection)
    this.permissionSets = new PermissionSets(connection)
    this.permissionSetVersions = new PermissionSetVersions(connection)
    this.accountAssignments = new AccountAssignments(connection, random)
    this.provisionedPermissionSets = new ProvisionedPermissionSets(connection)
    this.accountAssignmentRequests = new AccountAssignmentRequests(connection)
    this.provisioningRequests = new ProvisioningRequests(connection)
    this.accessControlAttributes = new AccessControlAttributes(connection)
    this.effectiveAccess = new EffectiveAccess(connection)
    this.accessOverview = new AccessOverview(connection)
    this.revocations = new Revocations(connection)
    this.tags = new Tags(connection)
    this.search = new Search(connection)
    this.applications = new Applications(connection)
    this.applicationAssignments = new ApplicationAssignments(connection)
    this.applicationAccess = new ApplicationAccess(connection)
    this.trustedTokenIssuers = new TrustedTokenIssuers(connection)
    this.spentAssertions = new SpentAssertions(connection)
    this.clientTokens = new ClientTokens(connection)
    this.deviceAuthorizations = new DeviceAuthorizations(connection)
    this.authorizationCodes = new AuthorizationCodes(connection)
    this.tokenFamilies = new TokenFamilies(connection)
    this.accessTokens = new AccessTokens(connection)
    this.refreshTokens = new RefreshTokens(connection)
    this.passwords = new Passwords(connection)
    this.mfaDevices = new MfaDevices(connection)
    this.recoveryCodes = new RecoveryCodes(connection)
    this.sessions = new Sessions(connection)
    this.oneTimeLinks = new OneTimeLinks(connection)
    this.signInAttempts = new SignInAttempts(connection)
    this.auditEvents = new AuditEvents(connection)
    this.auditSeals = new AuditSeals(connection)
    this.leases = new Leases(connection)
    this.outbox = new Outbox(connection)
    this.emailCodes = new EmailCodes(connection)
    this.managedPolicies = new ManagedPolicies(connection)
    this.policyChanges = new PolicyChanges(connection)
    this.createAccountRequests = new CreateAccountRequests(connection)
    this.delegatedAdministrators = new DelegatedAdministrators(connection)
    this.handshakes = new Handshakes(connection)
    this.organizationPolicies = new OrganizationPolicies(connection)
    this.organizationalUnits = new OrganizationalUnits(connection)
    this.organizations = new Organizations(connection)
    this.serviceAccess = new ServiceAccessTable(connection)
    this.iamAccessKeys = new IamAccessKeys(connection)
    this.iamPolicies = new IamPolicies(connection)
    this.iamUserPolicies = new IamUserPolicies(connection)
    this.iamUsers = new IamUsers(connection)
    this.reservedRoles = new ReservedRoles(connection)
    this.rolePolicies = new RolePolicies(connection)
    this.roles = new Roles(connection)
  }
}
