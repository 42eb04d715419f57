/** Account assignments: who gets which permission set in which account. Make one, take one away, list them. */

import type { AccountAssignment, Principal } from '@mayfly/identity-center/account-access/account-assignment'
import type { AccountAssignmentRequest } from '@mayfly/identity-center/account-access/account-assignment-request'
import type { AccountId, PermissionSetArn } from '@mayfly/identity-center/identifiers'
import type { Instance } from '@mayfly/identity-center/instance'
import { randomUuid } from '@mayfly/identity-center/random'
import { Refusal } from '@mayfly/identity-center/refusal'
import type { Operations } from '@mayfly/wire/model/operations'
import { listPage } from '../../operation/list-page.ts'
import type { OperationContext } from '../../operation/operation-context.ts'
import { describeAssignmentRequest } from './account-assignment-requests.ts'
import { getInstance, refuseForDelegate } from './instance.ts'
import { getPermissionSet } from './permission-set-change.ts'
import { findObstacle } from './provisioning-obstacle.ts'

type SsoAdmin = Operations<typeof import('@aws-sdk/client-sso-admin'), OperationContext>
type Input = Parameters<SsoAdmin['CreateAccountAssignment']>[0]
type NewRequest = Omit<AccountAssignmentRequest, 'status' | 'failureReason'>

export const accountAssignments = {
  /** Asynchronous at AWS: answered as IN_PROGRESS, and done by then. An assignment that exists succeeds again (§1.10). */
  async CreateAccountAssignment(input, context) {
    const { request, instance } = await readRequest(input, 'CREATE', context)
    const set = await context.store.permissionSets.get(request.permissionSetArn)
    await checkPrincipal(request.principal, context)
    const obstacle = await findObstacle(set, request.accountId, instance, context)
    const output = { AccountAssignmentCreationStatus: startedRequest(request) }
    const most = context.config.quotas.permissionSetsPerAccount
    const policiesChanged = await context.store.transaction(async (tx) => {
      const role = obstacle === undefined ? await tx.accountAssignments.insert(request, { set, most }) : undefined
      if (role?.policiesChanged) await tx.policyChanges.bump()
      await tx.accountAssignmentRequests.insert(endedRequest(request, obstacle))
      await context.record(tx, output)
      return role?.policiesChanged
    }, 'compare-and-set')
    if (policiesChanged) context.policies.changed()
    return output
  },

  async DeleteAccountAssignment(input, context) {
    const { request } = await readRequest(input, 'DELETE', context)
    await context.store.permissionSets.get(request.permissionSetArn)
    const { accountId, permissionSetArn, principal } = request
    const subject = `assignment:${accountId}/${permissionSetArn}/${principal.id}` as const
    const output = { AccountAssignmentDeletionStatus: startedRequest(request) }
    const withdrawal = await context.store.transaction(async (tx) => {
      const done = await tx.accountAssignments.delete(request)
      const missing = done === 'not-assigned' ? 'Received a 404 status error: Assignment not found.' : undefined
      if (missing === undefined) await tx.revocations.insert(context.revocations.create(subject))
      // The next role of that set in that account may have other policies.
      if (done === 'unprovisioned') await tx.policyChanges.bump()
      await tx.accountAssignmentRequests.insert(endedRequest(request, missing))
      await context.record(tx, output)
      return done
    }, 'read-committed')
    // Once more, as of now: somebody may have been given a session between the first moment and the commit.
    if (withdrawal !== 'not-assigned') await context.revocations.revoke(subject)
    if (withdrawal === 'unprovisioned') context.policies.changed()
    return output
  },

  async ListAccountAssignments(input, context) {
    const { arn: permissionSetArn } = await getPermissionSet(input, context)
    const accountId = input.AccountId as AccountId
    const listing = { operation: 'ListAccountAssignments', input, filters: [accountId, permissionSetArn] }
    const { items, next } = await listPage(listing, context, (page) =>
      context.store.accountAssignments.listHolders(accountId, permissionSetArn, page),
    )
    return { AccountAssignments: items.map(describeAssignment), ...next }
  },

  /** A user's groups are expanded; what comes by a group names the group. */
  async ListAccountAssignmentsForPrincipal(input, context) {
    await getInstance(input.InstanceArn, context)
    const accountId = input.Filter?.AccountId as AccountId | undefined
    const principal = { type: input.PrincipalType, id: input.PrincipalId } as Principal
    const filters = [principal.type, principal.id, accountId]
    const listing = { operation: 'ListAccountAssignmentsForPrincipal', input, filters }
    const asked = accountId === undefined ? { principal } : { principal, accountId }
    const { items, next } = await listPage(listing, context, (page) =>
      context.store.accountAssignments.listForPrincipal(asked, page),
    )
    return { AccountAssignments: items.map(describeAssignment), ...next }
  },
} satisfies Partial<SsoAdmin>

const describeAssignment = ({ accountId, permissionSetArn, principal }: AccountAssignment) => ({
  AccountId: accountId,
  PermissionSetArn: permissionSetArn,
  PrincipalType: principal.type,
  PrincipalId: principal.id,
})

async function readRequest(
  input: Input,
  operation: AccountAssignmentRequest['operation'],
  context: OperationContext,
): Promise<{ request: NewRequest; instance: Instance }> {
  const instance = await getInstance(input.InstanceArn, context)
  refuseForDelegate(input.TargetId, instance, context)
  const request: NewRequest = {
    id: randomUuid(context.random),
    instanceArn: instance.arn,
    operation,
    accountId: input.TargetId as AccountId,
    permissionSetArn: input.PermissionSetArn as PermissionSetArn,
    principal: { type: input.PrincipalType, id: input.PrincipalId } as Principal,
    createdAt: context.clock.now(),
  }
  return { request, instance }
}

/** What the call itself answers; the rest is told when somebody asks for the request. */
function startedRequest(request: NewRequest) {
  const { CreatedDate: _, ...started } = describeAssignmentRequest({ ...request, status: 'SUCCEEDED' })
  return { ...started, Status: 'IN_PROGRESS' as const }
}

const endedRequest = (request: NewRequest, failureReason: string | undefined): AccountAssignmentRequest =>
  failureReason === undefined ? { ...request, status: 'SUCCEEDED' } : { ...request, status: 'FAILED', failureReason }

/** Whoever is deleted later leaves assignments behind, which are listed until they are taken away (§3.6). */
async function checkPrincipal(principal: Principal, { store }: OperationContext): Promise<void> {
  const found = principal.type === 'USER' ? await store.users.find(principal.id) : await store.groups.find(principal.id)
  if (found === undefined) throw new Refusal('not-found', `Could not find ${principal.type} with id ${principal.id}`)
}
