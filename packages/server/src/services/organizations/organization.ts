/** The organization itself: create, describe, delete. */

import {
  createOrganization,
  type Organization,
  organizationResourceArn,
  randomLetters,
} from '@mayfly/identity-center/organization/organization'
import { partitionOfArn } from '@mayfly/identity-center/partition'
import type { Transaction } from '@mayfly/store'
import { changePolicies, getOrganization, type OrganizationsApi } from './change.ts'
import { refused } from './exceptions.ts'
import { SERVICE_CONTROL_POLICY } from './policy-shapes.ts'

export const organization = {
  async CreateOrganization({ FeatureSet = 'ALL' }, context) {
    const { store, random, clock } = context
    const { arn, ownerAccountId } = await context.instance()
    return await store.transaction(async (tx) => {
      if (await tx.organizations.find()) {
        throw refused('AlreadyInOrganization', 'This account is in an organization already.')
      }
      const founded = createOrganization({
        partition: partitionOfArn(arn),
        managementAccountId: ownerAccountId,
        featureSet: FeatureSet,
        letters: randomLetters(random, 16),
        now: clock.now(),
      })
      await tx.organizations.insert(founded)
      await tx.accounts.update({ ...(await tx.accounts.get(ownerAccountId)), parentId: founded.rootId })
      const output = { Organization: await describe(founded, tx) }
      await context.record(tx, output)
      return output
    })
  },

  async DescribeOrganization(_input, context) {
    return { Organization: await describe(await getOrganization(context), context.store) }
  },

  async DeleteOrganization(_input, context) {
    return await changePolicies(context, async (tx) => {
      if ((await tx.accounts.count()) > 1) {
        throw refused('OrganizationNotEmpty', 'Remove every account but the management account from it first.')
      }
      await tx.organizations.delete()
      return {}
    })
  },
} satisfies Partial<OrganizationsApi>

async function describe(found: Organization, { accounts }: Pick<Transaction, 'accounts'>) {
  const { id, arn, featureSet, managementAccountId } = found
  const management = await accounts.find(managementAccountId)
  return {
    Id: id,
    Arn: arn,
    FeatureSet: featureSet,
    MasterAccountId: managementAccountId,
    MasterAccountArn: organizationResourceArn(found, 'account', managementAccountId),
    ...(management?.email ? { MasterAccountEmail: management.email } : {}),
    // Retired, and constant since: what is enabled is told with the root.
    AvailablePolicyTypes: featureSet === 'ALL' ? [{ Type: SERVICE_CONTROL_POLICY, Status: 'ENABLED' as const }] : [],
  }
}
