/** Groups: make, read, find, change, delete and list them. */

import type { VersionedGroup } from '@mayfly/identity-center/directory/group'
import { createGroup, updateGroup } from '@mayfly/identity-center/directory/group-attributes'
import type { GroupId } from '@mayfly/identity-center/identifiers'
import type { Page, PageRequest } from '@mayfly/store'
import type { Operations } from '@mayfly/wire/model/operations'
import { listPage } from '../../operation/list-page.ts'
import { getRoleCaller, type OperationContext } from '../../operation/operation-context.ts'
import { filteredBy, soughtBy } from './alternate-identifier.ts'
import { concurrentModification, duplicate, getIdentityStore, isConflict, newId, notFound } from './identity-store.ts'
import { capitalized } from './user-description.ts'

type Identitystore = Operations<typeof import('@aws-sdk/client-identitystore'), OperationContext>

export const groups = {
  async CreateGroup(input, context) {
    const identityStoreId = await getIdentityStore(input, context)
    const group = createGroup(
      { displayName: input.DisplayName, description: input.Description },
      {
        id: newId(identityStoreId, context) as GroupId,
        identityStoreId,
        createdAt: context.clock.now(),
        createdBy: getRoleCaller(context).arn,
      },
    )
    await context.directoryRoom.takeGroup()
    const output = { GroupId: group.id, IdentityStoreId: identityStoreId }
    await tellingDuplicates(() =>
      context.store.transaction(async (tx) => {
        await tx.groups.insert(group)
        await context.record(tx, output)
      }, 'compare-and-set'),
    )
    return output
  },

  async DescribeGroup(input, context) {
    await getIdentityStore(input, context)
    return describeGroup(await getGroup(input.GroupId, context))
  },

  async UpdateGroup(input, context) {
    await getIdentityStore(input, context)
    const group = await getGroup(input.GroupId, context)
    const changed = updateGroup(
      group,
      input.Operations.map(({ AttributePath, AttributeValue }) => ({
        path: AttributePath ?? '',
        value: AttributeValue,
      })),
      { updatedAt: context.clock.now(), updatedBy: getRoleCaller(context).arn },
    )
    await tellingDuplicates(() =>
      context.store.transaction(async (tx) => {
        if (!(await tx.groups.update(changed))) {
          throw (await tx.groups.find(group.id)) ? concurrentModification('group') : notFound('GROUP', group.id)
        }
        await context.record(tx, {})
      }, 'compare-and-set'),
    )
    return {}
  },

  /** With its memberships; what somebody has through it alone ends. Assignments stay, by id (§3.6). */
  async DeleteGroup(input, context) {
    await getIdentityStore(input, context)
    const id = input.GroupId as GroupId
    const revocation = await context.store.transaction(async (tx) => {
      if (!(await tx.groups.find(id))) throw notFound('GROUP', id)
      const made = context.revocations.create(`group:${id}`)
      await tx.groups.delete(id)
      await tx.revocations.insert(made)
      await context.record(tx, {})
      return made
    })
    context.revocations.note(revocation)
    return {}
  },

  async GetGroupId(input, context) {
    const identityStoreId = await getIdentityStore(input, context)
    const { store } = context
    const sought = soughtBy(input.AlternateIdentifier, ['displayName'])
    const id =
      sought.by === 'external-id'
        ? await store.groups.findByExternalId(sought.externalId)
        : (await store.groups.findByDisplayName(sought.value))?.id
    if (id === undefined) throw notFound('GROUP')
    return { GroupId: id, IdentityStoreId: identityStoreId }
  },

  /** By id. A filter finds one at most. */
  async ListGroups(input, context) {
    await getIdentityStore(input, context)
    const displayName = filteredBy(input.Filters, 'DisplayName')
    const listing = { operation: 'ListGroups', input, filters: [displayName] }
    const { items, next } = await listPage(listing, context, (page) => listGroups(displayName, page, context))
    return { Groups: items.map(describeGroup), ...next }
  },
} satisfies Partial<Identitystore>

const describeGroup = (group: VersionedGroup) => ({
  GroupId: group.id,
  DisplayName: group.displayName,
  Description: group.description,
  CreatedAt: group.createdAt,
  UpdatedAt: group.updatedAt,
  CreatedBy: group.createdBy,
  UpdatedBy: group.updatedBy,
  IdentityStoreId: group.identityStoreId,
  ...(group.externalIds ? { ExternalIds: group.externalIds.map(capitalized) } : {}),
})

/** Throws `not-found` in AWS's words. */
async function getGroup(id: string, { store }: OperationContext): Promise<VersionedGroup> {
  const group = await store.groups.find(id as GroupId)
  if (group === undefined) throw notFound('GROUP', id)
  return group
}

async function listGroups(
  displayName: string | undefined,
  page: PageRequest,
  { store }: OperationContext,
): Promise<Page<VersionedGroup>> {
  if (displayName === undefined) return store.groups.list(page)
  const group = await store.groups.findByDisplayName(displayName)
  return { items: group ? [group] : [] }
}

/** Nothing of a group but its name can be there twice. */
async function tellingDuplicates(write: () => Promise<void>): Promise<void> {
  try {
    await write()
  } catch (error) {
    throw isConflict(error) ? duplicate('GroupDisplayName') : error
  }
}
