/** The operations of IAM that the client calls: the built program carries the model of these alone. */

export const IAM_OPERATIONS = [
  'DeleteAccessKey',
  'GenerateCredentialReport',
  'GetAccessKeyLastUsed',
  'GetAccountSummary',
  'GetCredentialReport',
  'GetGroupPolicy',
  'GetLoginProfile',
  'GetPolicy',
  'GetPolicyVersion',
  'GetRole',
  'GetRolePolicy',
  'GetUser',
  'GetUserPolicy',
  'ListAccessKeys',
  'ListAccountAliases',
  'ListAttachedGroupPolicies',
  'ListAttachedRolePolicies',
  'ListAttachedUserPolicies',
  'ListGroupPolicies',
  'ListGroupsForUser',
  'ListRolePolicies',
  'ListRoles',
  'ListUserPolicies',
  'ListUserTags',
  'ListUsers',
  'UpdateAccessKey',
] as const

export type IamOperation = (typeof IAM_OPERATIONS)[number]
