/** What every request that AWS works on in the background has in common. */

import type {
  AccountAssignmentRequest,
  ProvisioningRequest,
  RequestStatus,
} from '@mayfly/identity-center/account-access/account-assignment-request'
import { Refusal } from '@mayfly/identity-center/refusal'

/** The three members that lists show. */
export const describeRequest = ({ status, id, createdAt }: AccountAssignmentRequest | ProvisioningRequest) => ({
  Status: status,
  RequestId: id,
  CreatedDate: createdAt,
})

export function refuseUnknownRequest(id: string): never {
  throw new Refusal('not-found', `Could not find a request with id ${id}`)
}

/** What a filter asks for; nothing is ever found in progress. */
export function statusOf(asked: RequestStatus | 'IN_PROGRESS' | undefined): {
  readonly listed: boolean
  readonly status: { readonly status?: RequestStatus }
} {
  if (asked === 'IN_PROGRESS') return { listed: false, status: {} }
  return { listed: true, status: asked === undefined ? {} : { status: asked } }
}
