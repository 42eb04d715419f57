/** A customer managed policy of a local account. */

import type { AccountId } from '../identifiers.ts'
import { type Random, randomText } from '../random.ts'
import type { Tag } from '../tag.ts'

export interface IamPolicy {
  /** `arn:aws:iam::<account>:policy<path><name>` */
  readonly arn: string
  readonly accountId: AccountId
  /** No two policies of an account share one, capitals apart. */
  readonly name: string
  /** `/` or `/…/` */
  readonly path: string
  /** `ANPA…`, 21 characters. */
  readonly id: string
  /** A policy document as JSON text. */
  readonly document: string
  readonly description?: string
  readonly tags: readonly Tag[]
  readonly createdAt: Date
}

export const iamPolicyArn = (
  partition: string,
  { accountId, path, name }: Pick<IamPolicy, 'accountId' | 'path' | 'name'>,
): string => `arn:${partition}:iam::${accountId}:policy${path}${name}`

/** `ANPA` and 17 more. */
export const createPolicyId = (random: Random): string =>
  `ANPA${randomText(random, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', 17)}`
