/** A long-term access key of an IAM user: it signs until somebody deactivates or deletes it. */

import { createAccessKeyId } from '../account-access/role-credentials.ts'
import type { AccountId } from '../identifiers.ts'
import type { Random } from '../random.ts'

export interface LongTermAccessKey {
  /** `AKIA…`, 20 characters, with the account in it. */
  readonly id: string
  readonly accountId: AccountId
  /** The `AIDA…` id of its user, who may get another name. */
  readonly userId: string
  readonly status: AccessKeyStatus
  /** The secret access key, which is shown once and must be known to verify: sealed by a key of the server. */
  readonly sealedSecret: string
  readonly createdAt: Date
  /** Absent until it has signed a request. */
  readonly lastUsed?: AccessKeyUse
}

export type AccessKeyStatus = 'Active' | 'Inactive'

/** The last request that a key has signed, as far as it was noted: not every one is. */
export interface AccessKeyUse {
  readonly at: Date
  readonly region: string
  /** As a signature names it: `sts`, `iam`. */
  readonly service: string
}

export const createLongTermAccessKeyId = (accountId: AccountId, random: Random): string =>
  createAccessKeyId(accountId, random, 'AKIA')

/** 40 characters of base64 without padding: what AWS's look like. */
export const createSecretAccessKey = (random: Random): string => Buffer.from(random.bytes(30)).toString('base64')
