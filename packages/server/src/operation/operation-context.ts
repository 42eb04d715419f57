/** All that a published operation may touch: the context, who asks, and for whom it turned out to act. */

import type { SessionId, UserId } from '@mayfly/identity-center/identifiers'
import { Refusal } from '@mayfly/identity-center/refusal'
import type { Transaction } from '@mayfly/store'
import { type AccountCaller, type Caller, isAccountCaller, type RoleCaller, type UserCaller } from '../caller/caller.ts'
import type { Context } from '../context/context.ts'
import type { WebIdentity } from '../role-credentials/issuer.ts'

/** For the audit event of an operation that learns from its input for whom it acts, as CreateToken does. */
export interface ActingFor {
  userId?: UserId
  sessionId?: SessionId
  /** Of AssumeRoleWithWebIdentity: whom the token names, once it was verified. */
  webIdentity?: WebIdentity
  /** Of GetRoleCredentials: what was handed out, as `describeIssued` says it. */
  issued?: Readonly<Record<string, unknown>>
}

export interface OperationContext extends Context {
  readonly caller: Caller
  readonly actingFor: ActingFor
  /**
   * Records the operation's success in the transaction that makes it: one commit for both, and neither without the
   * other. Without it, `perform` records the success before it answers.
   */
  record(tx: Pick<Transaction, 'auditEvents'>, output: object): Promise<void>
}

/** The person who asks. `perform` has made sure that there is one. */
export function getUserCaller({ caller }: OperationContext): UserCaller {
  if (caller.type !== 'user') throw new Refusal('forbidden', 'Only a signed-in user may ask this.')
  return caller
}

/** The role session that asks. `perform` has made sure that there is one. */
export function getRoleCaller({ caller }: OperationContext): RoleCaller {
  if (caller.type !== 'role') throw new Refusal('forbidden', 'Only a role session may ask this.')
  return caller
}

/** The role session or the IAM user that asks. `perform` has made sure that there is one. */
export function getAccountCaller({ caller }: OperationContext): AccountCaller {
  if (!isAccountCaller(caller)) throw new Refusal('forbidden', 'Only an account may ask this.')
  return caller
}
