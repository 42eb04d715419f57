/** How the organization is read and changed: one change after another, each with its record. */

import type { Organization } from '@mayfly/identity-center/organization/organization'
import { Refusal } from '@mayfly/identity-center/refusal'
import type { Page, PageRequest, Transaction } from '@mayfly/store'
import type { Operations } from '@mayfly/wire/model/operations'
import { type ListedPage, type Listing, listPage } from '../../operation/list-page.ts'
import type { OperationContext } from '../../operation/operation-context.ts'
import { invalidInput, notInUse } from './exceptions.ts'

export type OrganizationsApi = Operations<typeof import('@aws-sdk/client-organizations'), OperationContext>

/** Throws `AWSOrganizationsNotInUseException` when there is none. */
export async function getOrganization({ store }: Pick<OperationContext, 'store'>): Promise<Organization> {
  return (await store.organizations.find()) ?? refuse()
}

/**
 * Changes the organization and records it, in one commit. Nobody else changes it meanwhile, on any node: names, numbers
 * and emptiness that `work` has looked at are still so when it writes.
 */
export function changeOrganization<Output extends object>(
  context: OperationContext,
  work: (tx: Transaction, organization: Organization) => Promise<Output>,
): Promise<Output> {
  return context.store.transaction(async (tx) => {
    const organization = (await tx.organizations.lock()) ?? refuse()
    const output = await work(tx, organization)
    await context.record(tx, output)
    return output
  }, 'read-committed')
}

/** The same for a change of what is allowed somewhere: it counts from the next request on. */
export async function changePolicies<Output extends object>(
  context: OperationContext,
  work: (tx: Transaction, organization: Organization) => Promise<Output>,
): Promise<Output> {
  const output = await changeOrganization(context, async (tx, organization) => {
    const output = await work(tx, organization)
    // Last: everybody who changes policies anywhere waits for this row.
    await tx.policyChanges.bump()
    return output
  })
  context.policies.changed()
  return output
}

function refuse(): never {
  throw notInUse()
}

/** As many as the model allows in one page (§1.4). */
const LARGEST_PAGE = 20

/** One page of a list of the organization; a page token that is not of this list is invalid input. */
export async function listOrganization<T>(
  listing: Listing,
  context: OperationContext,
  read: (page: PageRequest) => Promise<Page<T>>,
): Promise<ListedPage<T>> {
  try {
    return await listPage({ largestPage: LARGEST_PAGE, ...listing }, context, read)
  } catch (error) {
    if (error instanceof Refusal && error.code === 'invalid') throw invalidInput('INVALID_NEXT_TOKEN', error.message)
    throw error
  }
}
