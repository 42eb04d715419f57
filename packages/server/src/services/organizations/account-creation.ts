/** New accounts: asked for, and made by the time that somebody asks what became of it. */

import { createRoleId } from '@mayfly/identity-center/account-access/role-credentials'
import { isReserved } from '@mayfly/identity-center/iam/reserved-role'
import type { AccountId } from '@mayfly/identity-center/identifiers'
import {
  type CreateAccountRequest,
  createAccountRequestId,
} from '@mayfly/identity-center/organization/create-account-request'
import { type Organization, organizationResourceArn } from '@mayfly/identity-center/organization/organization'
import { FULL_AWS_ACCESS } from '@mayfly/identity-center/organization/organization-policy'
import { partitionOfArn } from '@mayfly/identity-center/partition'
import { randomText } from '@mayfly/identity-center/random'
import type { Tag } from '@mayfly/identity-center/tag'
import type { Transaction } from '@mayfly/store'
import type { OperationContext } from '../../operation/operation-context.ts'
import { changePolicies, getOrganization, listOrganization, type OrganizationsApi } from './change.ts'
import { constraintViolation, invalidInput, notFound } from './exceptions.ts'
import { checkTagCount, readTags } from './tag-list.ts'

/** The role by which the management account gets into a new account. */
const ACCESS_ROLE = 'OrganizationAccountAccessRole'

export const accountCreation = {
  async CreateAccount({ Email, AccountName, RoleName = ACCESS_ROLE, Tags }, context) {
    if (isReserved(RoleName, '/'))
      throw invalidInput('INVALID_ROLE_NAME', `The role name ${RoleName} is reserved for AWS.`)
    const tags = readTags(Tags)
    checkTagCount(tags.length, context.config.quotas.tagsPerResource)
    return await changePolicies(context, async (tx, found) => {
      await checkAccountCount(tx, context)
      const now = context.clock.now()
      const taken = (await tx.accounts.findByEmail(Email)) !== undefined
      const id = taken ? undefined : await findFreeNumber(tx, context)
      const request: CreateAccountRequest = {
        id: createAccountRequestId(context.random),
        accountName: AccountName,
        ...(id === undefined
          ? { state: 'FAILED', failureReason: 'EMAIL_ALREADY_EXISTS' }
          : { state: 'SUCCEEDED', accountId: id }),
        requestedAt: now,
        completedAt: now,
      }
      if (id !== undefined) {
        const account = { id, name: AccountName, email: Email, joinedMethod: 'CREATED' as const }
        await insertAccount({ ...account, tags }, { tx, found, now })
        await insertAccessRole(id, RoleName, { tx, found, context })
      }
      await tx.createAccountRequests.insert(request)
      // What has become of it is told to who asks: clients wait for that, as at AWS.
      const asked = { id: request.id, accountName: AccountName, state: 'IN_PROGRESS', requestedAt: now } as const
      return { CreateAccountStatus: describeRequest(asked) }
    })
  },

  async DescribeCreateAccountStatus({ CreateAccountRequestId }, context) {
    await getOrganization(context)
    const request = await context.store.createAccountRequests.find(CreateAccountRequestId)
    if (request === undefined) throw notFound('CreateAccountStatusNotFound', CreateAccountRequestId)
    return { CreateAccountStatus: describeRequest(request) }
  },

  async ListCreateAccountStatus(input, context) {
    await getOrganization(context)
    const states = input.States?.length ? input.States : (['FAILED', 'IN_PROGRESS', 'SUCCEEDED'] as const)
    const listing = { operation: 'ListCreateAccountStatus', input, filters: [...states].sort() }
    const { items, next } = await listOrganization(listing, context, (page) =>
      context.store.createAccountRequests.list(states, page),
    )
    return { CreateAccountStatuses: items.map(describeRequest), ...next }
  },
} satisfies Partial<OrganizationsApi>

const describeRequest = (request: CreateAccountRequest) => ({
  Id: request.id,
  AccountName: request.accountName,
  State: request.state,
  RequestedTimestamp: request.requestedAt,
  ...(request.completedAt ? { CompletedTimestamp: request.completedAt } : {}),
  ...(request.accountId ? { AccountId: request.accountId } : {}),
  ...(request.failureReason ? { FailureReason: request.failureReason } : {}),
})

/** Throws `ConstraintViolationException` when the organization has as many as it may. */
async function checkAccountCount(tx: Transaction, { config }: OperationContext): Promise<void> {
  const { accounts } = config.quotas
  if ((await tx.accounts.count()) < accounts) return
  throw constraintViolation('ACCOUNT_NUMBER_LIMIT_EXCEEDED', `This organization has at most ${accounts} accounts.`)
}

async function findFreeNumber(tx: Transaction, { random }: OperationContext): Promise<AccountId> {
  for (;;) {
    const id = `${randomText(random, '123456789', 1)}${randomText(random, '0123456789', 11)}` as AccountId
    if ((await tx.accounts.find(id)) === undefined) return id
  }
}

interface NewAccount {
  readonly id: AccountId
  readonly name: string
  readonly email: string
  readonly joinedMethod: 'CREATED' | 'INVITED'
  readonly tags: readonly Tag[]
}

interface Place {
  readonly tx: Transaction
  readonly found: Organization
  readonly now: Date
}

/** Right under the root, with what every account has. */
export async function insertAccount({ tags, ...account }: NewAccount, { tx, found, now }: Place): Promise<void> {
  await tx.accounts.insert({ ...account, parentId: found.rootId, createdAt: now })
  await tx.tags.put(organizationResourceArn(found, 'account', account.id), tags)
  if (found.serviceControlPolicies) {
    await tx.organizationPolicies.attach({ targetId: account.id, policyId: FULL_AWS_ACCESS.id })
  }
}

interface Making {
  readonly tx: Transaction
  readonly found: Organization
  readonly context: OperationContext
}

/** The management account may take it, and then may do everything. */
async function insertAccessRole(accountId: AccountId, name: string, { tx, found, context }: Making): Promise<void> {
  const partition = partitionOfArn(found.arn)
  const principal = `arn:${partition}:iam::${found.managementAccountId}:root`
  await tx.roles.insert({
    accountId,
    name,
    path: '/',
    id: createRoleId(context.random),
    assumeRolePolicyDocument: JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { AWS: principal }, Action: 'sts:AssumeRole' }],
    }),
    maxSessionDuration: 3600,
    tags: [],
    createdAt: context.clock.now(),
  })
  await tx.rolePolicies.attach(accountId, name, `arn:${partition}:iam::aws:policy/AdministratorAccess`)
}
