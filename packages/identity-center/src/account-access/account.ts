/** An AWS account. */

import { after, seconds } from '../duration.ts'
import type { AccountId, OrganizationalUnitId, RootId } from '../identifiers.ts'

/** How an account came into the organization. */
export type JoinedMethod = 'CREATED' | 'INVITED'
/** `PENDING_CLOSURE` for a moment after it was closed, then `SUSPENDED`. */
export type AccountStatus = 'ACTIVE' | 'PENDING_CLOSURE' | 'SUSPENDED'
/** The same in the newer words: a closed account is `CLOSED`. */
export type AccountState = 'ACTIVE' | 'PENDING_CLOSURE' | 'CLOSED'

export interface Account {
  readonly id: AccountId
  readonly name: string
  /** No two accounts share one, capitals apart. */
  readonly email: string
  /** The root or the organizational unit that it lies right under. */
  readonly parentId: RootId | OrganizationalUnitId
  readonly joinedMethod: JoinedMethod
  /** When it joined the organization. */
  readonly createdAt: Date
  /** When it was closed: nobody is let in from then on. */
  readonly closedAt?: Date
}

/** How long a closure is pending; what waits for it sees both states, as at AWS. */
const CLOSURE = seconds(5)

export function accountStatus({ closedAt }: Pick<Account, 'closedAt'>, now: Date): AccountStatus {
  if (closedAt === undefined) return 'ACTIVE'
  return now < after(closedAt, CLOSURE) ? 'PENDING_CLOSURE' : 'SUSPENDED'
}

export function accountState(account: Pick<Account, 'closedAt'>, now: Date): AccountState {
  const status = accountStatus(account, now)
  return status === 'SUSPENDED' ? 'CLOSED' : status
}
