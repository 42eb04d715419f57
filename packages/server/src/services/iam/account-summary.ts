/** How much there is in an account, and how much there may be. */

import { accountOf, type IamApi } from './change.ts'
import { IAM_QUOTAS } from './quotas.ts'

export const accountSummary = {
  /** There is no root user, and so none of what it would have; nor groups, certificates, devices or providers. */
  async GetAccountSummary(_input, context) {
    const { store, config } = context
    const accountId = accountOf(context)
    const policies = await store.iamPolicies.countOf(accountId)
    const provisioned = await store.provisionedPermissionSets.countOfAccount(accountId)
    return {
      SummaryMap: {
        ...NONE,
        ...QUOTAS,
        Users: await store.iamUsers.countOf(accountId),
        Roles: (await store.roles.countOf(accountId)) + provisioned,
        RolesQuota: config.quotas.rolesPerAccount,
        Policies: policies,
        // There is one version of each.
        PolicyVersionsInUse: policies,
      },
    }
  },
} satisfies Partial<IamApi>

const NONE = {
  AccountAccessKeysPresent: 0,
  AccountMFAEnabled: 0,
  AccountPasswordPresent: 0,
  AccountSigningCertificatesPresent: 0,
  Groups: 0,
  InstanceProfiles: 0,
  MFADevices: 0,
  MFADevicesInUse: 0,
  Providers: 0,
  ServerCertificates: 0,
}

const QUOTAS = {
  AccessKeysPerUserQuota: IAM_QUOTAS.accessKeysPerUser,
  AssumeRolePolicySizeQuota: IAM_QUOTAS.trustPolicySize,
  AttachedPoliciesPerRoleQuota: IAM_QUOTAS.attachedPoliciesPerRole,
  AttachedPoliciesPerUserQuota: IAM_QUOTAS.attachedPoliciesPerUser,
  GlobalEndpointTokenVersion: 1,
  GroupsQuota: 0,
  PoliciesQuota: IAM_QUOTAS.policiesPerAccount,
  PolicySizeQuota: IAM_QUOTAS.policySize,
  RolePolicySizeQuota: IAM_QUOTAS.rolePolicySize,
  UserPolicySizeQuota: IAM_QUOTAS.userPolicySize,
  UsersQuota: IAM_QUOTAS.usersPerAccount,
  VersionsPerPolicyQuota: 1,
}
