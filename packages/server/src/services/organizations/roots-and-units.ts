/** The root and the organizational units: create, rename, delete, and what lies where. */

import type { AccountId, OrganizationalUnitId } from '@mayfly/identity-center/identifiers'
import { type Organization, organizationResourceArn } from '@mayfly/identity-center/organization/organization'
import { FULL_AWS_ACCESS } from '@mayfly/identity-center/organization/organization-policy'
import {
  createOrganizationalUnit,
  createOrganizationalUnitId,
  depthOf,
  type OrganizationalUnit,
  type ParentId,
} from '@mayfly/identity-center/organization/organizational-unit'
import type { Transaction } from '@mayfly/store'
import { pageByKey } from '../../operation/list-page.ts'
import type { OperationContext } from '../../operation/operation-context.ts'
import {
  changeOrganization,
  changePolicies,
  getOrganization,
  listOrganization,
  type OrganizationsApi,
} from './change.ts'
import { constraintViolation, notFound, refused } from './exceptions.ts'
import { findParent, type Parent, ROOT_NAME } from './places.ts'
import { SERVICE_CONTROL_POLICY } from './policy-shapes.ts'
import { checkTagCount, readTags } from './tag-list.ts'

export const rootsAndUnits = {
  async ListRoots(input, context) {
    const found = await getOrganization(context)
    const listing = { operation: 'ListRoots', input }
    const { items, next } = await listOrganization(listing, context, async (page) =>
      pageByKey([found], ({ rootId }) => rootId, page),
    )
    return { Roots: items.map(describeRoot), ...next }
  },

  async CreateOrganizationalUnit({ ParentId, Name, Tags }, context) {
    const tags = readTags(Tags)
    checkTagCount(tags.length, context.config.quotas.tagsPerResource)
    return await changePolicies(context, async (tx, found) => {
      const parent = await findParent(ParentId, tx, found)
      if (parent === undefined) throw notFound('ParentNotFound', ParentId)
      await checkNewUnit(parent, Name, { tx, quotas: context.config.quotas })
      const id = createOrganizationalUnitId(found, context.random)
      const unit = createOrganizationalUnit({ id, name: Name, parent, now: context.clock.now() })
      await tx.organizationalUnits.insert(unit)
      await tx.tags.put(organizationResourceArn(found, 'ou', id), tags)
      if (found.serviceControlPolicies) {
        await tx.organizationPolicies.attach({ targetId: id, policyId: FULL_AWS_ACCESS.id })
      }
      return { OrganizationalUnit: describeUnit(found, unit) }
    })
  },

  async DescribeOrganizationalUnit({ OrganizationalUnitId }, context) {
    const found = await getOrganization(context)
    const unit = await getUnit(OrganizationalUnitId, context.store)
    return { OrganizationalUnit: describeUnit(found, unit) }
  },

  async UpdateOrganizationalUnit({ OrganizationalUnitId, Name }, context) {
    return await changeOrganization(context, async (tx, found) => {
      const unit = await getUnit(OrganizationalUnitId, tx)
      const renamed = { ...unit, name: Name ?? unit.name }
      const namesake = await tx.organizationalUnits.findByName(unit.parentId, renamed.name)
      if (namesake && namesake.id !== unit.id) throw duplicate(renamed.name)
      await tx.organizationalUnits.update(renamed)
      return { OrganizationalUnit: describeUnit(found, renamed) }
    })
  },

  async DeleteOrganizationalUnit({ OrganizationalUnitId }, context) {
    return await changePolicies(context, async (tx, found) => {
      const { id, name } = await getUnit(OrganizationalUnitId, tx)
      const [accounts, units] = [
        await tx.accounts.listOfParent(id, { limit: 1 }),
        await tx.organizationalUnits.listOfParent(id, { limit: 1 }),
      ]
      if (accounts.items.length + units.items.length > 0) {
        throw refused('OrganizationalUnitNotEmpty', `Move what lies in ${name} elsewhere first.`)
      }
      await tx.organizationPolicies.detachFrom(id)
      await tx.tags.deleteOf(organizationResourceArn(found, 'ou', id))
      await tx.organizationalUnits.delete(id)
      return {}
    })
  },

  async ListOrganizationalUnitsForParent(input, context) {
    const { found, parent } = await getParent(input.ParentId, context)
    const listing = { operation: 'ListOrganizationalUnitsForParent', input, filters: [parent.id] }
    const { items, next } = await listOrganization(listing, context, (page) =>
      context.store.organizationalUnits.listOfParent(parent.id, page),
    )
    return { OrganizationalUnits: items.map((unit) => describeUnit(found, unit)), ...next }
  },

  async ListChildren(input, context) {
    const { ChildType: type } = input
    const { parent } = await getParent(input.ParentId, context)
    const { accounts, organizationalUnits } = context.store
    const children = type === 'ACCOUNT' ? accounts : organizationalUnits
    const listing = { operation: 'ListChildren', input, filters: [parent.id, type] }
    const { items, next } = await listOrganization<{ readonly id: string }>(listing, context, (page) =>
      children.listOfParent(parent.id, page),
    )
    return { Children: items.map(({ id }) => ({ Id: id, Type: type })), ...next }
  },

  async ListParents(input, context) {
    const found = await getOrganization(context)
    const { ChildId: childId } = input
    const child = childId.startsWith('ou-')
      ? await context.store.organizationalUnits.find(childId as OrganizationalUnitId)
      : await context.store.accounts.find(childId as AccountId)
    if (child === undefined) throw notFound('ChildNotFound', childId)
    const listing = { operation: 'ListParents', input, filters: [childId] }
    const parents = [describeParent(found, child.parentId)]
    const { items, next } = await listOrganization(listing, context, async (page) =>
      pageByKey(parents, ({ Id }) => Id, page),
    )
    return { Parents: [...items], ...next }
  },
} satisfies Partial<OrganizationsApi>

