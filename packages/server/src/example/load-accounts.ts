/** Writes the organization itself into an empty store: units, accounts and what bounds them, with ids from their names. */

import { createHash } from 'node:crypto'
import type { OrganizationalUnitId, OrganizationPolicyId } from '@mayfly/identity-center/identifiers'
import {
  createOrganization,
  type Organization as FoundedOrganization,
} from '@mayfly/identity-center/organization/organization'
import type { PolicyTargetId } from '@mayfly/identity-center/organization/organization-policy'
import {
  createOrganizationalUnit,
  type ParentId,
  rootPath,
} from '@mayfly/identity-center/organization/organizational-unit'
import { partitionOf } from '@mayfly/identity-center/partition'
import type { Transaction } from '@mayfly/store'
import type { Organization } from './organization.ts'
import { parentOf, ROOT } from './organization-units.ts'

/** The root or a unit that was made. */
interface Parent {
  readonly id: ParentId
  readonly path: string
}

export async function insertAccounts(organization: Organization, now: Date, tx: Transaction): Promise<void> {
  const { instance, accounts } = organization
  const founded = createOrganization({
    partition: partitionOf(instance.region),
    managementAccountId: instance.ownerAccountId,
    featureSet: 'ALL',
    letters: instance.id,
    now,
  })
  await tx.organizations.insert(founded)
  const parents = await insertUnits(organization, founded, tx)
  for (const { organizationalUnit = ROOT, ...account } of accounts) {
    const parentId = parents.get(organizationalUnit)?.id ?? founded.rootId
    // The management account was there before the organization was.
    const joinedMethod = account.id === instance.ownerAccountId ? 'INVITED' : 'CREATED'
    await tx.accounts.insert({ ...account, parentId, joinedMethod, createdAt: now })
  }
  if (organization.serviceControlPolicies.length > 0) await insertPolicies(organization, { founded, parents }, tx)
}

/** By path; the root too. */
async function insertUnits(
  { instance, organizationalUnits }: Organization,
  founded: FoundedOrganization,
  tx: Transaction,
): Promise<Map<string, Parent>> {
  const root: Parent = { id: founded.rootId, path: rootPath(founded) }
  const parents = new Map([[ROOT, root]])
  for (const { path } of organizationalUnits) {
    const parent = parents.get(parentOf(path) ?? ROOT) ?? root
    const suffix = founded.rootId.slice('r-'.length)
    const id = `ou-${suffix}-${lettersOf(`${instance.id}/unit/${path}`, 8)}` as OrganizationalUnitId
    const name = path.slice(path.lastIndexOf('/') + 1)
    const unit = createOrganizationalUnit({ id, name, parent, now: founded.createdAt })
    await tx.organizationalUnits.insert(unit)
    parents.set(path, unit)
  }
  return parents
}

async function insertPolicies(
  { instance, serviceControlPolicies }: Organization,
  { founded, parents }: { readonly founded: FoundedOrganization; readonly parents: ReadonlyMap<string, Parent> },
  tx: Transaction,
): Promise<void> {
  await tx.organizations.update({ ...founded, serviceControlPolicies: true })
  await tx.organizationPolicies.attachFullAccess()
  for (const { name, description, policy, organizationalUnits, accounts } of serviceControlPolicies) {
    const id = `p-${lettersOf(`${instance.id}/policy/${name}`, 10)}` as OrganizationPolicyId
    await tx.organizationPolicies.insert({ id, name, description, content: policy, createdAt: founded.createdAt })
    const units = organizationalUnits.map((path) => parents.get(path)?.id ?? founded.rootId)
    for (const targetId of [...units, ...accounts] as PolicyTargetId[]) {
      await tx.organizationPolicies.attach({ targetId, policyId: id })
    }
  }
}

/** Letters and digits that follow from a name. */
const lettersOf = (name: string, count: number): string =>
  createHash('sha256').update(name).digest('hex').slice(0, count)
