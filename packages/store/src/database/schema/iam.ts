/** The tables of IAM in local accounts: roles, users, what is on them, access keys, customer managed policies. */

import type { LongTermAccessKey } from '@mayfly/identity-center/iam/long-term-access-key'
import type { IamPolicy } from '@mayfly/identity-center/iam/policy'
import type { IamRole } from '@mayfly/identity-center/iam/role'
import type { IamUser } from '@mayfly/identity-center/iam/user'
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

/** A policy that is part of one user, beside the user's id. */
export interface FlatUserPolicy {
  readonly userId: string
  readonly name: string
  readonly document: string
}

/** A managed policy on a user. */
export interface FlatUserAttachment {
  readonly userId: string
  readonly accountId: string
  readonly policyArn: string
}

/** An access key with its last use in three columns: all there, or none. */
export interface FlatAccessKey extends Omit<LongTermAccessKey, 'lastUsed'> {
  readonly lastUsedAt?: Date
  readonly lastUsedRegion?: string
  readonly lastUsedService?: string
}

export interface IamSchema {
  iam_roles: RowOf<IamRole> & { name_key: string }
  iam_role_policies: RowOf<FlatRolePolicy>
  iam_role_attachments: RowOf<FlatRoleAttachment>
  iam_users: RowOf<IamUser> & { name_key: string }
  iam_user_policies: RowOf<FlatUserPolicy>
  iam_user_attachments: RowOf<FlatUserAttachment>
  iam_access_keys: RowOf<FlatAccessKey>
  iam_policies: RowOf<IamPolicy> & { name_key: string }
}
