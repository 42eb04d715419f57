/** How many there may be of a thing: AWS's numbers, which the operator may change (§5.1). */

export const DEFAULT_QUOTAS = {
  /** In the instance. */
  permissionSets: 3500,
  permissionSetsPerAccount: 500,
  /** AWS managed and customer managed together. */
  policiesPerPermissionSet: 20,
  tagsPerResource: 50,
  accessControlAttributes: 50,
  users: 100_000,
  groups: 100_000,
  groupsPerUser: 1000,
  applications: 3000,
  scopesPerApplication: 25,
  trustedTokenIssuers: 10,
  /** In the organization. AWS begins with 10 and raises it on request. */
  accounts: 10,
  organizationalUnits: 2000,
  /** Levels of organizational units below the root. */
  organizationalUnitDepth: 5,
  policiesPerTarget: 5,
  rolesPerAccount: 1000,
} as const

export type QuotaName = keyof typeof DEFAULT_QUOTAS

export type Quotas = Readonly<Record<QuotaName, number>>

/** IAM takes no longer inline policy, spaces not counted; sso-admin takes 32,768 and fails when provisioning (§3.5). */
export const MOST_PROVISIONED_POLICY_CHARACTERS = 10_240
