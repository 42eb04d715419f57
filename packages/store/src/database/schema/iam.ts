/** The tables of IAM in local accounts: roles, their policies, customer managed policies. */

import type { IamPolicy } from '@mayfly/identity-center/iam/policy'
import type { IamRole } from '@mayfly/identity-center/iam/role'
import type { RowOf } from '../codec.ts'

/** A policy that is part of one role, beside the role's key. */
export interface FlatRolePolicy {
  readonly accountId: string
  /** The role's name in small letters. */
  readonly roleKey: string
  readonly name: string
  readonly document: string
}

/** A managed policy on a role. */
export interface FlatRoleAttachment {
  readonly accountId: string
  readonly roleKey: string
  readonly policyArn: string
}

export interface IamSchema {
  iam_roles: RowOf<IamRole> & { name_key: string }
  iam_role_policies: RowOf<FlatRolePolicy>
  iam_role_attachments: RowOf<FlatRoleAttachment>
  iam_policies: RowOf<IamPolicy> & { name_key: string }
}
