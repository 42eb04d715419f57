/** What was asked for and what came of it: an assignment to make or to take away, a permission set to provision (§3.6). */

import type { AccountId, InstanceArn, PermissionSetArn } from '../identifiers.ts'
import type { Principal } from './account-assignment.ts'

/** How it ended. The work is done in the transaction that records the request, so none is ever found unfinished. */
export type RequestStatus = 'SUCCEEDED' | 'FAILED'

interface AnyRequest {
  /** A uuid. */
  readonly id: string
  readonly instanceArn: InstanceArn
  readonly permissionSetArn: PermissionSetArn
  readonly status: RequestStatus
  /** Present when it has failed. */
  readonly failureReason?: string
  readonly createdAt: Date
}

export interface AccountAssignmentRequest extends AnyRequest {
  readonly operation: 'CREATE' | 'DELETE'
  readonly accountId: AccountId
  readonly principal: Principal
}

export interface ProvisioningRequest extends AnyRequest {
  /** Absent when it was meant for every account that carries the permission set. */
  readonly accountId?: AccountId
}
