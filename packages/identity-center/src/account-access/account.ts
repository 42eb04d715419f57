/** An AWS account. */

import type { AccountId } from '../identifiers.ts'

export interface Account {
  readonly id: AccountId
  readonly name: string
  readonly email: string
  readonly createdAt: Date
}
