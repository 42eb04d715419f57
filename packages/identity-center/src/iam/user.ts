/** An IAM user of a local account. */

import type { AccountId } from '../identifiers.ts'
import { type Random, randomText } from '../random.ts'
import type { Tag } from '../tag.ts'

export interface IamUser {
  readonly accountId: AccountId
  /** No two users of an account share one, capitals apart. */
  readonly name: string
  /** `/` or `/…/` */
  readonly path: string
  /** `AIDA…`, 21 characters: stays when the user gets another name, and is never given to another. */
  readonly id: string
  readonly tags: readonly Tag[]
  /** The ARN of a managed policy. */
  readonly permissionsBoundary?: string
  readonly createdAt: Date
}

/** What a user may do. */
export interface UserPolicies {
  /** Policies that are part of this user; each document is JSON text. */
  readonly inline: readonly { readonly name: string; readonly document: string }[]
  /** ARNs of managed policies. */
  readonly attached: readonly string[]
}

export const iamUserArn = (
  partition: string,
  { accountId, path, name }: Pick<IamUser, 'accountId' | 'path' | 'name'>,
): string => `arn:${partition}:iam::${accountId}:user${path}${name}`

/** `AIDA` and 17 more. */
export const createUserId = (random: Random): string =>
  `AIDA${randomText(random, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', 17)}`
