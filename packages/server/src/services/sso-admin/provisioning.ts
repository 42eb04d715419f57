/** Provisioning: where permission sets are, whether they are up to date there, and bringing them up to date (§3.6). */

import type { ProvisioningRequest } from '@mayfly/identity-center/account-access/account-assignment-request'
import type { PermissionSet } from '@mayfly/identity-center/account-access/permission-set'
import { customerManagedPoliciesOf, findOversize } from '@mayfly/identity-center/account-access/permission-set-policies'
import { iamPolicyArn } from '@mayfly/identity-center/iam/policy'
import type { AccountId } from '@mayfly/identity-center/identifiers'
import { partitionOf } from '@mayfly/identity-center/partition'
import { randomUuid } from '@mayfly/identity-center/random'
import { Refusal } from '@mayfly/identity-center/refusal'
import type { Transaction } from '@mayfly/store'
import type { Operations } from '@mayfly/wire/model/operations'
import { listPage } from '../../operation/list-page.ts'
import type { OperationContext } from '../../operation/operation-context.ts'
import { getInstance, refuseForDelegate, refuseSetForDelegate } from './instance.ts'
import { getPermissionSet } from './permission-set-change.ts'
import { findObstacle, missingPolicy } from './provisioning-obstacle.ts'
import { describeRequest, refuseUnknownRequest, statusOf } from './request-status.ts'

type SsoAdmin = Operations<typeof import('@aws-sdk/client-sso-admin'), OperationContext>

export const provisioning = {
  /** Asynchronous at AWS: answered as IN_PROGRESS, and done by then. */
  async ProvisionPermissionSet(input, context) {
    const permissionSet = await getPermissionSet(input, context)
    const accountId = readTarget(input.TargetType, input.TargetId)
    const request = await createRequest(permissionSet, accountId, context)
    const { CreatedDate: _, ...started } = describeProvisioning({ ...request, status: 'SUCCEEDED' })
    const output = { PermissionSetProvisioningStatus: { ...started, Status: 'IN_PROGRESS' as const } }
    await context.store.transaction(async (tx) => {
      const failureReason = await provision(request, tx, context)
      const ended =
        failureReason === undefined ? { status: 'SUCCEEDED' as const } : { status: 'FAILED' as const, failureReason }
      await tx.provisioningRequests.insert({ ...request, ...ended })
      await tx.policyChanges.bump()
      await context.record(tx, output)
    })
    context.policies.changed()
    return output
  },

  async DescribePermissionSetProvisioningStatus({ InstanceArn, ProvisionPermissionSetRequestId: id }, context) {
    await getInstance(InstanceArn, context)
    const request = (await context.store.provisioningRequests.find(id)) ?? refuseUnknownRequest(id)
    return { PermissionSetProvisioningStatus: describeProvisioning(request) }
  },

  async ListPermissionSetProvisioningStatus(input, context) {
    await getInstance(input.InstanceArn, context)
    const { listed, status } = statusOf(input.Filter?.Status)
    const listing = { operation: 'ListPermissionSetProvisioningStatus', input, filters: [input.Filter?.Status] }
    const { items, next } = await listPage(listing, context, async (page) =>
      listed ? await context.store.provisioningRequests.list(status, page) : { items: [] },
    )
    return { PermissionSetsProvisioningStatus: items.map(describeRequest), ...next }
  },

  async ListAccountsForProvisionedPermissionSet(input, context) {
    const { arn, version } = await getPermissionSet(input, context)
    const are = PROVISIONED[input.ProvisioningStatus ?? 'ANY']
    const filters = [arn, input.ProvisioningStatus]
    const listing = { operation: 'ListAccountsForProvisionedPermissionSet', input, filters }
    const { items, next } = await listPage(listing, context, (page) =>
      context.store.provisionedPermissionSets.listAccounts(arn, page, are && { version, are }),
    )
    return { AccountIds: [...items], ...next }
  },

  async ListPermissionSetsProvisionedToAccount(input, context) {
    await getInstance(input.InstanceArn, context)
    const accountId = input.AccountId as AccountId
    const are = PROVISIONED[input.ProvisioningStatus ?? 'ANY']
    const filters = [accountId, input.ProvisioningStatus]
    const listing = { operation: 'ListPermissionSetsProvisionedToAccount', input, filters }
    const { items, next } = await listPage(listing, context, (page) =>
      context.store.provisionedPermissionSets.listPermissionSets(accountId, page, are),
    )
    return { PermissionSets: [...items], ...next }
  },
} satisfies Partial<SsoAdmin>

