/** Accounts: read, move, close, remove. */

import type { Account } from '@mayfly/identity-center/account-access/account'
import type { AccountId } from '@mayfly/identity-center/identifiers'
import { type Organization, organizationResourceArn } from '@mayfly/identity-center/organization/organization'
import type { Transaction } from '@mayfly/store'
import type { OperationContext } from '../../operation/operation-context.ts'
import { describeAccount } from './account-shapes.ts'
import { changePolicies, getOrganization, listOrganization, type OrganizationsApi } from './change.ts'
import { constraintViolation, notFound, refused } from './exceptions.ts'
import { findParent, pathsOf } from './places.ts'
import { getParent } from './roots-and-units.ts'

export const accounts = {
  async DescribeAccount({ AccountId }, context) {
    const found = await getOrganization(context)
    const account = await getAccount(AccountId, context.store)
    const [described] = await describeAccounts([account], found, context)
    return { Account: described }
  },

  async ListAccounts(input, context) {
    const found = await getOrganization(context)
    const listing = { operation: 'ListAccounts', input }
    const { items, next } = await listOrganization(listing, context, (page) => context.store.accounts.list(page))
    return { Accounts: await describeAccounts(items, found, context), ...next }
  },

  async ListAccountsForParent(input, context) {
    const { found, parent } = await getParent(input.ParentId, context)
    const listing = { operation: 'ListAccountsForParent', input, filters: [parent.id] }
    const { items, next } = await listOrganization(listing, context, (page) =>
      context.store.accounts.listOfParent(parent.id, page),
    )
    return { Accounts: await describeAccounts(items, found, context), ...next }
  },

  async MoveAccount({ AccountId, SourceParentId, DestinationParentId }, context) {
    return await changePolicies(context, async (tx, found) => {
      const account = await getAccount(AccountId, tx)
      const source = await findParent(SourceParentId, tx, found)
      if (source === undefined) throw notFound('SourceParentNotFound', SourceParentId)
      const destination = await findParent(DestinationParentId, tx, found)
      if (destination === undefined) throw notFound('DestinationParentNotFound', DestinationParentId)
      if (account.parentId === destination.id) {
        throw refused('DuplicateAccount', `The account ${AccountId} lies in ${destination.id} already.`)
      }
      if (account.parentId !== source.id) throw notFound('AccountNotFound', `account ${AccountId} in ${source.id}`)
      await tx.accounts.update({ ...account, parentId: destination.id })
      return {}
    })
  },

  async CloseAccount({ AccountId }, context) {
    return await leave(context, async (tx, { managementAccountId }) => {
      const account = await getAccount(AccountId, tx)
      if (account.id === managementAccountId) {
        throw constraintViolation('CANNOT_CLOSE_MANAGEMENT_ACCOUNT', 'The management account cannot be closed.')
      }
      if (account.closedAt) throw refused('AccountAlreadyClosed', `The account ${AccountId} is closed already.`)
      await refuseDelegated(account, tx)
      await tx.accounts.update({ ...account, closedAt: context.clock.now() })
      await withdrawAll(account.id, tx)
      return account.id
    })
  },

  async RemoveAccountFromOrganization({ AccountId }, context) {
    return await leave(context, async (tx, found) => {
      const account = await getAccount(AccountId, tx)
      if (account.id === found.managementAccountId) {
        throw refused('MasterCannotLeaveOrganization', 'The management account cannot leave its organization.')
      }
      await refuseDelegated(account, tx)
      await withdrawAll(account.id, tx)
      await tx.organizationPolicies.detachFrom(account.id)
      await tx.tags.deleteOf(organizationResourceArn(found, 'account', account.id))
      await tx.accounts.delete(account.id)
      return account.id
    })
  },
} satisfies Partial<OrganizationsApi>

/** Throws `AccountNotFoundException`. */
export async function getAccount(id: string, { accounts }: Pick<Transaction, 'accounts'>): Promise<Account> {
  const account = await accounts.find(id as AccountId)
  if (account === undefined) throw notFound('AccountNotFound', `account ${id}`)
  return account
}

async function describeAccounts(accounts: readonly Account[], found: Organization, context: OperationContext) {
  const paths = await pathsOf(accounts, context.store, found)
  return accounts.map((account) => ({
    ...describeAccount(found, account, context.clock.now()),
    Paths: [paths.get(account.id) ?? ''],
  }))
}

/** A delegated administrator is deregistered first, so that nobody loses his administration unawares. */
async function refuseDelegated({ id }: Account, tx: Transaction): Promise<void> {
  const { items } = await tx.delegatedAdministrators.listOfAccount(id, { limit: 1 })
  if (items.length === 0) return
  const message = `The account ${id} is a delegated administrator. Deregister it first.`
  throw constraintViolation('CANNOT_REMOVE_DELEGATED_ADMINISTRATOR_FROM_ORG', message)
}

/** Assignments are read and withdrawn so many at a time. */
const BATCH = 100

/** Takes away every assignment of an account, and with the last of each permission set its role (§3.6). */
async function withdrawAll(accountId: AccountId, tx: Transaction): Promise<void> {
  for (;;) {
    const { items } = await tx.accountAssignments.list({ accountId }, { limit: BATCH })
    if (items.length === 0) return
    for (const assignment of items) await tx.accountAssignments.delete(assignment)
  }
}

/** Whatever credentials there are for the account are void from the moment that it leaves. */
async function leave(
  context: OperationContext,
  work: (tx: Transaction, found: Organization) => Promise<AccountId>,
): Promise<Record<string, never>> {
  const { revocations } = context
  let left: `account:${string}` | undefined
  const output = await changePolicies(context, async (tx, found) => {
    left = `account:${await work(tx, found)}`
    await tx.revocations.insert(revocations.create(left))
    return {}
  })
  // Once more, as of now: somebody may have been given credentials between the first moment and the commit.
  if (left) await revocations.revoke(left)
  return output
}
