/** What came of the requests to make and to take away account assignments. */

import type { AccountAssignmentRequest } from '@mayfly/identity-center/account-access/account-assignment-request'
import type { Operations } from '@mayfly/wire/model/operations'
import { listPage } from '../../operation/list-page.ts'
import type { OperationContext } from '../../operation/operation-context.ts'
import { getInstance } from './instance.ts'
import { describeRequest, refuseUnknownRequest, statusOf } from './request-status.ts'

type SsoAdmin = Operations<typeof import('@aws-sdk/client-sso-admin'), OperationContext>
type Operation = AccountAssignmentRequest['operation']
type ListInput = Parameters<SsoAdmin['ListAccountAssignmentCreationStatus']>[0]

export const accountAssignmentRequests = {
  async DescribeAccountAssignmentCreationStatus(input, context) {
    const request = await getRequest(input.InstanceArn, input.AccountAssignmentCreationRequestId, 'CREATE', context)
    return { AccountAssignmentCreationStatus: describeAssignmentRequest(request) }
  },

  async DescribeAccountAssignmentDeletionStatus(input, context) {
    const request = await getRequest(input.InstanceArn, input.AccountAssignmentDeletionRequestId, 'DELETE', context)
    return { AccountAssignmentDeletionStatus: describeAssignmentRequest(request) }
  },

  async ListAccountAssignmentCreationStatus(input, context) {
    const { items, next } = await listRequests(input, 'CREATE', context)
    return { AccountAssignmentsCreationStatus: items.map(describeRequest), ...next }
  },

  async ListAccountAssignmentDeletionStatus(input, context) {
    const { items, next } = await listRequests(input, 'DELETE', context)
    return { AccountAssignmentsDeletionStatus: items.map(describeRequest), ...next }
  },
} satisfies Partial<SsoAdmin>

async function getRequest(instanceArn: string, id: string, operation: Operation, context: OperationContext) {
  await getInstance(instanceArn, context)
  return (await context.store.accountAssignmentRequests.find(id, operation)) ?? refuseUnknownRequest(id)
}

async function listRequests(input: ListInput, operation: Operation, context: OperationContext) {
  await getInstance(input.InstanceArn, context)
  const { listed, status } = statusOf(input.Filter?.Status)
  const listing = { operation: `ListAccountAssignments/${operation}`, input, filters: [input.Filter?.Status] }
  return await listPage(listing, context, async (page) =>
    listed ? await context.store.accountAssignmentRequests.list({ operation, ...status }, page) : { items: [] },
  )
}

export function describeAssignmentRequest(request: AccountAssignmentRequest) {
  const { accountId, permissionSetArn, principal, failureReason } = request
  return {
    ...describeRequest(request),
    ...(failureReason === undefined ? {} : { FailureReason: failureReason }),
    TargetId: accountId,
    TargetType: 'AWS_ACCOUNT' as const,
    PermissionSetArn: permissionSetArn,
    PrincipalType: principal.type,
    PrincipalId: principal.id,
  }
}