const PROVISIONED = {
  ANY: undefined,
  LATEST_PERMISSION_SET_PROVISIONED: 'latest',
  LATEST_PERMISSION_SET_NOT_PROVISIONED: 'not-latest',
} as const

/** The account; undefined for all that carry the set. */
function readTarget(type: 'AWS_ACCOUNT' | 'ALL_PROVISIONED_ACCOUNTS', id: string | undefined): AccountId | undefined {
  if (type === 'AWS_ACCOUNT' && id === undefined) {
    throw new Refusal('invalid', 'TargetId is required when TargetType is AWS_ACCOUNT.')
  }
  if (type === 'ALL_PROVISIONED_ACCOUNTS' && id !== undefined) {
    throw new Refusal('invalid', 'TargetId must be left out when TargetType is ALL_PROVISIONED_ACCOUNTS.')
  }
  return id as AccountId | undefined
}

type NewRequest = Omit<ProvisioningRequest, 'status' | 'failureReason'>

async function createRequest(
  { arn }: PermissionSet,
  accountId: AccountId | undefined,
  context: OperationContext,
): Promise<NewRequest> {
  const instance = await context.instance()
  if (accountId === undefined) await refuseSetForDelegate(arn, instance, context.store, context)
  else refuseForDelegate(accountId, instance, context)
  return {
    id: randomUuid(context.random),
    instanceArn: instance.arn,
    permissionSetArn: arn,
    ...(accountId === undefined ? {} : { accountId }),
    createdAt: context.clock.now(),
  }
}

/** Why it failed; undefined when it did not. Accounts that lack what the set needs stay as they were. */
async function provision(
  { permissionSetArn, accountId, createdAt }: NewRequest,
  tx: Transaction,
  context: OperationContext,
): Promise<string | undefined> {
  const permissionSet = await tx.permissionSets.get(permissionSetArn)
  const { region } = await context.instance()
  const obstacle =
    accountId === undefined ? findOversize(permissionSet) : await findObstacleIn(permissionSet, accountId, tx, context)
  if (obstacle !== undefined) return obstacle
  const needs = customerManagedPoliciesOf(permissionSet)
  const { version } = permissionSet
  const where = accountId === undefined ? {} : { accountId }
  await tx.provisionedPermissionSets.provision({ permissionSetArn, version, provisionedAt: createdAt, needs, ...where })
  if (accountId !== undefined) return undefined
  for (const policy of needs) {
    const without = await tx.provisionedPermissionSets.findAccountWithout(permissionSetArn, policy)
    if (without !== undefined)
      return missingPolicy(iamPolicyArn(partitionOf(region), { accountId: without, ...policy }))
  }
  return undefined
}

async function findObstacleIn(
  permissionSet: PermissionSet,
  accountId: AccountId,
  tx: Transaction,
  context: OperationContext,
): Promise<string | undefined> {
  if ((await tx.provisionedPermissionSets.find(accountId, permissionSet.arn)) === undefined) {
    return `Received a 404 status error: Permission set provision not found in AWS account ${accountId}.`
  }
  return await findObstacle(permissionSet, accountId, await context.instance(), { store: tx })
}

const describeProvisioning = (request: ProvisioningRequest) => ({
  ...describeRequest(request),
  PermissionSetArn: request.permissionSetArn,
  ...(request.accountId === undefined ? {} : { AccountId: request.accountId }),
  ...(request.failureReason === undefined ? {} : { FailureReason: request.failureReason }),
})
