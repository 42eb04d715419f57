/** The request for a new account, and what became of it. */

import type { AccountId } from '../identifiers.ts'
import type { Random } from '../random.ts'
import { randomLetters } from './organization.ts'

export type CreateAccountState = 'IN_PROGRESS' | 'SUCCEEDED' | 'FAILED'
export type CreateAccountFailure = 'EMAIL_ALREADY_EXISTS' | 'ACCOUNT_LIMIT_EXCEEDED'

export interface CreateAccountRequest {
  /** `car-` and 32 letters and digits */
  readonly id: string
  readonly accountName: string
  readonly state: CreateAccountState
  readonly accountId?: AccountId
  readonly failureReason?: CreateAccountFailure
  readonly requestedAt: Date
  readonly completedAt?: Date
}

export const createAccountRequestId = (random: Random): string => `car-${randomLetters(random, 32)}`
