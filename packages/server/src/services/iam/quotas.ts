/** How many there may be of what IAM keeps, and how long it may be: AWS's numbers (IAM User Guide, "IAM and AWS STS quotas"). */

export const IAM_QUOTAS = {
  usersPerAccount: 5000,
  /** As many as it takes to put a new key in place of an old one. */
  accessKeysPerUser: 2,
  policiesPerAccount: 1500,
  attachedPoliciesPerRole: 10,
  attachedPoliciesPerUser: 10,
  /** Of one managed policy, in characters; white space is not counted, nor is it below. */
  policySize: 6144,
  /** Who may take a role, in characters. */
  trustPolicySize: 2048,
  /** Of all inline policies of a role together, in characters. */
  rolePolicySize: 10_240,
  /** Of all inline policies of a user together, in characters. */
  userPolicySize: 2048,
} as const
