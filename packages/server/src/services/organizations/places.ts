/** Where things lie in the organization, and what lies at an id. */

import type { Account } from '@mayfly/identity-center/account-access/account'
import type { AccountId, OrganizationalUnitId, OrganizationPolicyId } from '@mayfly/identity-center/identifiers'
import { type Organization, organizationResourceArn } from '@mayfly/identity-center/organization/organization'
import type { PolicyTargetId } from '@mayfly/identity-center/organization/organization-policy'
import { type ParentId, rootPath } from '@mayfly/identity-center/organization/organizational-unit'
import type { Transaction } from '@mayfly/store'
import { policyArn } from './policy-shapes.ts'

type Reading = Pick<Transaction, 'accounts' | 'organizationalUnits' | 'organizationPolicies'>

/** The root or a unit. */
export interface Parent {
  readonly id: ParentId
  readonly path: string
}

export async function findParent(
  id: string,
  { organizationalUnits }: Pick<Reading, 'organizationalUnits'>,
  organization: Organization,
): Promise<Parent | undefined> {
  if (id === organization.rootId) return { id: organization.rootId, path: rootPath(organization) }
  return await organizationalUnits.find(id as OrganizationalUnitId)
}

/** What a policy can be attached to. */
export interface PolicyTarget {
  readonly id: PolicyTargetId
  readonly type: 'ROOT' | 'ORGANIZATIONAL_UNIT' | 'ACCOUNT'
  readonly name: string
  readonly arn: string
}

export async function findTarget(
  id: string,
  { accounts, organizationalUnits }: Pick<Reading, 'accounts' | 'organizationalUnits'>,
  organization: Organization,
): Promise<PolicyTarget | undefined> {
  if (id === organization.rootId) {
    const arn = organizationResourceArn(organization, 'root', id)
    return { id: organization.rootId, type: 'ROOT', name: ROOT_NAME, arn }
  }
  if (id.startsWith('ou-')) {
    const unit = await organizationalUnits.find(id as OrganizationalUnitId)
    const arn = organizationResourceArn(organization, 'ou', id)
    return unit && { id: unit.id, type: 'ORGANIZATIONAL_UNIT', name: unit.name, arn }
  }
  const account = await accounts.find(id as AccountId)
  const arn = organizationResourceArn(organization, 'account', id)
  return account && { id: account.id, type: 'ACCOUNT', name: account.name, arn }
}

/** The ARN of what can be tagged: the root, a unit, an account, a policy of one's own. */
export async function findTaggableArn(
  id: string,
  reading: Reading,
  organization: Organization,
): Promise<string | undefined> {
  if (!id.startsWith('p-')) return (await findTarget(id, reading, organization))?.arn
  const policy = await reading.organizationPolicies.find(id as OrganizationPolicyId)
  return policy && policyArn(organization, policy.id)
}

export const ROOT_NAME = 'Root'

/** `o-…/r-…/ou-…/111122223333/` of each account. */
export async function pathsOf(
  accounts: readonly Account[],
  { organizationalUnits }: Pick<Reading, 'organizationalUnits'>,
  organization: Organization,
): Promise<Map<AccountId, string>> {
  const unitIds = new Set(accounts.map(({ parentId }) => parentId as OrganizationalUnitId))
  const units = await organizationalUnits.pathsOf([...unitIds])
  return new Map(
    accounts.map(({ id, parentId }) => [
      id,
      `${units.get(parentId as OrganizationalUnitId) ?? rootPath(organization)}${id}/`,
    ]),
  )
}
