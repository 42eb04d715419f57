/** A role of a local account. */

import type { AccountId } from '../identifiers.ts'
import type { Tag } from '../tag.ts'

export interface IamRole {
  readonly accountId: AccountId
  /** No two roles of an account share one, capitals apart. */
  readonly name: string
  /** `/` or `/…/` */
  readonly path: string
  /** `AROA…`, 21 characters. */
  readonly id: string
  /** Who may take it: a trust policy as JSON text. */
  readonly assumeRolePolicyDocument: string
  /** In seconds: one hour to twelve. */
  readonly maxSessionDuration: number
  readonly description?: string
  readonly tags: readonly Tag[]
  /** The ARN of a managed policy. */
  readonly permissionsBoundary?: string
  readonly createdAt: Date
}

/** A policy that is part of one role. */
export interface InlineRolePolicy {
  readonly name: string
  /** A policy document as JSON text. */
  readonly document: string
}

/** What a role may do. */
export interface RolePolicies {
  readonly inline: readonly InlineRolePolicy[]
  /** ARNs of managed policies. */
  readonly attached: readonly string[]
}

export const iamRoleArn = (
  partition: string,
  { accountId, path, name }: Pick<IamRole, 'accountId' | 'path' | 'name'>,
): string => `arn:${partition}:iam::${accountId}:role${path}${name}`
