/** Every operation of iam that is answered: the roles, users, access keys and policies of local accounts. */

import type { Audience, Service } from '../../operation/service.ts'
import { accessKeys } from './access-keys.ts'
import { accountSummary } from './account-summary.ts'
import type { IamApi } from './change.ts'
import { policies } from './policies.ts'
import { rolePolicies } from './role-policies.ts'
import { roles } from './roles.ts'
import { userPolicies } from './user-policies.ts'
import { users } from './users.ts'

const operations = {
  ...roles,
  ...rolePolicies,
  ...users,
  ...userPolicies,
  ...accessKeys,
  ...policies,
  ...accountSummary,
} satisfies Partial<IamApi>

const names = Object.keys(operations)

/**
 * Who may take a role, and what people and roles may do, is changed by no long-term key and no role that was taken with
 * one: with a role that trusts somebody else, whoever stole a key would have credentials that are no longer known as its.
 */
const OF_ROLES: ReadonlySet<string> = new Set<keyof typeof operations>([
  'AttachRolePolicy',
  'CreatePolicy',
  'CreateRole',
  'DeletePolicy',
  'DeleteRole',
  'DeleteRolePolicy',
  'DetachRolePolicy',
  'PutRolePolicy',
  'TagRole',
  'UpdateAssumeRolePolicy',
])

export const iam: Service = {
  eventSource: 'iam.amazonaws.com',
  operations,
  audiences: Object.fromEntries(
    names.map((name): [string, Audience] => [name, OF_ROLES.has(name) ? 'role' : 'account']),
  ),
  readOnly: new Set(names.filter((name) => /^(Get|List)/.test(name))),
  unknownOperation: 'InvalidAction',
}