export const describeRoot = (found: Organization) => ({
  Id: found.rootId,
  Arn: organizationResourceArn(found, 'root', found.rootId),
  Name: ROOT_NAME,
  PolicyTypes: found.serviceControlPolicies ? [{ Type: SERVICE_CONTROL_POLICY, Status: 'ENABLED' as const }] : [],
})

const describeUnit = (found: Organization, { id, name, path }: OrganizationalUnit) => ({
  Id: id,
  Arn: organizationResourceArn(found, 'ou', id),
  Name: name,
  Path: path,
})

const describeParent = ({ rootId }: Organization, id: ParentId) => ({
  Id: id,
  Type: id === rootId ? ('ROOT' as const) : ('ORGANIZATIONAL_UNIT' as const),
})

/** The root or a unit, for reading. Throws `ParentNotFoundException`. */
export async function getParent(
  id: string,
  context: OperationContext,
): Promise<{ readonly found: Organization; readonly parent: Parent }> {
  const found = await getOrganization(context)
  const parent = await findParent(id, context.store, found)
  if (parent === undefined) throw notFound('ParentNotFound', id)
  return { found, parent }
}

async function getUnit(
  id: string,
  { organizationalUnits }: Pick<Transaction, 'organizationalUnits'>,
): Promise<OrganizationalUnit> {
  const unit = await organizationalUnits.find(id as OrganizationalUnitId)
  if (unit === undefined) throw notFound('OrganizationalUnitNotFound', id)
  return unit
}

interface Room {
  readonly tx: Transaction
  readonly quotas: OperationContext['config']['quotas']
}

async function checkNewUnit(parent: Parent, name: string, { tx, quotas }: Room): Promise<void> {
  const { organizationalUnitDepth, organizationalUnits } = quotas
  if (depthOf(parent.path) >= organizationalUnitDepth) {
    const message = `Organizational units are at most ${organizationalUnitDepth} deep.`
    throw constraintViolation('OU_DEPTH_LIMIT_EXCEEDED', message)
  }
  if ((await tx.organizationalUnits.count()) >= organizationalUnits) {
    const message = `An organization has at most ${organizationalUnits} organizational units.`
    throw constraintViolation('OU_NUMBER_LIMIT_EXCEEDED', message)
  }
  if (await tx.organizationalUnits.findByName(parent.id, name)) throw duplicate(name)
}

const duplicate = (name: string) =>
  refused('DuplicateOrganizationalUnit', `There is an organizational unit ${name} here already.`)
